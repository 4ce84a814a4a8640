import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { flavorOf } from "../models/flavors";
import { refuse } from "../rules";
import { type BootableImage, bootableImage } from "./bootableImages";
import { type CreationAnswer, once } from "./clientTokens";
import { type PlannedDisk, planDataDisks, planSystemDisk } from "./newServerDisks";
import { type NewServer, planServer } from "./newServers";
import { beginCreation } from "./serverCreationJobs";
import { checkNetworks } from "./serverNetworks";
import { type ServerRequest, serverRequest } from "./serverRequest";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

function checkFlavor(request: ServerRequest, image: BootableImage): void {
    const flavor = flavorOf(request.flavorRef);
    if (!flavor) throw refuse(serverRules.flavorUnknown, request.flavorRef);
    if (flavor.ramMiB < image.minRamMiB) throw refuse(serverRules.memoryTooSmall, `(${image.minRamMiB} MB)`);
}

interface Plan {
    readonly planned: readonly NewServer[];
    readonly disks: readonly PlannedDisk[];
}

function planServers(operation: Operation, request: ServerRequest): Plan {
    const image = bootableImage(operation, request.imageRef);
    checkFlavor(request, image);
    checkNetworks(operation, request);
    const count = request.count ?? 1;
    if (count > 100) throw refuse(serverRules.tooManyServers, `(${count})`);
    const disks = [planSystemDisk(image, request.root_volume), ...planDataDisks(image, request.data_volumes ?? [])];
    const planned = Array.from({ length: count }, (_, index) => {
        const name = count === 1 ? request.name : `${request.name}-${String(index + 1).padStart(4, "0")}`;
        return planServer(operation, request, image, disks, name);
    });
    return { planned, disks };
}

function begin(operation: Operation, { planned, disks }: Plan): CreationAnswer {
    const { sim, store } = operation;
    const totalMs = durationOf(sim, "serverCreate") + (disks.length - 1) * durationOf(sim, "serverDataDisk");
    const willFail = disks.some((disk) => disk.isTooSmall);
    const jobId = beginCreation(sim, store, { planned, willFail }, totalMs);
    const serverIds = planned.map(({ server }) => server.id);
    operation.names(jobId, ...serverIds);
    return { job_id: jobId, serverIds };
}

function createServers(operation: Operation): Reply {
    const { server: request, dry_run: isDryRun } = operation.body(serverRequest);
    operation.names(request.imageRef);
    if (isDryRun) {
        planServers(operation, request);
        return { status: 202, body: {} };
    }
    return ok(once(operation, () => begin(operation, planServers(operation, request))));
}

export const serverCreationRoutes: readonly Route[] = [
    "/v1/{project_id}/cloudservers",
    "/v1.1/{project_id}/cloudservers",
].map((path) => ({ method: "POST", path, service: ecs, operation: "CreateServer", handler: createServers }));
