import { SWAS_PRODUCT_CODE } from "../../provider/dist/clouds/alibaba/bss.js";
import type { Clouds } from "../../provider/dist/clouds/connect.js";
import type { RunningSimulator } from "../../provider/dist/simulator/index.js";

/** The simulated clouds, and clients for them. */
export interface Console {
    readonly simulator: RunningSimulator;
    readonly clouds: Clouds;
    /** "kind id" of every object that did not exist at the start. */
    left(): string[];
}

const hangzhou = { type: "alibaba", region: "cn-hangzhou" } as const;
const frankfurt = { type: "huawei", region: "eu-de", profile: "cbr" } as const;

/** The project that a person shares an image with. */
const partner = "b0000000000000000000000000000001";

/** What a person does with an image in the clouds' consoles, outside every stack. */
export interface ByHand {
    share(id: string): Promise<void>;
    unshare(id: string): Promise<void>;
    /** Removes the image's shares, then deletes the image. Its snapshots or backup are kept. */
    remove(id: string): Promise<void>;
}

function customImagesByHand({ clouds, simulator }: Console): ByHand {
    const change = async (imageId: string, operation: "Share" | "UnShare") => {
        const { swas } = await clouds.alibaba(hangzhou);
        const [image] = await swas.listCustomImages({ imageIds: [imageId] });
        if (image && image.inShare !== (operation === "Share"))
            await swas.modifyImageShareStatus({ imageId, operation });
        simulator.sim.advance(600_000);
    };
    const unshare = (id: string) => change(id, "UnShare");
    return {
        share: (id) => change(id, "Share"),
        unshare,
        remove: async (id) => {
            await unshare(id);
            const { swas } = await clouds.alibaba(hangzhou);
            await swas.deleteCustomImage(id);
            simulator.sim.advance(600_000);
        },
    };
}

function fullEcsImagesByHand({ clouds, simulator }: Console): ByHand {
    const unshare = async (id: string) => {
        const { ims } = await clouds.huawei(frankfurt);
        if (!(await ims.image(id))) return;
        for (const { projectId } of await ims.members(id)) await ims.removeMember(id, projectId);
    };
    return {
        share: async (id) => {
            const { ims } = await clouds.huawei(frankfurt);
            const members = await ims.members(id);
            if (!members.some(({ projectId }) => projectId === partner)) await ims.addMember(id, partner);
        },
        unshare,
        remove: async (id) => {
            await unshare(id);
            const { ims } = await clouds.huawei(frankfurt);
            await ims.deleteImage(id, { deleteBackup: false });
            simulator.sim.advance(600_000);
        },
    };
}

export function byHand(clouds: Console, type: "CustomImage" | "FullEcsImage"): ByHand {
    return type === "CustomImage" ? customImagesByHand(clouds) : fullEcsImagesByHand(clouds);
}

/** Unshares an image that an interrupted run has shared. */
export function unshareByHand(place: Pick<Console, "clouds" | "simulator">, kind: string, id: string): Promise<void> {
    const type = kind.startsWith("alibaba.") ? "CustomImage" : "FullEcsImage";
    return byHand({ ...place, left: () => [] }, type).unshare(id);
}

/** Deletes a server that no state holds. */
export async function deleteServerByHand(clouds: Clouds, kind: string, id: string): Promise<void> {
    const { bss, ecs } = await clouds.alibaba(hangzhou);
    if (kind === "alibaba.ecsInstance") await ecs.deleteInstance({ instanceId: id, force: true });
    else await bss.refundInstance({ instanceId: id, productCode: SWAS_PRODUCT_CODE, clientToken: `by-hand-${id}` });
}
