import assert from "node:assert/strict";
import { huawei } from "../../provider/dist/clouds/cloud.js";
import { accountKind, global } from "../../provider/dist/simulator/alibaba/accounts.js";
import { customImageKind } from "../../provider/dist/simulator/alibaba/swas/models.js";
import { output, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import { type Simulated, simulated } from "./simulated.ts";

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const otc = huawei({ region: "eu-de" });
const partner = huawei({ region: "eu-de", account: "partner" });
const account = "1000000000000002";
const project = "b0000000000000000000000000000001";
const custom = { cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130001" } };
const whole = {
    cloud: otc,
    source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
    vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
    guest: { volumesAcrossDisks: false },
};
const accept = [{ cloud: partner, vault: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f" }];

const image = (inputs: object): Program[number] => ({
    name: "golden",
    type: "cloud" in inputs && inputs.cloud === otc ? "FullEcsImage" : "CustomImage",
    inputs,
});
const share = (name: string, cloud: object, more: object): Program[number] => ({
    name,
    type: "ImageShare",
    inputs: { cloud, image: output("golden"), ...more },
});

/** Who can see the image, by the clouds' own records. */
function seenBy(world: Simulated): string[] {
    const images = world.made().filter(({ kind }) => kind === customImageKind.name);
    const members = world.made().filter(({ kind }) => kind === "huawei.member");
    return [
        ...images.flatMap(({ value }) => {
            const { inShare, shareAccounts }: { inShare?: boolean; shareAccounts?: { account: string }[] } =
                Object(value);
            return [...(inShare ? ["ecs"] : []), ...(shareAccounts ?? []).map((one) => one.account)];
        }),
        ...members.map(({ value }) => `${Object(value).projectId} ${Object(value).status}`),
    ].sort();
}

const kinds: [string, { made: object; cloud: object; more: object; seen: string }][] = [
    ["ECS", { made: custom, cloud: alibaba, more: { with: "ecs" }, seen: "ecs" }],
    ["an account", { made: custom, cloud: alibaba, more: { with: { accounts: [account] } }, seen: account }],
    ["a project", { made: whole, cloud: otc, more: { with: { projects: [project] } }, seen: `${project} pending` }],
    [
        "a project that accepts",
        { made: whole, cloud: otc, more: { with: { projects: [] }, accept }, seen: `${project} accepted` },
    ],
];

for (const [what, { made, cloud, more, seen }] of kinds) {
    describe(`a share with ${what}`, () => {
        let world: Simulated;
        let stack: ProgramStack;
        beforeEach(async () => {
            world = await simulated({ profile: "cbr" });
            stack = new ProgramStack(world);
            await stack.up([image(made), share("before", cloud, more)]);
            assert.deepEqual(seenBy(world), [seen]);
        });
        afterEach(() => world.close());

        it("is kept when its resource is renamed without an alias", async () => {
            await stack.up([image(made), share("after", cloud, more)]);
            assert.deepEqual(seenBy(world), [seen]);
            await stack.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("is kept while one of two declarations remains, and is removed with the last", async () => {
            await stack.up([image(made), share("before", cloud, more), share("after", cloud, more)]);
            await stack.up([image(made), share("after", cloud, more)]);
            assert.deepEqual(seenBy(world), [seen]);
            await stack.up([image(made)]);
            assert.deepEqual(seenBy(world), []);
        });

        it("is removed if both of its resources are removed at once, also by destroy", async () => {
            const twice = [image(made), share("before", cloud, more), share("after", cloud, more)];
            await stack.up(twice);
            await stack.up([image(made)]);
            assert.deepEqual(seenBy(world), []);
            await stack.up(twice);
            await stack.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("is kept for another stack that holds it", async () => {
            const other = new ProgramStack(world, "other");
            const id = stack.find("golden")?.id;
            await other.up([{ name: "same", type: "ImageShare", inputs: { cloud, image: id, ...more } }]);
            await other.destroy();
            assert.deepEqual(seenBy(world), [seen]);
        });

        it("is kept when its resource is replaced by --replace", async () => {
            await stack.up([image(made), share("before", cloud, more)], { replace: "before" });
            assert.deepEqual(seenBy(world), [seen]);
            assert.equal((await stack.refresh()).before, undefined);
        });
    });
}

describe("recipients of two shares of one image", () => {
    let world: Simulated;
    let stack: ProgramStack;
    const others = ["2000000000000001", "2000000000000002"];
    const to = (name: string, ...accounts: string[]) => share(name, alibaba, { with: { accounts } });
    beforeEach(async () => {
        world = await simulated();
        const store = (id: string) => world.simulator.sim.store({ cloud: "alibaba", account: id, region: global });
        for (const id of others) store(id).put(accountKind, id, { name: id });
        stack = new ProgramStack(world);
    });
    afterEach(() => world.close());

    it("are removed if only the old share of a rename had them", async () => {
        await stack.up([image(custom), to("before", account, "2000000000000001")]);
        await stack.up([image(custom), to("after", account, "2000000000000002")]);
        assert.deepEqual(seenBy(world), [account, "2000000000000002"]);
    });

    it("are kept if they move from one share to the other in place", async () => {
        await stack.up([image(custom), to("a", account, "2000000000000001"), to("b", "2000000000000002")]);
        await stack.up([image(custom), to("a", "2000000000000001"), to("b", "2000000000000002", account)]);
        assert.deepEqual(seenBy(world), [account, ...others]);
        await stack.up([image(custom), to("b", account), to("a", ...others)]);
        assert.deepEqual(seenBy(world), [account, ...others]);
        await stack.up([image(custom), to("a", "2000000000000001"), to("b", "2000000000000001")]);
        assert.deepEqual(seenBy(world), ["2000000000000001"]);
    });
});
