import type { Clouds } from "../../provider/dist/clouds/connect.js";
import type { EngineStack } from "../engine/stack.ts";
import { cloudsOf } from "../resources/simulated.ts";
import type { Change, Given } from "./change.ts";

/**
 * Servers of the default world that no program declares: the source of the snapshots, and the one that gets an image.
 */
const snapshotted = "ace0706b2ac4454d984295a942130004";
const otherServer = "ace0706b2ac4454d984295a942130004";

const hangzhou = { type: "alibaba", region: "cn-hangzhou" } as const;

/** Quotas that a stack of 300 resources exceeds. Reports do not depend on them. */
const roomForMany = ["images", "imagesPerServer", "snapshots", "snapshotsPerServer"];

/** The state of a stack that was never deployed. */
const nothing = { manifest: { time: "2025-12-01T00:00:00Z", magic: "", version: "" } };

/** Deploys the programs before a change, and makes the changes by hand. */
export async function prepare(world: EngineStack, change: Change): Promise<Given> {
    const given = await startOver(world, change);
    for (const program of change.before ?? []) {
        world.use(async () => program(given));
        await world.up();
    }
    await actByHand(world, change);
    return given;
}

/** Resets the stack and the clouds, and creates the objects that changes use. */
async function startOver(world: EngineStack, { profile }: Change): Promise<Given> {
    const { simulator, stack } = world;
    const { sim } = simulator;
    await stack.importStack({ version: 3, deployment: nothing });
    sim.settings.set("huawei.profile", profile ?? "csbs");
    simulator.reset();
    for (const limit of roomForMany) sim.quotas.change(`alibaba.swas.${limit}`, 1000);
    const { swas } = await cloudsOfWorld(world).alibaba(hangzhou);
    const disks = await swas.disksOf(snapshotted);
    const diskId = disks.find(({ diskType }) => diskType === "system")?.diskId ?? "";
    const take = async (name: string) => {
        const id = await swas.createSnapshot({ diskId, name });
        sim.advance(3_600_000);
        return id;
    };
    const snapshots: Given["snapshots"] = [await take("first"), await take("second")];
    const windowsServer = huaweiServer(world, "windows-golden");
    const webServer = huaweiServer(world, "web-golden");
    const other = simulator.accounts.filter(({ cloud }) => cloud === "huawei")[1];
    const partnerProject = other?.projects?.find(({ region }) => region === "eu-de")?.id ?? "";
    return { snapshots, windowsServer, webServer, partnerProject };
}

/** The provider's own clients, for changes by hand. */
function cloudsOfWorld({ simulator }: EngineStack): Clouds {
    const { sim } = simulator;
    return cloudsOf(simulator, { now: () => sim.clock.now(), sleep: async (ms) => sim.advance(ms) });
}

function huaweiServer({ simulator }: EngineStack, name: string): string {
    const held = simulator.sim.registry.objects();
    return held.find(({ kind, value }) => kind === "huawei.server" && Object(value).name === name)?.id ?? "";
}

/** Changes the stack's image as somebody would with another tool. */
async function actByHand(world: EngineStack, { byHand }: Change): Promise<void> {
    if (byHand === undefined) return;
    const images = (await world.stored()).filter(({ type }) => type.endsWith(":CustomImage"));
    const image = images.find(({ id }) => id.startsWith("m-"));
    if (!image) throw new Error("the stack has no image in Alibaba Cloud");
    const { swas } = await cloudsOfWorld(world).alibaba(hangzhou);
    const { sim } = world.simulator;
    if (byHand === "shares the image") await swas.modifyImageShareStatus({ imageId: image.id, operation: "Share" });
    if (byHand === "creates a server from it") await swas.resetSystem({ instanceId: otherServer, imageId: image.id });
    if (byHand === "edits the image") {
        const kind = { name: "alibaba.customImage", isRecord: false } as const;
        for (const { id, scope, value } of sim.registry.list("alibaba", kind)) {
            const tags = [...Object(value).tags, { key: "team", value: "ops" }];
            if (id === image.id) sim.store(scope).change(kind, id, { description: "by hand", tags });
        }
    }
    sim.advance(3_600_000);
}
