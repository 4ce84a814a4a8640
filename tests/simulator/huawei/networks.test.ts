import assert from "node:assert/strict";
import { bench, closeAll, golden, serverRequest } from "./client.ts";
import { aGoldImage } from "./rules/scene.ts";

const serversPath = "/v1/{pid}/cloudservers";
const vpc = "0dae26c9-9a70-4392-93f3-87d53115d171";
const subnet = "157ee789-03ea-45b1-a698-76c92660dd83";

describe("networks and flavors of Huawei servers", () => {
    afterEach(closeAll);

    const wrong: Record<string, [Record<string, unknown>, string]> = {
        "an unknown VPC": [{ vpcid: "0dae26c9-9a70-4392-93f3-87d53115d172" }, "Ecs.0014"],
        "an unknown subnet": [{ nics: [{ subnet_id: "none" }] }, "Ecs.0014"],
        "a subnet of another VPC": [{ nics: [{ subnet_id: "s" }] }, "Ecs.0014"],
        "one unknown subnet of two": [{ nics: [{ subnet_id: subnet }, { subnet_id: "x" }] }, "Ecs.0014"],
        "an unknown security group": [{ security_groups: [{ id: "none" }] }, "Ecs.0014"],
        "a flavor of an unknown series": [{ flavorRef: "zz9.large.2" }, "Ecs.0005"],
        "a flavor with an unknown ratio": [{ flavorRef: "s3.large.3" }, "Ecs.0005"],
    };

    for (const [what, [changes, code]] of Object.entries(wrong)) {
        it(`reject ${what}, and create nothing`, async () => {
            const world = await bench();
            const request = serverRequest(await aGoldImage(world), changes);
            const before = JSON.stringify(world.objects());
            for (const dry_run of [false, true]) {
                const answer = await world.golden.post(serversPath, { ...request, dry_run });
                assert.deepEqual([answer.status, answer.body.error.code], [400, code], answer.text);
            }
            assert.equal(JSON.stringify(world.objects()), before);
        });
    }

    it("include the networks of the world, and the one of its servers", async () => {
        const world = await bench();
        const image = await aGoldImage(world);
        const there = await world.golden.get(`${serversPath}/${golden.server}`);
        const [own] = Object.keys(there.body.server.addresses);
        const { body } = await world.golden.get("/v1/{pid}/subnets", { vpc_id: own ?? "" });
        const places = [
            {},
            { vpcid: "v", nics: [{ subnet_id: "s" }] },
            { vpcid: own, nics: [{ subnet_id: body.subnets[0].id }] },
        ];
        for (const place of places) {
            const creation = await world.golden.post(serversPath, serverRequest(image, place));
            assert.equal(creation.status, 200, creation.text);
        }
    });

    it("are listed and shown to their own project", async () => {
        const world = await bench();
        const ids = async (path: string, name: string) =>
            (await world.golden.get(path)).body[name].map(({ id }: { id: string }) => id);
        assert.ok((await ids("/v1/{pid}/vpcs", "vpcs")).includes(vpc));
        assert.ok((await ids("/v1/{pid}/subnets", "subnets")).includes(subnet));
        assert.deepEqual((await world.golden.get(`/v1/{pid}/subnets/${subnet}`)).body.subnet.vpc_id, vpc);
        const [first] = await ids("/v1/{pid}/vpcs", "vpcs");
        const rest = await world.golden.get("/v1/{pid}/vpcs", { marker: first, limit: "1" });
        assert.equal(rest.body.vpcs.length, 1);
        assert.notEqual(rest.body.vpcs[0].id, first);
    });
});
