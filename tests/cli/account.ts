import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import type { Simulated } from "../resources/simulated.ts";

export const hangzhou = { type: "alibaba", region: "cn-hangzhou" } as const;
export const frankfurt = { type: "huawei", region: "eu-de" } as const;
export const partnerAccount = "1000000000000002";
export const partnerProject = "b0000000000000000000000000000001";
const web = "ace0706b2ac4454d984295a942130001";
const erp = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";

export const inHangzhou = ["--cloud", "alibaba", "--region", "cn-hangzhou"];
export const inFrankfurt = ["--cloud", "huawei", "--region", "eu-de"];

const idOf = ({ id }: { id: string | undefined }) => id ?? "";

/** A golden image of a stack, with a copy in another region, a copy in ECS, shares and a server. */
export async function alibabaAccount(world: Simulated) {
    const golden = world.resource(customImage, "golden");
    await golden.up({ cloud: hangzhou, source: { server: web }, tags: { version: "1.4.0" } });
    const image = idOf(golden);
    const copy = world.resource(imageCopy, "golden-shanghai");
    await copy.up({ cloud: hangzhou, image, to: "cn-shanghai" });
    await world.resource(imageShare, "to-ecs").up({ cloud: hangzhou, image, with: "ecs" });
    const accounts = [partnerAccount];
    await world.resource(imageShare, "to-partner").up({ cloud: hangzhou, image, with: { accounts } });
    const own = world.resource(ecsImage, "in-ecs");
    await own.up({ cloud: hangzhou, image });
    const server = world.resource(ecsInstance, "api");
    const place = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
    await server.up({ cloud: hangzhou, image, ...place });
    await world.shutDownGracefully();
    return { image, copy: idOf(copy), ecs: idOf(own), server: idOf(server) };
}

/** A full-ECS image with a pending share, and a system image. */
export async function huaweiAccount(world: Simulated) {
    const whole = world.resource(fullEcsImage, "erp");
    const guest = { volumesAcrossDisks: false };
    await whole.up({ cloud: frankfurt, source: { server: erp }, vault, guest });
    const share = world.resource(imageShare, "to-partner");
    await share.up({ cloud: frankfurt, image: whole.id, with: { projects: [partnerProject] } });
    const system = world.resource(systemImage, "base");
    await system.up({ cloud: frankfurt, source: { server: erp } });
    await world.shutDownGracefully();
    return { whole: idOf(whole), backup: String(whole.outs.backup), system: idOf(system) };
}

/** A custom image from a snapshot, both created by hand: no stack owns them. */
export async function madeByHand(world: Simulated, name: string) {
    const { swas } = await world.clouds.alibaba(hangzhou);
    const [disk] = await swas.listDisks({ instanceId: web, diskType: "system" });
    const systemSnapshotId = await swas.createSnapshot({ diskId: disk?.diskId ?? "", name: `of-${name}` });
    world.simulator.sim.advance(3_600_000);
    const image = await swas.createCustomImage({ name, instanceId: web, systemSnapshotId });
    world.simulator.sim.advance(3_600_000);
    return { image, snapshot: systemSnapshotId };
}
