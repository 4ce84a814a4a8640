import assert from "node:assert/strict";
import { attributeOf, directAttributes } from "../../../provider/dist/simulator/huawei/ims/imageAttributes.js";
import { imageDocument } from "../../../provider/dist/simulator/huawei/ims/imageDocument.js";
import { findVisible, type VisibleImage } from "../../../provider/dist/simulator/huawei/models/visibleImages.js";
import { bench, type Client, closeAll, golden, type Json, partner, wholeImage } from "./client.ts";

const names = async (client: Client, query: Record<string, string>): Promise<string[]> =>
    (await client.get("/v2/cloudimages", query)).body.images.map(({ name }: Json) => name);

describe("huawei lists of images", () => {
    afterEach(closeAll);

    it("filter by every documented parameter", async () => {
        const world = await bench();
        const { golden: client, simulator } = world;
        const { imageId } = await wholeImage(world);
        await client.post(`/v2/images/${imageId}/members`, { member: partner.project });
        const { id: record } = (await client.post("/v2/images", { name: "record", min_disk: 7 })).body;
        const seen = (key: typeof golden | typeof partner, id: string): VisibleImage => {
            const store = simulator.sim.store({ cloud: "huawei", account: key.domain, region: "eu-de" });
            const project = { id: key.project, region: "eu-de" };
            const visible = findVisible({ sim: simulator.sim, store, project }, id);
            assert.ok(visible);
            return visible;
        };
        const all = [
            seen(golden, imageId),
            seen(partner, imageId),
            seen(golden, record),
            seen(golden, "c71b64e7-4767-4406-afde-2c7c7ac2242c"),
        ];
        assert.deepEqual(
            all.map(({ relation }) => relation),
            ["own", "shared", "own", "gold"],
        );
        for (const visible of all) {
            for (const name of directAttributes) {
                assert.equal(attributeOf(visible, name), imageDocument(visible)[name], `${visible.relation} ${name}`);
            }
        }
    });

    it("page through many images, filtered or not, without gaps", async () => {
        const { golden: client } = await bench();
        for (let index = 0; index < 9; index++) {
            await client.post("/v2/images", { name: `i${index}`, min_disk: index % 2 === 0 ? 40 : 50 });
        }
        const queries: readonly Record<string, string>[] = [
            { owner: golden.project },
            { __imagetype: "private", min_disk: "40" },
        ];
        for (const query of queries) {
            const whole = await names(client, query);
            const paged: string[] = [];
            let marker: string | undefined;
            for (;;) {
                const { images } = (
                    await client.get("/v2/cloudimages", { ...query, limit: "2", ...(marker ? { marker } : {}) })
                ).body;
                if (images.length === 0) break;
                paged.push(...images.map(({ name }: Json) => name));
                marker = images.at(-1).id;
            }
            assert.deepEqual(paged, whole);
        }
        assert.deepEqual((await names(client, { owner: golden.project })).slice(0, 2), ["i8", "i7"], "newest first");
        const ascending = { owner: golden.project, sort_dir: "asc", sort_key: "created_at" };
        assert.deepEqual((await names(client, ascending)).slice(0, 2), ["i0", "i1"]);
        assert.deepEqual(await names(client, { name: "i3" }), ["i3"]);
        assert.deepEqual(await names(client, { name: "in:i3,i5" }), ["i5", "i3"]);
        assert.deepEqual(await names(client, { owner: partner.project }), []);
        assert.equal((await names(client, {})).length, 12, "the public ones too");
        assert.equal((await names(client, { visibility: "public" })).length, 3);
    });
});
