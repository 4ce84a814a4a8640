import ecsSdk, * as ecsModels from "@alicloud/ecs20140526";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import swasSdk, * as swasModels from "@alicloud/swas-open20200601";
import type { RunningSimulator } from "../../../provider/dist/simulator/index.js";
import { golden, minute, web } from "./simulated.ts";

export { ecsModels, swasModels };

// The SDKs are CommonJS: Node nests their default export in another "default".
export const SwasClient = "default" in swasSdk ? swasSdk.default : swasSdk;
export const EcsClient = "default" in ecsSdk ? ecsSdk.default : ecsSdk;

export type Signature = "ACS3" | "v2";

export const region = { regionId: "cn-hangzhou" };

/** What a user of the SDK must set to reach a simulator: the endpoint, plain HTTP, and longer timeouts. */
export function configFor(
    simulator: RunningSimulator,
    signature: Signature,
    changes: { accessKeySecret?: string; accessKeyId?: string } = {},
) {
    return new $OpenApiUtil.Config({
        accessKeyId: golden.id,
        accessKeySecret: golden.secret,
        endpoint: new URL(simulator.url).host,
        protocol: "http",
        regionId: "cn-hangzhou",
        readTimeout: 10_000,
        connectTimeout: 10_000,
        ...(signature === "v2" ? { signatureAlgorithm: "v2" } : {}),
        ...changes,
    });
}

export const description = "n a*me(1)~!' +ü";

/** A snapshot of the web server's system disk and an image created from it, only with the SDK. */
export async function snapshotAndImage(simulator: RunningSimulator, signature: Signature) {
    const swas = new SwasClient(configFor(simulator, signature));
    const disks = await swas.listDisks(
        new swasModels.ListDisksRequest({ ...region, instanceId: web, diskType: "system" }),
    );
    const { body: snapshot } = await swas.createSnapshot(
        new swasModels.CreateSnapshotRequest({
            ...region,
            diskId: disks.body?.disks?.[0]?.diskId,
            snapshotName: "web-01-sys",
            clientToken: "t1",
        }),
    );
    simulator.sim.advance(minute);
    const { body: image } = await swas.createCustomImage(
        new swasModels.CreateCustomImageRequest({
            ...region,
            instanceId: web,
            imageName: "web-golden-1",
            description,
            systemSnapshotId: snapshot?.snapshotId,
            tag: [{ key: "env", value: "prod" }],
        }),
    );
    simulator.sim.advance(3 * minute);
    return { swas, snapshotId: snapshot?.snapshotId, imageId: image?.imageId ?? "" };
}
