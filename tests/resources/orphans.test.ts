import assert from "node:assert/strict";
import { ownerTag, readOwnership, stateTag } from "../../provider/dist/reconcile/ownership/ownership.js";
import { inClouds } from "../guarantees/clouds.ts";
import { output, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import type { Simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const huawei = { type: "huawei", region: "eu-de", profile: "cbr" };
const source = { server: "ace0706b2ac4454d984295a942130001" };

const image = (description: string, name = "a"): Program => [
    { name, type: "CustomImage", inputs: { cloud, source, description } },
];

const fullImage = (version: string): Program => [
    {
        name: "e",
        type: "FullEcsImage",
        inputs: {
            cloud: huawei,
            source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
            vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
            guest: { volumesAcrossDisks: false },
            version,
        },
    },
];

const instance = (instanceType: string): Program => [
    {
        name: "s",
        type: "EcsInstance",
        inputs: {
            cloud,
            image: "ubuntu_22_04_x64_20G_alibase_20260101.vhd",
            instanceType,
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
        },
    },
];

const copied = (description: string): Program => [
    ...image(description),
    { name: "copy", type: "ImageCopy", inputs: { cloud, image: output("a"), to: "cn-shanghai" } },
];

/** The tags of each created object. */
function pendingIn(clouds: Simulated): string[] {
    return clouds.made().flatMap(({ kind, value }) => {
        const tags = Object.fromEntries(
            Array.from(Object(value).tags ?? [], (tag) => [Object(tag).key, Object(tag).value]),
        );
        return readOwnership({ [ownerTag]: tags[ownerTag], [stateTag]: tags[stateTag] })?.isPending ? [kind] : [];
    });
}

describe("a replacement that was interrupted and is not declared any more", () => {
    const programs: Record<string, readonly [Program, Program]> = {
        "a custom image": [image("one"), image("two")],
        "a custom image and its copy": [copied("one"), copied("two")],
        "a full-ECS image": [fullImage("1"), fullImage("2")],
        "an ECS instance": [instance("ecs.g6.large"), instance("ecs.g6.xlarge")],
    };
    for (const [name, [old, next]] of Object.entries(programs)) {
        for (const what of ["engine", "plugin"] as const) {
            for (const kill of [1, 2]) {
                it(`${name}: the next up deletes the orphans of a kill after change ${kill} (of the ${what})`, () =>
                    inClouds({ profile: "cbr" }, async (clouds) => {
                        const stack = new ProgramStack(clouds);
                        await stack.up(old);
                        clouds.simulator.sim.advance(3_600_000);
                        const before = clouds.left();
                        await clouds.killedAfter(kill, () => stack.up(next), what);
                        clouds.simulator.sim.advance(3_600_000);
                        await stack.up(old);
                        clouds.simulator.sim.advance(3_600_000);
                        if (kill === 1) assert.deepEqual(clouds.left().sort(), before.sort());
                        assert.deepEqual(pendingIn(clouds), []);
                        await stack.destroy();
                        assert.deepEqual(clouds.left(), []);
                    }));
            }
        }
    }

    it("is deleted by the next up also if it was forced", () =>
        inClouds({ profile: "cbr" }, async (clouds) => {
            const stack = new ProgramStack(clouds);
            const program = instance("ecs.g6.large");
            await stack.up(program);
            const before = clouds.left();
            await clouds.killedAfter(1, () => stack.up(program, { replace: "s" }), "plugin");
            assert.notDeepEqual(clouds.left(), before);
            await stack.up(program);
            assert.deepEqual(clouds.left(), before);
        }));
});

describe("an unconfirmed image of the state", () => {
    it("is confirmed together with its snapshot, even if another resource lists it first", () =>
        inClouds({ profile: "cbr" }, async (clouds) => {
            const stack = new ProgramStack(clouds);
            // The image is in the state when its copy is interrupted, and nothing is confirmed.
            await clouds.killedAfter(3, () => stack.up(copied("one")), "plugin");
            assert.ok(pendingIn(clouds).includes("alibaba.snapshot"));
            await stack.up([...copied("one"), ...image("one", "b")]);
            assert.deepEqual(pendingIn(clouds), []);
        }));
});

describe("a server that no list shows yet", () => {
    it("is deleted with its resource, not only removed from the state", async () => {
        const program = instance("ecs.g6.large");
        await inClouds({ profile: "cbr", lagSeconds: 7200 }, async (clouds) => {
            const stack = new ProgramStack(clouds);
            await assert.rejects(stack.up(program), /run the same command again/i);
            await stack.up([]);
            clouds.simulator.sim.advance(3_600_000);
            assert.deepEqual(clouds.left(), []);
        });
    });
});

describe("an earlier version of an image whose run was interrupted", () => {
    const kept = (description: string): Program =>
        image(description).map((one) => ({ ...one, inputs: { ...one.inputs, keepVersions: 1 } }));

    // Of another server, because each server has at most three snapshots.
    const elsewhere = { server: "ace0706b2ac4454d984295a942130004" };
    const other: Program = [{ name: "b", type: "CustomImage", inputs: { cloud, source: elsewhere } }];

    for (const kill of [1, 2, 3, 4]) {
        it(`is kept as an earlier version, and deleted with the resource (killed after change ${kill})`, () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up(kept("one"));
                await clouds.killedAfter(kill, () => stack.up([...kept("two"), ...other]), "engine");
                await stack.up([...kept("three"), ...other]);
                await stack.up([...kept("four"), ...other]);
                assert.deepEqual(pendingIn(clouds), []);
                await stack.destroy();
                assert.deepEqual(clouds.left(), []);
            }));
    }
});
