import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { id, text } from "../gateway/parameters";
import { isInMainland } from "../regions";
import { type Template, templateOf } from "./imageTemplates";
import { disksOf, onServer, regionOfServer, requireStatus, serverOf } from "./lookup";
import { type Server, serverKind } from "./models";
import { checkPassword } from "./passwords";
import { swasRules } from "./swasRules";

const systemReset = kind<{ serverId: string; image: Template["image"] }>("alibaba.server.reset");

export function declareSystemResetJobs(sim: Simulation): void {
    sim.onJob(systemReset, ({ store, body: { serverId, image }, failure }) => {
        // After a failed reset, the server is Stopped and keeps its previous system.
        if (failure !== undefined) store.change(serverKind, serverId, { status: "Stopped" });
        else store.change(serverKind, serverId, { ...image, status: "Running", resetAt: sim.clock.now() });
    });
}

/** The checks of ResetSystem (docs/reference/swas-servers.md#reset), in the order of its documentation. */
function checkReset(caller: Caller, serverId: string, server: Server, template: Template): void {
    if (template.sourceServerId === serverId) throw apiError(swasRules.resetOwnImage);
    if (!isInMainland(caller.region) && template.image.osType !== server.osType) {
        throw apiError(swasRules.resetOtherSystem);
    }
    const disks = disksOf(caller, serverId).map(({ value }) => value);
    const sizeOf = (type: "system" | "data") => disks.find((disk) => disk.type === type)?.sizeGiB ?? 0;
    const { systemDiskGiB, dataDiskGiB } = template;
    if (dataDiskGiB > 0 && sizeOf("data") === 0) throw apiError(swasRules.resetNoDataDisk);
    if (systemDiskGiB > sizeOf("system")) {
        throw apiError(swasRules.resetSystemDiskTooSmall, { needed: systemDiskGiB, given: sizeOf("system") });
    }
    if (dataDiskGiB > sizeOf("data")) {
        throw apiError(swasRules.resetDataDiskTooSmall, { needed: dataDiskGiB, given: sizeOf("data") });
    }
}

export const resetSystem = operation({
    name: "ResetSystem",
    locate: regionOfServer,
    parameters: {
        ...onServer,
        /** Default: the current image of the server. */
        ImageId: id,
        "LoginCredentials.KeyPairName": text(),
        "LoginCredentials.Password": text(),
    },
    run: (caller, params) => {
        const serverId = params.InstanceId;
        const server = serverOf(caller, serverId);
        requireStatus(server, "Running", "Stopped");
        const busy = disksOf(caller, serverId).find(({ value }) => value.isRollingBack);
        if (busy) throw apiError(swasRules.diskRollingBack, { diskId: busy.id });
        if (server.isOfDataImage) throw apiError(swasRules.resetFromDataImage);
        // A custom image that was deleted since then is unknown (DeleteCustomImage).
        const template = templateOf(caller, params.ImageId ?? server.imageId);
        // The current image needs no check.
        if (params.ImageId !== undefined) checkReset(caller, serverId, server, template);
        checkPassword(template.image.osType, params["LoginCredentials.Password"]);
        caller.store.change(serverKind, serverId, { status: "Resetting" });
        const { image } = template;
        caller.sim.schedule(systemReset, caller.scope, durationOf(caller.sim, "serverReset"), { serverId, image });
        return {};
    },
});
