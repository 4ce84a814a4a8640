import assert from "node:assert/strict";
import { alibaba, huawei } from "../../provider/dist/clouds/cloud.js";
import type { Handler } from "../../provider/dist/pulumi/dynamic/handler.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { ecsImageKind, ecsInstanceKind } from "../../provider/dist/simulator/alibaba/ecs/models.js";
import { customImageKind, serverKind } from "../../provider/dist/simulator/alibaba/swas/models.js";
import type { Kind } from "../../provider/dist/simulator/core/kinds.js";
import { images } from "../../provider/dist/simulator/huawei/models/image.js";
import { servers } from "../../provider/dist/simulator/huawei/models/server.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const otc = huawei({ region: "eu-de" });
const source = { server: "ace0706b2ac4454d984295a942130001" };
const huaweiSource = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";

/** Tags that the clouds, other features of this provider and scripts in servers set by themselves. */
const foreign: Record<string, string> = {
    "acs:rm:rgId": "rg-acfm1",
    "aliyun-created-by": "backup",
    "ACS:upper": "1",
    _sys_enterprise_project_id: "0",
    "pulumi-machine-images-power": "running",
    "pulumi-machine-images-later": "a feature of a later version",
    "machine-images.san-policy": "OnlineAll",
};

/** An image in each cloud for servers and copies. */
async function base(world: Simulated, where: "alibaba" | "huawei"): Promise<Managed> {
    const image = where === "alibaba" ? world.resource(customImage, "base") : world.resource(systemImage, "base");
    const given = where === "alibaba" ? { cloud: hangzhou, source } : { cloud: otc, source: huaweiSource };
    await image.up(given);
    return image;
}

interface Row {
    make: (world: Simulated) => Managed;
    inputs: (world: Simulated) => Promise<Properties>;
}

function row<I extends object, S extends object>(handler: Handler<I, S>, inputs: Row["inputs"]): Row {
    return { make: (world) => world.resource(handler, "golden"), inputs };
}

async function sharedWithEcs(world: Simulated): Promise<string> {
    const { id } = await base(world, "alibaba");
    await world.resource(imageShare, "to-ecs").up({ cloud: hangzhou, image: id, with: "ecs" });
    return String(id);
}

const rows: Record<string, Row> = {
    CustomImage: row(customImage, async () => ({ cloud: hangzhou, source })),
    "CustomImage on Huawei Cloud": row(systemImage, async () => ({ cloud: otc, source: huaweiSource })),
    FullEcsImage: row(fullEcsImage, async () => ({
        ...{ cloud: otc, source: huaweiSource, vault },
        guest: { volumesAcrossDisks: false },
    })),
    ImageCopy: row(imageCopy, async (world) => ({
        ...{ cloud: hangzhou, to: "cn-shanghai" },
        image: (await base(world, "alibaba")).id,
    })),
    EcsImage: row(ecsImage, async (world) => ({ cloud: hangzhou, image: await sharedWithEcs(world) })),
    SimpleServer: row(simpleServer, async (world) => ({
        ...{ cloud: hangzhou, plan: "swas.s2.c2m2s50b4t08", onDelete: { refund: true } },
        image: (await base(world, "alibaba")).id,
    })),
    EcsInstance: row(ecsInstance, async (world) => ({
        ...{ cloud: hangzhou, instanceType: "ecs.g7.large" },
        ...{ securityGroup: "sg-bp1machineimages0001", vSwitch: "vsw-bp1machineimages0001" },
        image: await sharedWithEcs(world),
    })),
    HuaweiServer: row(huaweiServer, async (world) => ({
        ...{ cloud: otc, flavor: "s3.xlarge.2" },
        ...{ vpc: "0dae26c9-9a70-4392-93f3-87d53115d171", subnet: "157ee789-03ea-45b1-a698-76c92660dd83" },
        image: (await base(world, "huawei")).id,
    })),
};

interface Tag {
    readonly key: string;
    readonly value: string;
}

interface Tagged {
    tags: readonly Tag[];
    set(tags: readonly Tag[]): void;
}

function taggedBy<Held extends { tags: readonly Tag[] }>(
    { simulator: { sim } }: Simulated,
    kind: Kind<Held>,
    cloud: "alibaba" | "huawei",
    id: string,
): Tagged[] {
    return sim.registry.list(cloud, kind).flatMap((found) => {
        const set = (tags: readonly Tag[]) => sim.store(found.scope).put(kind, id, { ...found.value, tags });
        return found.id === id ? [{ tags: found.value.tags, set }] : [];
    });
}

/** A Huawei Cloud server has its tags as strings. */
function serverTaggedBy({ simulator: { sim } }: Simulated, id: string): Tagged[] {
    return sim.registry.list("huawei", servers).flatMap((found) => {
        const tags = found.value.tags.map((text) => {
            const [key = "", value = ""] = text.split("=");
            return { key, value };
        });
        const set = (given: readonly Tag[]) =>
            sim.store(found.scope).change(servers, id, { tags: given.map(({ key, value }) => `${key}=${value}`) });
        return found.id === id ? [{ tags, set }] : [];
    });
}

/** Tags of the object in its cloud, in any service. */
function tagsInCloud(world: Simulated, id: string) {
    const [found] = [
        ...taggedBy(world, customImageKind, "alibaba", id),
        ...taggedBy(world, serverKind, "alibaba", id),
        ...taggedBy(world, ecsImageKind, "alibaba", id),
        ...taggedBy(world, ecsInstanceKind, "alibaba", id),
        ...taggedBy(world, images, "huawei", id),
        ...serverTaggedBy(world, id),
    ];
    assert.ok(found, `no object has the id ${id}`);
    return {
        tags: Object.fromEntries(found.tags.map(({ key, value }) => [key, value])),
        set: (tags: Record<string, string>) => found.set(Object.entries(tags).map(([key, value]) => ({ key, value }))),
    };
}

for (const [name, { make, inputs }] of Object.entries(rows)) {
    describe(`foreign tags on objects of ${name}`, () => {
        let world: Simulated;
        let resource: Managed;
        let given: Properties;
        beforeEach(async () => {
            world = await simulated({ profile: "cbr" });
            resource = make(world);
            given = await inputs(world);
        });
        afterEach(() => world.close());

        it("are not drift, and an update does not remove them", async () => {
            await resource.up({ ...given, tags: { team: "web", stage: "dev" } });
            const found = tagsInCloud(world, String(resource.id));
            found.set({ ...found.tags, ...foreign });
            assert.equal(await resource.refresh(), "quiet");
            assert.deepEqual(resource.outs.tags, { team: "web", stage: "dev" });
            assert.equal(await resource.up({ ...given, tags: { team: "shop" } }), "update");
            const {
                "pulumi-machine-images": owner,
                "pulumi-machine-images-state": _state,
                ...left
            } = tagsInCloud(world, String(resource.id)).tags;
            assert.ok(owner);
            assert.deepEqual(left, { ...foreign, team: "shop" });
        });

        it("do not affect a resource without tags", async () => {
            await resource.up(given);
            const found = tagsInCloud(world, String(resource.id));
            found.set({ ...found.tags, ...foreign });
            assert.equal(await resource.refresh(), "quiet");
            assert.equal(resource.outs.tags, undefined);
        });

        for (const key of ["acs:rm:rgId", "Aliyun-x", "_sys_x", "pulumi-machine-images-mine", "machine-images.mine"]) {
            it(`cannot be set by the user: ${key} is refused at preview once`, async () => {
                const { failures } = await resource.preview({ ...given, tags: { team: "web", [key]: "x" } });
                assert.equal(failures.length, 1, failures.join("\n"));
                assert.match(failures[0] ?? "", /^tags.*: must not have a key that begins with .*, which is reserved$/);
            });
        }
    });
}

describe("facts about a server's guest system, as tags", () => {
    it("can be set and removed by the user's program", async () => {
        const world = await simulated({ profile: "cbr" });
        try {
            const server = world.resource(huaweiServer, "web");
            const given = await rows.HuaweiServer?.inputs(world);
            const tags = { "machine-images.san-policy": "OnlineAll" };
            await server.up({ ...given, tags });
            assert.equal(await server.refresh(), "quiet");
            assert.deepEqual(server.outs.tags, tags);
            await server.up({ ...given, tags: { team: "web" } });
            const {
                "pulumi-machine-images": _owner,
                "pulumi-machine-images-state": _state,
                ...left
            } = tagsInCloud(world, String(server.id)).tags;
            assert.deepEqual(left, { team: "web" });
        } finally {
            await world.close();
        }
    });
});
