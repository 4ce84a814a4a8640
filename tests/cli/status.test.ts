import assert from "node:assert/strict";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { alibabaAccount, huaweiAccount, inFrankfurt, inHangzhou, madeByHand, partnerAccount } from "./account.ts";
import { keysOf, machineImages } from "./commandLine.ts";

describe("machine-images status", function () {
    // Each starts processes, on a machine that may have much else to do.
    this.timeout(60_000);
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    /** Runs the command and gives what it printed, and what it asked the clouds. */
    async function status(...args: string[]) {
        const before = world.calls().length;
        const ended = await machineImages(["status", ...args, "--endpoint", world.simulator.url], {
            env: keysOf(world),
        });
        assert.deepEqual([ended.code, ended.stderr], [0, ""], ended.stderr);
        const asked = world.calls().slice(before);
        assert.deepEqual(asked.filter(world.isChange), [], "it only reads");
        return { text: ended.stdout, actions: asked.map(({ action }) => action) };
    }

    async function json(...args: string[]) {
        return JSON.parse((await status(...args, "--json")).text);
    }

    it("shows an image of Alibaba Cloud with all that hangs on it, and what blocks its deletion", async () => {
        const { image, copy, ecs, server } = await alibabaAccount(world);
        const [here, there] = await json(...inHangzhou, "--region", "cn-shanghai");
        const golden = here.images.find(({ id }: { id: string }) => id === image);
        assert.deepEqual(
            [golden.kind, golden.status, golden.condition, golden.version, golden.sizeGiB],
            ["custom image", "available", "ready", "1.4.0", 40],
        );
        assert.equal(golden.owner.isPending, false);
        const [snapshot] = world.made().filter(({ kind }) => /swas\.snapshot|alibaba\.snapshot/.test(kind));
        assert.deepEqual(
            golden.behind.map((one: { id: string; goesWithImage: boolean }) => [one.id, one.goesWithImage]),
            [[snapshot?.id, true]],
        );
        assert.deepEqual(golden.copies, [
            { id: ecs, region: "cn-hangzhou", status: "Available" },
            { id: copy, region: "cn-shanghai", status: "available" },
        ]);
        assert.deepEqual(golden.shares, [{ recipient: "ECS" }, { recipient: `account ${partnerAccount}` }]);
        assert.equal(golden.servers.length, 1);
        assert.match(golden.servers[0], new RegExp(`^instance ${server} `));
        const others = here.otherServers.map(({ id }: { id: string }) => id);
        assert.ok(others.includes("ace0706b2ac4454d984295a942130001") && !others.includes(server));
        assert.deepEqual(golden.blockedBy, [
            `still used by ${golden.servers[0]}`,
            `still shared with ECS, account ${partnerAccount}`,
        ]);
        assert.deepEqual(
            there.images.map(({ id, blockedBy }: { id: string; blockedBy: string[] }) => [id, blockedBy]),
            [[copy, []]],
        );
        const own = here.images.find(({ id }: { id: string }) => id === ecs);
        assert.deepEqual([own.kind, own.behind.length, own.blockedBy], ["ECS image", 1, []]);
    });

    it("asks for lists, not for images: as many calls for one as for three", async () => {
        await madeByHand(world, "image-0");
        const one = (await status(...inHangzhou)).actions;
        for (let index = 1; index < 3; index++) await madeByHand(world, `image-${index}`);
        const three = (await status(...inHangzhou)).actions;
        assert.deepEqual(three, one);
        assert.deepEqual([...three].sort(), [
            "ecs.DescribeAvailableResource",
            "ecs.DescribeImages",
            "ecs.DescribeInstances",
            "ecs.DescribeSecurityGroups",
            "ecs.DescribeSnapshots",
            "sts.GetCallerIdentity",
            "swas.ListCustomImages",
            "swas.ListInstances",
            "swas.ListPlans",
            "swas.ListSnapshots",
            "vpc.DescribeVSwitches",
            "vpc.DescribeVpcs",
        ]);
    });

    it("lists what new servers can name: sizes and networks, by their ids", async () => {
        const { text } = await status(...inHangzhou);
        const [, tree = ""] = text.split("\n\nfor new servers in alibaba cn-hangzhou\n");
        assert.match(tree, /^\|-- plans: swas\.s2\.c2m1s40b3t04, swas\.s2\.c2m2s50b4t08, /);
        assert.match(tree, /^\|-- instance types: ecs\.g6\.large, .*ecs\.g7\.large, .* and 12 more$/m);
        const network = [
            "|-- VPC vpc-bp1machineimages0001",
            "|   |-- VSwitch vsw-bp1machineimages0001, zone cn-hangzhou-h",
        ];
        assert.ok(tree.includes([...network, "|   `-- security group sg-bp1machineimages0001"].join("\n")), tree);
        const [{ forNewServers }] = await json(...inFrankfurt);
        const ids = forNewServers.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`);
        for (const one of [
            "flavor s3.large.2",
            "VPC 0dae26c9-9a70-4392-93f3-87d53115d171",
            "subnet 157ee789-03ea-45b1-a698-76c92660dd83",
        ]) {
            assert.ok(ids.includes(one), one);
        }
    });

    it("reads on when the account may not list networks, and says what it could not read", async () => {
        const refusal = { refuse: { status: 403, code: "Forbidden.RAM", message: "no permission" } };
        for (const action of ["vpc.DescribeVSwitches", "ecs.DescribeSecurityGroups"]) {
            world.simulator.sim.faults.add({ match: { action }, effect: refusal });
        }
        const [{ forNewServers, notes }] = await json(...inHangzhou);
        assert.ok(forNewServers.some(({ kind }: { kind: string }) => kind === "VPC"));
        assert.match(notes.join("\n"), /^VSwitches could not be read: .*\nsecurity groups could not be read: /);
    });

    it("shows Huawei Cloud's images, with the backup that goes and who has not accepted", async () => {
        const { whole, backup, system } = await huaweiAccount(world);
        const [{ images, withoutImage, otherServers }] = await json(...inFrankfurt);
        const byId = new Map(images.map((one: { id: string }) => [one.id, one]));
        assert.deepEqual([...byId.keys()].sort(), [whole, system].sort());
        const { behind, shares, blockedBy } = images.find(({ id }: { id: string }) => id === whole);
        assert.deepEqual(
            behind.map((one: { kind: string; id: string; goesWithImage: boolean }) => [
                one.kind,
                one.id,
                one.goesWithImage,
            ]),
            [["backup", backup, true]],
        );
        assert.deepEqual(
            shares.map(({ state }: { state: string }) => state),
            ["pending"],
        );
        assert.match(blockedBy.join(), /^still shared with project b0/);
        assert.deepEqual(withoutImage, []);
        assert.ok(otherServers.some(({ name }: { name: string }) => name === "web-golden"));
    });

    it("names snapshots without an image, and says that Simple Application Server keeps them for nothing", async () => {
        const { image, snapshot } = await madeByHand(world, "gone");
        const { swas } = await world.clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" });
        const [{ images }] = await json(...inHangzhou);
        assert.deepEqual(
            images[0].behind.map(({ id, goesWithImage }: { id: string; goesWithImage: boolean }) => [
                id,
                goesWithImage,
            ]),
            [[snapshot, false]],
        );
        assert.equal(images[0].owner, undefined, "no stack made it");
        await swas.deleteCustomImage(image);
        const { text } = await status(...inHangzhou);
        assert.match(
            text,
            new RegExp(
                `^alibaba cn-hangzhou, account 1000000000000001\n\\|-- without an image\n\\|   \`-- snapshot ${snapshot}, free\n\`-- `,
            ),
        );
    });

    it("tells no age by this machine's clock of what a simulator elsewhere has", async () => {
        await madeByHand(world, "by-hand");
        assert.doesNotMatch((await status(...inHangzhou)).text, / old\b/);
    });

    it("draws a tree of plain characters, without colour where nobody looks", async () => {
        const { image, snapshot } = await madeByHand(world, "by-hand");
        const { text } = await status(...inHangzhou);
        const [first, second, third, ...rest] = text.split("\n");
        assert.equal(first, "alibaba cn-hangzhou, account 1000000000000001");
        assert.match(second ?? "", new RegExp(`^\\|-- custom image ${image} by-hand, available, 40 GiB$`));
        assert.match(third ?? "", new RegExp(`^\\|   \`-- snapshot ${snapshot}, free, stays when the image goes$`));
        assert.deepEqual(rest.slice(0, 2), [
            "`-- servers of other images",
            "    |-- server ace0706b2ac4454d984295a942130001 (web-golden), of image a5b0c3d1e2f34455867788990a1b2c01",
        ]);
        assert.ok(!text.includes("\u001b"));
    });

    it("reads on when the account has no permission in ECS, and says what it could not read", async () => {
        const { image } = await madeByHand(world, "by-hand");
        const refusal = { refuse: { status: 403, code: "Forbidden.RAM", message: "no permission" } };
        for (const action of ["ecs.DescribeImages", "ecs.DescribeInstances", "ecs.DescribeSnapshots"]) {
            world.simulator.sim.faults.add({ match: { action }, effect: refusal });
        }
        const [{ images, notes }] = await json(...inHangzhou);
        assert.deepEqual(
            images.map(({ id }: { id: string }) => id),
            [image],
        );
        assert.match(notes.join(), /^images of ECS could not be read: ECS Describe\w+: no permission/);
    });
});
