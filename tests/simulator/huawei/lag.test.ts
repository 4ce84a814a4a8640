import assert from "node:assert/strict";
import { isLagging } from "../../../provider/dist/simulator/huawei/visibility.js";
import { defaultWorld, withLag } from "../../../provider/dist/simulator/worlds/world.js";
import { type Bench, bench, type Client, closeAll, partner } from "./client.ts";
import { away, toNl } from "./rules/away.ts";
import {
    aDisk,
    aSystemImage,
    aWholeImage,
    fromServer,
    shareWithPartner,
    storeOf,
    systemImagesPath,
} from "./rules/scene.ts";

const lagging = { world: withLag(defaultWorld, 30) };

/** Where an image with this id is found: in the lists, by its tag, by its id. */
async function foundIn({ golden: client }: Bench, id: string): Promise<boolean[]> {
    const byTag = { action: "filter", matches: [{ key: "resource_name", value: "image" }] };
    const [ims, glance, tagged] = await Promise.all([
        client.get("/v2/cloudimages", { id }),
        client.get("/v2/images", { id }),
        client.post("/v2/{pid}/images/resource_instances/action", byTag),
    ]);
    return [
        ims.body.images.length === 1,
        glance.body.images.length === 1,
        tagged.body.total_count === 1,
        (await client.get(`/v2/images/${id}`)).status === 200,
    ];
}

interface Made {
    readonly client: Client;
    readonly id: string;
    /** Until lists show it. */
    readonly lagSeconds: number;
}

/** Requests an image and waits until its job has ended. */
async function newImage(world: Bench, path: string, order: unknown, seconds: number): Promise<Made> {
    const { golden: client } = world;
    const { body } = await client.post(path, order);
    world.seconds(seconds);
    const { status, entities, sub_jobs_result } = await client.job(body.job_id);
    assert.equal(status, "SUCCESS");
    const id = entities.image_id ?? (entities.sub_jobs_result ?? sub_jobs_result)[0].entities.image_id;
    return { client, id, lagSeconds: 30 };
}

const system = { name: "image", os_version: "CentOS 7.9 64bit" };
const file = { ...system, image_url: "bucket:file", min_disk: 40 };

/** All other ways to create an image. */
const kinds: readonly (readonly [what: string, make: (world: Bench) => Promise<Made>])[] = [
    [
        "an image of a disk",
        async (world) => newImage(world, systemImagesPath, { ...system, volume_id: await aDisk(world) }, 415),
    ],
    [
        "an image of a data disk",
        async (world) =>
            newImage(world, systemImagesPath, { data_images: [{ name: "data", volume_id: await aDisk(world) }] }, 415),
    ],
    ["an image of a file", (world) => newImage(world, systemImagesPath, file, 300)],
    ["a data disk image of a file", (world) => newImage(world, "/v1/cloudimages/dataimages/action", file, 300)],
    [
        "a copy",
        async (world) => newImage(world, `/v1/cloudimages/${await aSystemImage(world)}/copy`, { name: "copy" }, 120),
    ],
    [
        "a copy to another region",
        async (world) => {
            const path = `/v1/cloudimages/${await aSystemImage(world)}/cross_region_copy`;
            return { ...(await newImage(world, path, toNl, 743)), client: away(world) };
        },
    ],
    [
        "a record of Glance",
        async ({ golden: client }) => {
            const { body } = await client.post("/v2/images", { name: "record" });
            return { client, id: body.id, lagSeconds: 30 };
        },
    ],
];

describe("huawei lists with a lag", () => {
    afterEach(closeAll);

    it("show an image from its first row on without a lag", async () => {
        const world = await bench();
        assert.deepEqual(await foundIn(world, await aSystemImage(world, 10)), [true, true, true, true]);
    });

    it("do not show an image whose job has SUCCESS, which its id finds, until the lag is over", async () => {
        const world = await bench(lagging);
        const { body } = await world.golden.post(systemImagesPath, fromServer);
        world.seconds(415);
        const { status, entities } = await world.golden.job(body.job_id);
        assert.equal(status, "SUCCESS");
        assert.deepEqual(await foundIn(world, entities.image_id), [false, false, false, true]);
        world.seconds(29);
        assert.deepEqual(await foundIn(world, entities.image_id), [false, false, false, true]);
        world.seconds(1);
        assert.deepEqual(await foundIn(world, entities.image_id), [true, true, true, true]);
    });

    for (const [what, make] of kinds) {
        it(`do not show ${what} until then, which its id finds`, async () => {
            const world = await bench(lagging);
            const { client, id, lagSeconds } = await make(world);
            const found = async () => {
                const list = await client.get("/v2/cloudimages", { __imagetype: "private", limit: "50" });
                const isListed = list.body.images.some((image: { id: string }) => image.id === id);
                return [isListed, (await client.get(`/v2/images/${id}`)).status];
            };
            assert.deepEqual(await found(), [false, 200]);
            world.seconds(lagSeconds - 1);
            assert.deepEqual(await found(), [false, 200]);
            world.seconds(1);
            assert.deepEqual(await found(), [true, 200]);
        });
    }

    it("remember nothing about an image that is deleted during its creation", async () => {
        const huawei = { ...lagging.world.huawei, deletionDuringCreation: "allow" as const };
        const world = await bench({ world: { ...lagging.world, huawei } });
        const { body } = await world.golden.post(systemImagesPath, fromServer);
        world.seconds(10);
        const { image_id: id } = (await world.golden.job(body.job_id)).entities;
        await world.golden.del(`/v2/images/${id}`);
        world.seconds(500);
        assert.equal(isLagging(storeOf(world)), false);
    });

    it("do not show a share or its acceptance to the recipient until then", async () => {
        const world = await bench(lagging);
        const id = await aWholeImage(world);
        const seen = async (member_status: string) =>
            (await world.partner.get("/v2/cloudimages", { member_status, visibility: "shared" })).body.images.length;
        await shareWithPartner(world, id);
        assert.equal(await seen("pending"), 0);
        world.seconds(30);
        assert.equal(await seen("pending"), 1);
        const accept = { status: "accepted", vault_id: partner.vault };
        await world.partner.put(`/v2/images/${id}/members/${partner.project}`, accept);
        assert.equal(await seen("accepted"), 0);
        world.seconds(30);
        assert.equal(await seen("accepted"), 1);
    });

    it("never show an object after a fault, and progress with an automatic clock", async () => {
        const broken = await bench(lagging);
        broken.simulator.sim.faults.add({ job: "huawei.listed", reason: "lost" });
        assert.deepEqual(await foundIn(broken, await aSystemImage(broken, 1000)), [false, false, false, true]);
        const world = await bench({ ...lagging, clock: "auto" });
        await world.golden.post(systemImagesPath, fromServer);
        const own = async () => (await world.golden.get("/v2/cloudimages", { __imagetype: "private" })).body.images;
        const counts = [];
        for (let poll = 0; poll < 3; poll++) counts.push((await own()).length);
        assert.deepEqual(counts, [0, 0, 1]);
    });

    it("are the same with the same seed", async () => {
        const play = async () => {
            const world = await bench({ ...lagging, seed: 7 });
            const texts: string[] = [];
            await aSystemImage(world, 410);
            for (let poll = 0; poll < 8; poll++) {
                world.seconds(5);
                texts.push((await world.golden.get("/v2/cloudimages")).text);
            }
            return texts.join("\n");
        };
        assert.equal(await play(), await play());
    });
});
