import { createHash } from "node:crypto";
import { kind } from "../core/kinds";
import { deviceName } from "./attachments";
import { type BootableImage, bootableImage, zoneFor } from "./bootableImages";
import { durationOf } from "./durations";
import { flavorOf } from "./flavors";
import { beginJob } from "./jobs";
import { type PlannedDisk, planDataDisks, planSystemDisk } from "./newServerDisks";
import type { Server, Volume } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { creationBegin, type NewServer } from "./serverCreationJobs";
import { type ServerRequest, serverRequest, tagsOf } from "./serverRequest";
import { serverRules } from "./serverRules";

interface Answered {
    readonly fingerprint: string;
    readonly answer: { readonly job_id: string; readonly serverIds: readonly string[] };
}

/** Requests that were answered, by their X-Client-Token. */
const clientTokens = kind<Answered>("huawei.clientToken", { isRecord: true });

function newVolume(operation: Operation, server: Server, disk: PlannedDisk, index: number, imageId: string): Volume {
    const { sim } = operation;
    const id = sim.ids.uuid();
    return {
        id,
        name: `${server.name}-volume-${String(index).padStart(4, "0")}`,
        projectId: server.projectId,
        availabilityZone: server.availabilityZone,
        type: disk.type,
        sizeGiB: disk.sizeGiB,
        status: "in-use",
        bootable: index === 0,
        createdAt: operation.now,
        snapshotId: disk.snapshotId,
        imageId: index === 0 ? imageId : null,
        guestState: disk.guestState,
        attachment: {
            id,
            serverId: server.id,
            bootIndex: index,
            device: deviceName(index),
            deleteOnTermination: disk.deleteOnTermination,
        },
    };
}

function newServer(operation: Operation, request: ServerRequest, image: BootableImage, name: string): Server {
    const { sim, project } = operation;
    return {
        id: sim.ids.uuid(),
        name,
        projectId: project.id,
        availabilityZone: zoneFor(image, request.availability_zone, project.region),
        status: "ACTIVE",
        taskState: null,
        flavor: request.flavorRef,
        os: image.os,
        image: { id: image.id, name: image.name, type: image.type },
        createdAt: operation.now,
        guest: image.guest,
        tags: tagsOf(request),
        vpcId: request.vpcid,
        nics: request.nics.map(({ subnet_id: subnetId, ip_address }) => {
            const portId = sim.ids.uuid();
            const bytes = createHash("sha256").update(portId).digest();
            const mac = [
                "fa",
                "16",
                "3e",
                ...[...bytes.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, "0")),
            ];
            const address = ip_address ?? `192.168.${bytes.readUInt8(3)}.${(bytes.readUInt8(4) % 250) + 2}`;
            return { portId, subnetId, address, macAddress: mac.join(":") };
        }),
        securityGroups: (request.security_groups ?? []).map(({ id }) => id),
        description: request.description ?? "",
        keyName: request.key_name ?? null,
        metadata: request.metadata ?? {},
    };
}

function checkFlavor(request: ServerRequest, image: BootableImage): void {
    const flavor = flavorOf(request.flavorRef);
    if (!flavor) throw refuse(serverRules.flavorUnknown, request.flavorRef);
    if (flavor.ramMiB < image.minRamMiB) throw refuse(serverRules.memoryTooSmall, `(${image.minRamMiB} MB)`);
}

function createServers(operation: Operation): Reply {
    const { sim, shelf, scope, request: wire } = operation;
    const { server: request, dry_run: isDryRun } = operation.body(serverRequest);
    operation.names(request.imageRef);
    const token = wire.headers["x-client-token"];
    const fingerprint = createHash("sha256").update(wire.body).digest("hex");
    const earlier = token ? shelf.get(clientTokens, token) : undefined;
    if (earlier) {
        if (earlier.fingerprint !== fingerprint) throw refuse(serverRules.clientTokenReused);
        operation.names(earlier.answer.job_id, ...earlier.answer.serverIds);
        return ok(earlier.answer);
    }
    const image = bootableImage(operation, request.imageRef);
    checkFlavor(request, image);
    const count = request.count ?? 1;
    if (count > 100) throw refuse(serverRules.tooManyServers, `(${count})`);
    const disks = [planSystemDisk(image, request.root_volume), ...planDataDisks(image, request.data_volumes ?? [])];
    const planned = Array.from({ length: count }, (_, index): NewServer => {
        const name = count === 1 ? request.name : `${request.name}-${String(index + 1).padStart(4, "0")}`;
        const server = newServer(operation, request, image, name);
        const volumes = disks.map((disk, position) => newVolume(operation, server, disk, position, image.id));
        return { server, volumes };
    });
    if (isDryRun) return { status: 202, body: {} };
    const answer = begin(operation, planned, disks);
    if (token) sim.shelf(scope).put(clientTokens, token, { fingerprint, answer });
    return ok(answer);
}

function begin(operation: Operation, planned: readonly NewServer[], disks: readonly PlannedDisk[]): Answered["answer"] {
    const { sim, shelf, scope } = operation;
    const serverIds = planned.map(({ server }) => server.id);
    const totalMs = durationOf(sim, "serverCreate") + (disks.length - 1) * durationOf(sim, "serverDataDisk");
    const job = beginJob(sim, shelf, {
        service: "ecs",
        type: "createServer",
        expectedMs: totalMs,
        subJobs: serverIds.map((id) => ({
            id: sim.ids.hex(),
            type: "createSingleServer",
            entities: { server_id: id },
        })),
        subjects: serverIds,
    });
    operation.names(job.id, ...serverIds);
    const beginMs = durationOf(sim, "serverBegin");
    const willFail = disks.some((disk) => disk.isTooSmall);
    const work = { jobId: job.id, planned, willFail, remainingMs: totalMs - beginMs };
    sim.schedule(creationBegin, scope, beginMs, work);
    return { job_id: job.id, serverIds };
}

export const serverCreationRoutes: readonly Route[] = [
    "/v1/{project_id}/cloudservers",
    "/v1.1/{project_id}/cloudservers",
].map((path) => ({ method: "POST", path, service: "ecs", operation: "CreateServer", handler: createServers }));
