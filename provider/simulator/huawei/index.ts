/**
 * Huawei Cloud and Open Telekom Cloud, simulated: images, servers, disks, backups and identities on one port.
 *
 * @module
 */
import type { SimulatedCloud } from "../core/cloud";
import type { Simulation } from "../core/simulation";
import { declareBackupJobs } from "./backups";
import { declareChangeOs } from "./changeOs";
import { answerRequest } from "./gateway";
import { declareImageCopies } from "./imageCopies";
import { declareImageDeletion } from "./imageDeletion";
import { declareMemberJobs } from "./memberBatches";
import { accountSummaries, seedWorld } from "./seeding";
import { declareServerCreation } from "./serverCreationJobs";
import { declareServerDisks } from "./serverDisks";
import { declareServerPower } from "./serverPower";
import { declareServerDeletion } from "./servers";
import { declareSystemImageJobs } from "./systemImages";
import { declareDiskJobs } from "./volumes";
import { declareWholeImageJobs } from "./wholeImageJobs";
import type { HuaweiWorld } from "./world";

export { type HuaweiWorld, huaweiWorld } from "./world";

function declareJobs(sim: Simulation): void {
    declareWholeImageJobs(sim);
    declareSystemImageJobs(sim);
    declareImageCopies(sim);
    declareImageDeletion(sim);
    declareMemberJobs(sim);
    declareBackupJobs(sim);
    declareServerCreation(sim);
    declareServerDeletion(sim);
    declareServerPower(sim);
    declareServerDisks(sim);
    declareChangeOs(sim);
    declareDiskJobs(sim);
}

export const huaweiCloud: SimulatedCloud<HuaweiWorld> = {
    name: "huawei",
    declareJobs,
    seed: seedWorld,
    accounts: accountSummaries,
    // The other cloud lives at the root path.
    claims: (request) => request.path !== "/",
    answer: answerRequest,
};
