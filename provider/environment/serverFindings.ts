import { explain, swasResetLimits } from "../clouds/capabilities";
import { type ImageUse, useOf } from "./imageUse";
import { cloudOfServer, imageOfServer, type Model } from "./model";
import { aboutKey, aboutValue, dotted, type Finding } from "./problem";
import { referredImage } from "./references";
import { refusals } from "./resourceChecks";
import type { DeclaredServer } from "./servers";

/** The problems of servers. */
export function serverFindings(model: Model, name: string, server: DeclaredServer): Finding[] {
    const path = ["servers", name];
    const cloud = cloudOfServer(model, server);
    if (!cloud) {
        const isOwn = server.cloud !== undefined || referredImage(server.image) !== undefined;
        return isOwn ? [] : [aboutKey(path, `servers.${name} needs the key "cloud", because its image is an id`)];
    }
    if ((server.kind === "HuaweiServer") !== (cloud.type === "huawei") && server.cloud !== undefined) {
        const reason = `servers.${name}.cloud: ${server.kind} cannot be in ${server.cloud}, which is of type ${cloud.type}`;
        return [aboutValue([...path, "cloud"], reason)];
    }
    const {
        kind,
        count,
        region: _region,
        cloud: _cloud,
        imageVersion: _version,
        onImageChange: _change,
        confirmWipe: _wipe,
        rollout: _rollout,
        ...given
    } = server;
    const source = referredImage(server.image);
    const use = source === undefined ? undefined : useOf(model, source, { kind, cloud });
    const isRefused = use !== undefined && "refused" in use;
    const known = use !== undefined && !("refused" in use) ? { imageFacts: use.facts } : {};
    const named = typeof count === "number" && typeof given.name === "string" ? { name: `${given.name}-${count}` } : {};
    const at = server.region !== undefined ? "region" : server.cloud !== undefined ? "cloud" : "image";
    return [
        ...refusals(path, kind, { ...given, ...named, cloud, ...known }),
        ...(isRefused ? [aboutValue([...path, at], `servers.${name}: ${use.refused}`)] : []),
        ...versionFindings(model, name, server, use),
        ...wipeFindings(model, name, server),
    ];
}

/** Problems of `imageVersion`. They are reported for `current`, too, so that a later rollback cannot fail. */
function versionFindings(model: Model, name: string, server: DeclaredServer, use: ImageUse | undefined): Finding[] {
    if (server.imageVersion === undefined) return [];
    const path = ["servers", name, "imageVersion"];
    const finding = (reason: string) => [aboutValue(path, `${dotted(path)}: ${reason}`)];
    const source = referredImage(server.image);
    if (source === undefined) return finding("an image id has no versions: refer to an image of this file");
    const image = imageOfServer(model, server);
    if (use !== undefined && "share" in use) {
        const isEcs = image?.shares?.[use.share]?.with === "ecs";
        const remedy = isEcs
            ? `add an EcsImage that copies ${source} with keepVersions: 1, and use that`
            : `to roll back, set images.${source}.source to the source of the earlier version`;
        return finding(`recipients of share ${use.share} can use the current version only: ${remedy}`);
    }
    const { keepVersions } = image ?? {};
    if (!image || (keepVersions !== undefined && keepVersions !== 0)) return [];
    return finding(`${source} keeps no earlier version: set images.${source}.keepVersions to at least 1`);
}

function wipeFindings(model: Model, name: string, server: DeclaredServer): Finding[] {
    if (server.onImageChange !== "reset-system") return [];
    const path = ["servers", name, "onImageChange"];
    const image = imageOfServer(model, server);
    const source = image?.kind === "CustomImage" ? image.source : {};
    const hasData = "dataSnapshot" in source || ("dataDisk" in source && source.dataDisk === true);
    const reasons = [
        server.confirmWipe === true
            ? []
            : "reset-system wipes the servers' system disks: confirm this with confirmWipe: true",
        server.kind === "SimpleServer" && hasData ? explain(swasResetLimits.fromDataImage) : [],
    ].flat();
    return reasons.map((reason) => aboutValue(path, `servers.${name}.onImageChange: ${reason}`));
}
