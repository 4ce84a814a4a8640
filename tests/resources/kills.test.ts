import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemDiskReplacement } from "../../provider/dist/resources/systemDiskReplacement.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { givenBackup } from "./givenBackup.ts";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const source = { server: "ace0706b2ac4454d984295a942130001" };
const huawei = { type: "huawei", region: "eu-de", profile: "csbs" };
const cbr = { type: "huawei", region: "eu-de" };
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const erp = {
    cloud: huawei,
    source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
    guest: { volumesAcrossDisks: false },
};
const ecs = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
const machine = {
    flavor: "s3.xlarge.2",
    vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
    subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
};

/** A resource under test, with the resources that it depends on. */
interface Scenario {
    name: string;
    /** @default "csbs" */
    profile?: "cbr";
    /** Creates what the resource needs. @returns the inputs of the resource under test */
    base(world: Simulated, made: Managed[]): Promise<object>;
    resource(world: Simulated): Managed;
    /** A change that must happen exactly once in both runs together. */
    once?: string;
    /** Objects that remain after everything is destroyed, if any. */
    remains?: string[];
}

async function made(all: Managed[], resource: Managed, inputs: object): Promise<string> {
    await resource.up({ ...inputs });
    all.push(resource);
    return String(resource.id);
}

const goldenImage = (world: Simulated, all: Managed[], onDelete?: object) =>
    made(all, world.resource(customImage, "base"), { cloud: alibaba, source, onDelete });

async function sharedImage(world: Simulated, all: Managed[]): Promise<string> {
    const image = await goldenImage(world, all);
    await made(all, world.resource(imageShare, "share"), { cloud: alibaba, image, with: "ecs" });
    return image;
}

/** For images that a server of the world file has at the end. */
const keptIfInUse = { ifInUse: "retain" };

const stopped = "ace0706b2ac4454d984295a942130004";
const wipe = (cloud: object, server: string, image: string) => ({ cloud, server, image, confirmWipe: true });

/** The power states of all servers of the world file. */
const powers = ({ simulator }: Simulated) =>
    simulator.sim.registry
        .objects()
        .filter(({ kind }) => kind === "alibaba.server" || kind === "huawei.server")
        .map(({ id, value }) => [id, Object(value).status, Object(value).tags]);

const scenarios: Scenario[] = [
    {
        name: "CustomImage with its data disk",
        base: async () => ({ cloud: alibaba, source: { ...source, dataDisk: true }, tags: { team: "web" } }),
        resource: (world) => world.resource(customImage, "it"),
    },
    {
        name: "ImageCopy",
        base: async (world, all) => ({ cloud: alibaba, image: await goldenImage(world, all), to: "cn-shanghai" }),
        resource: (world) => world.resource(imageCopy, "it"),
    },
    {
        name: "ImageShare",
        base: async (world, all) => ({ cloud: alibaba, image: await goldenImage(world, all), with: "ecs" }),
        resource: (world) => world.resource(imageShare, "it"),
    },
    {
        name: "ImageShare with accounts",
        base: async (world, all) => ({
            cloud: alibaba,
            image: await goldenImage(world, all),
            with: { accounts: ["1000000000000002"] },
        }),
        resource: (world) => world.resource(imageShare, "it"),
    },
    {
        name: "ImageShare accepted by a partner",
        profile: "cbr",
        base: async (world, all) => ({
            cloud: cbr,
            image: await made(all, world.resource(fullEcsImage, "base"), { ...erp, cloud: cbr, vault }),
            with: { projects: [] },
            accept: [{ cloud: { ...cbr, account: "partner" }, vault: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f" }],
        }),
        resource: (world) => world.resource(imageShare, "it"),
    },
    {
        name: "SimpleServer",
        base: async (world, all) => ({
            cloud: alibaba,
            image: await goldenImage(world, all),
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        }),
        resource: (world) => world.resource(simpleServer, "it"),
    },
    {
        name: "EcsImage",
        base: async (world, all) => ({ cloud: alibaba, image: await sharedImage(world, all) }),
        resource: (world) => world.resource(ecsImage, "it"),
    },
    {
        name: "EcsImage in another region",
        base: async (world, all) => ({ cloud: alibaba, image: await sharedImage(world, all), to: "cn-shanghai" }),
        resource: (world) => world.resource(ecsImage, "it"),
    },
    {
        name: "EcsInstance",
        base: async (world, all) => {
            return { cloud: alibaba, image: await sharedImage(world, all), ...ecs };
        },
        resource: (world) => world.resource(ecsInstance, "it"),
    },
    {
        name: "FullEcsImage",
        base: async () => erp,
        resource: (world) => world.resource(fullEcsImage, "it"),
    },
    {
        name: "CustomImage on Huawei Cloud",
        base: async () => ({ cloud: huawei, source: erp.source, tags: { team: "web" } }),
        resource: (world) => world.resource(systemImage, "it"),
    },
    {
        name: "FullEcsImage from a backup",
        remains: ["huawei.backup"],
        base: async (world) => ({ ...erp, source: { backup: await givenBackup(world, "csbs") } }),
        resource: (world) => world.resource(fullEcsImage, "it"),
    },
    {
        name: "HuaweiServer",
        base: async (world, all) => ({
            cloud: huawei,
            image: await made(all, world.resource(fullEcsImage, "base"), erp),
            ...machine,
        }),
        resource: (world) => world.resource(huaweiServer, "it"),
    },
    {
        name: "SystemDiskReplacement of a simple server",
        base: async (world, all) => wipe(alibaba, stopped, await goldenImage(world, all, keptIfInUse)),
        resource: (world) => world.resource(systemDiskReplacement, "it"),
        once: "swas.ResetSystem",
        remains: ["alibaba.customImage", "alibaba.snapshot"],
    },
    {
        name: "SystemDiskReplacement of an instance",
        base: async (world, all) => {
            const image = await sharedImage(world, all);
            const system = "ubuntu_22_04_x64_20G_alibase_20260101.vhd";
            const web = world.resource(ecsInstance, "web");
            return wipe(alibaba, await made(all, web, { cloud: alibaba, image: system, ...ecs }), image);
        },
        resource: (world) => world.resource(systemDiskReplacement, "it"),
        once: "ecs.ReplaceSystemDisk",
    },
    {
        name: "SystemDiskReplacement of a Huawei server",
        base: async (world, all) =>
            wipe(
                huawei,
                erp.source.server,
                await made(all, world.resource(fullEcsImage, "base"), { ...erp, onDelete: keptIfInUse }),
            ),
        resource: (world) => world.resource(systemDiskReplacement, "it"),
        once: "ecs.ChangeServerOs",
        // The image with its backup, and the server's new system disk.
        remains: ["huawei.backup", "huawei.image", "huawei.volume"],
    },
];

const worldOf = ({ profile }: Scenario) => simulated({ profile: profile ?? "csbs" });

/** The result of an undisturbed run, and its number of changes. */
async function undisturbed(scenario: Scenario): Promise<{ changes: number; left: string[] }> {
    const world = await worldOf(scenario);
    try {
        const inputs = await scenario.base(world, []);
        const before = world.changes().length;
        await scenario.resource(world).upAndDie({ ...inputs });
        return { changes: world.changes().length - before, left: kinds(world.left()) };
    } finally {
        await world.close();
    }
}

const kinds = (held: string[]) => held.map((object) => object.split(" ")[0] ?? "").sort();

/** Runs `up` until the process is killed: at its first sleep after the k-th change or, without one, at its end. */
async function killedAfter(world: Simulated, k: number, resource: Managed, inputs: object): Promise<void> {
    const { sim } = world.simulator;
    const advance = sim.advance.bind(sim);
    const before = world.changes().length;
    sim.advance = (ms) => {
        if (world.changes().length >= before + k) throw new Error("killed");
        advance(ms);
    };
    await resource.upAndDie({ ...inputs }).catch((error: unknown) => assert.match(String(error), /killed/));
    sim.advance = advance;
}

/** Loses the answer to the k-th mutating request from now on, after its work was done, and all later answers. */
function loseAnswers(world: Simulated, action: string): void {
    world.simulator.sim.faults.add({ match: { action, nth: 1 }, effect: { reset: "after" } });
}

describe("after a kill at any time, the next up leaves no duplicates and no orphans", () => {
    for (const scenario of scenarios) {
        it(scenario.name, async () => {
            const expected = await undisturbed(scenario);
            for (let k = 1; k <= expected.changes; k++) {
                const world = await worldOf(scenario);
                try {
                    const all: Managed[] = [];
                    const inputs = await scenario.base(world, all);
                    const before = powers(world);
                    await killedAfter(world, k, scenario.resource(world), inputs);
                    const resource = scenario.resource(world);
                    await resource.up({ ...inputs });
                    assert.deepEqual(kinds(world.left()), expected.left, `killed after change ${k}`);
                    assert.equal(await resource.up({ ...inputs }), "same");
                    assert.equal(await resource.refresh(), "quiet");
                    const times = world.changes().filter((action) => action === scenario.once).length;
                    assert.equal(times, scenario.once ? 1 : 0, `${scenario.once} killed after change ${k}`);
                    await resource.destroy();
                    if (scenario.once) assert.deepEqual(powers(world), before, `killed after change ${k}`);
                    for (const other of all.reverse()) await other.destroy();
                    assert.deepEqual(
                        kinds(world.left()),
                        scenario.remains ?? [],
                        `after destroy, killed after change ${k}`,
                    );
                } finally {
                    await world.close();
                }
            }
        });
    }
});

describe("after any lost answer, the same up creates everything once", () => {
    const creations: [string, string][] = [
        ["CustomImage with its data disk", "swas.CreateSnapshot"],
        ["CustomImage with its data disk", "swas.CreateCustomImage"],
        ["ImageCopy", "swas.CopyCustomImage"],
        ["ImageShare", "swas.ModifyImageShareStatus"],
        ["ImageShare with accounts", "swas.AddCustomImageShareAccount"],
        ["ImageShare accepted by a partner", "ims.GlanceAddMember"],
        ["ImageShare accepted by a partner", "ims.GlanceUpdateMember"],
        ["SimpleServer", "swas.CreateInstances"],
        ["EcsImage", "ecs.CopyImage"],
        ["EcsImage in another region", "ecs.CopyImage"],
        ["EcsInstance", "ecs.RunInstances"],
        ["SystemDiskReplacement of a simple server", "swas.ResetSystem"],
        ["SystemDiskReplacement of an instance", "ecs.StopInstance"],
        ["SystemDiskReplacement of an instance", "ecs.ReplaceSystemDisk"],
        ["SystemDiskReplacement of a Huawei server", "ecs.ChangeServerOs"],
        ["FullEcsImage", "ims.CreateWholeImage"],
        ["CustomImage on Huawei Cloud", "ims.CreateImage"],
        ["FullEcsImage from a backup", "ims.CreateWholeImage"],
        ["HuaweiServer", "ecs.CreateServer"],
    ];
    for (const [name, action] of creations) {
        it(`${name}, ${action}`, async () => {
            const scenario = scenarios.find((candidate) => candidate.name === name);
            assert.ok(scenario);
            const expected = await undisturbed(scenario);
            const world = await worldOf(scenario);
            try {
                const inputs = await scenario.base(world, []);
                loseAnswers(world, action);
                await scenario.resource(world).up({ ...inputs });
                assert.ok(
                    world.simulator.sim.faults.list().some(({ hits }) => hits === 1),
                    "the answer was lost",
                );
                assert.deepEqual(kinds(world.left()), expected.left);
            } finally {
                await world.close();
            }
        });
    }
});
