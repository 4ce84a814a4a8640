/**
 * Simulates Huawei Cloud and Open Telekom Cloud: images, servers, disks, backups and identities on one port.
 *
 * @module
 */
import type { SimulatedCloud } from "../core/cloud";
import type { Simulation } from "../core/simulation";
import { accountSummaries } from "./accounts";
import { cbrRules, csbsRules } from "./backups/backupRules";
import { declareBackupJobs } from "./backups/backups";
import { backupRoutes } from "./backups/routes";
import { declareChangeOs } from "./ecs/changeOs";
import { ecsRoutes } from "./ecs/routes";
import { declareServerCreation } from "./ecs/serverCreationJobs";
import { declareServerDeletion } from "./ecs/serverDeletion";
import { declareServerDisks } from "./ecs/serverDisks";
import { declareServerPower } from "./ecs/serverPower";
import { serverRules } from "./ecs/serverRules";
import { diskRules } from "./evs/diskRules";
import { diskRoutes } from "./evs/routes";
import { declareSnapshotJobs } from "./evs/snapshots";
import { declareDiskCreation } from "./evs/volumeCreation";
import { declareDiskDeletion } from "./evs/volumes";
import { callsPerMinute, dispatch } from "./gateway/dispatch";
import { gatewayRules } from "./gateway/gatewayRules";
import { routeTable } from "./gateway/routing";
import { iamRules } from "./iam/iamRules";
import { iamRoutes } from "./iam/routes";
import { wrongSignatures } from "./identities/keyLocks";
import { declareDiskImageJobs } from "./ims/diskImages";
import { declareFileImageJobs } from "./ims/fileImages";
import { declareImageCopies } from "./ims/imageCopies";
import { declareImageDeletion } from "./ims/imageDeletion";
import { declareImageRegionCopies } from "./ims/imageRegionCopies";
import { imageRequestRules, imageRules, imageSourceRules } from "./ims/imageRules";
import { declareImageExports } from "./ims/imageTransfers";
import { declareMemberJobs } from "./ims/memberBatches";
import { imsQuotas } from "./ims/quotas";
import { regionCopyRules } from "./ims/regionCopyRules";
import { imsRoutes } from "./ims/routes";
import { shareRules } from "./ims/shareRules";
import { declareWholeImageJobs } from "./ims/wholeImageJobs";
import { declareImageRecords } from "./openstack/imageRecords";
import { nativeRules } from "./openstack/nativeRules";
import { openstackRoutes } from "./openstack/routes";
import { prune } from "./pruning";
import { seedWorld } from "./seed";
import { declareListingJobs } from "./visibility";
import { vpcRoutes } from "./vpc/routes";
import { vpcRules } from "./vpc/vpcRules";
import type { HuaweiWorld } from "./world";

export { type HuaweiWorld, huaweiWorld } from "./world";

/** Every operation of every service, on one port. */
export const huaweiRoutes = [
    ...iamRoutes,
    ...imsRoutes,
    ...backupRoutes,
    ...ecsRoutes,
    ...diskRoutes,
    ...openstackRoutes,
    ...vpcRoutes,
];

const findRoute = routeTable(huaweiRoutes);

const ruleTables = [
    gatewayRules,
    iamRules,
    imageRequestRules,
    imageSourceRules,
    imageRules,
    regionCopyRules,
    shareRules,
    cbrRules,
    csbsRules,
    serverRules,
    diskRules,
    nativeRules,
    vpcRules,
];

function declareJobs(sim: Simulation): void {
    declareListingJobs(sim);
    declareWholeImageJobs(sim);
    declareDiskImageJobs(sim);
    declareFileImageJobs(sim);
    declareImageCopies(sim);
    declareImageRegionCopies(sim);
    declareImageExports(sim);
    declareImageRecords(sim);
    declareImageDeletion(sim);
    declareMemberJobs(sim);
    declareBackupJobs(sim);
    declareServerCreation(sim);
    declareServerDeletion(sim);
    declareServerPower(sim);
    declareServerDisks(sim);
    declareChangeOs(sim);
    declareDiskCreation(sim);
    declareDiskDeletion(sim);
    declareSnapshotJobs(sim);
}

export const huaweiCloud: SimulatedCloud<HuaweiWorld> = {
    name: "huawei",
    rules: ruleTables.flatMap((table) => Object.values(table)),
    quotas: [callsPerMinute, wrongSignatures, ...imsQuotas],
    declareJobs,
    seed: seedWorld,
    accounts: accountSummaries,
    // The other cloud uses the root path, except for the version document.
    claims: ({ method, path }) => path !== "/" || method === "GET",
    answer(sim, request) {
        return sim.database.transaction(() => {
            prune(sim);
            return dispatch(sim, findRoute, request);
        });
    },
};
