import assert from "node:assert/strict";
import { huawei } from "../../provider/dist/clouds/cloud.js";
import { holdersBefore } from "../../provider/dist/pulumi/dynamic/holders.js";
import { dependentsInClouds } from "../../provider/dist/report/cloudState/liveDependents.js";
import { inClouds } from "../guarantees/clouds.ts";
import { output, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import type { Simulated } from "./simulated.ts";

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const otc = huawei({ region: "eu-de" });
const account = "1000000000000002";
const project = "b0000000000000000000000000000001";
const partner = huawei({ region: "eu-de", account: "partner" });

const custom = (version: string): Program[number] => ({
    name: "golden",
    type: "CustomImage",
    inputs: { cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130001" }, version },
});
const whole = (version: string): Program[number] => ({
    name: "golden",
    type: "FullEcsImage",
    inputs: {
        cloud: otc,
        source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
        vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
        guest: { volumesAcrossDisks: false },
        version,
    },
});

interface Kind {
    image(version: string): Program[number];
    share: object;
}

const kinds: Record<string, Kind> = {
    ECS: { image: custom, share: { cloud: alibaba, with: "ecs" } },
    "an account": {
        image: custom,
        share: { cloud: alibaba, with: { accounts: [account] } },
    },
    "a project": { image: whole, share: { cloud: otc, with: { projects: [project] } } },
    "a project that accepts": {
        image: whole,
        share: {
            cloud: otc,
            with: { projects: [] },
            accept: [{ cloud: partner, vault: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f" }],
        },
    },
};

const shared = (image: Program[number], share: object): Program => [
    image,
    { name: "share", type: "ImageShare", inputs: { ...share, image: output("golden") } },
];

/** Who can see images, by the clouds' own records. */
function seenBy(world: Simulated): string[] {
    return world.made().flatMap(({ kind, value }) => {
        const { inShare, shareAccounts = [] }: { inShare?: boolean; shareAccounts?: object[] } = Object(value);
        return kind === "huawei.member" || inShare || shareAccounts.length > 0 ? [kind] : [];
    });
}

/** Runs a program whose last resource is a share, and kills it as soon as the cloud has shared the image. */
async function killedInShare(clouds: Simulated, stack: ProgramStack, changes: number, program: Program): Promise<void> {
    const before = seenBy(clouds).length;
    assert.ok(await clouds.killedAfter(changes + 1, () => stack.up(program)));
    assert.equal(seenBy(clouds).length, before + 1);
    clouds.simulator.sim.advance(3_600_000);
}

/** How many changes create the image. Its tags are confirmed at the end of a run, which a killed run does not reach. */
function changesOf(image: Program[number]): Promise<number> {
    return inClouds({ profile: "cbr" }, async (clouds) => {
        await new ProgramStack(clouds).up([image]);
        return clouds.changes().filter((action) => !/tag/i.test(action)).length;
    });
}

for (const [name, { image, share }] of Object.entries(kinds)) {
    describe(`a share with ${name} from an interrupted create`, () => {
        it("counts as this stack's own if its image is replaced", () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up([image("1")]);
                const changes = await changesOf(image("1"));
                await stack.up(shared(image("1"), share));
                await killedInShare(clouds, stack, changes, shared(image("2"), share));
                await stack.up(shared(image("3"), share));
                assert.equal(seenBy(clouds).length, 1);
                await stack.destroy();
                assert.deepEqual(clouds.left(), []);
            }));

        it("is removed without an option, as the report says", () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up([image("1")]);
                await killedInShare(clouds, stack, 0, shared(image("1"), share));
                const { id = "", inputs = {}, outs = {} } = stack.find("golden") ?? {};
                const { type } = image("1");
                const urn = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/machine-images:${type}::golden`;
                const olds = { id, inputs, outputs: outs, dependencies: [], referredTo: {} };
                const doomed = { urn, type, name: "golden", operation: "delete", olds } as const;
                const change = { ...doomed, replaceReasons: [], differences: [] };
                const sharesFor = async (name: string) => {
                    const holders = holdersBefore(`urn:pulumi:${name}::test::`, clouds.newProcess().states);
                    const known = await dependentsInClouds([change], {
                        clouds: clouds.clouds,
                        isStacksOwn: true,
                        holders,
                    });
                    return known.byUrn.get(urn)?.shares.map(({ isOwn }) => isOwn === true);
                };
                assert.deepEqual(await sharesFor("dev"), [true]);
                assert.deepEqual(await sharesFor("other"), [false]);
            }));

        it("is removed if it is not declared any more", () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up([image("1")]);
                const beside: Program = [{ name: "pause", type: "RolloutPause", inputs: { after: {}, pause: "1s" } }];
                await stack.up([image("1"), ...beside]);
                await killedInShare(clouds, stack, 0, [...shared(image("1"), share), ...beside]);
                assert.equal(seenBy(clouds).length, 1);
                await stack.up([image("1")]);
                assert.deepEqual(seenBy(clouds), []);
                await stack.destroy();
                assert.deepEqual(clouds.left(), []);
            }));

        it("is kept while another ImageShare has its recipient", () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up([image("1")]);
                await killedInShare(clouds, stack, 0, shared(image("1"), share));
                const renamed: Program = [
                    image("1"),
                    { name: "renamed", type: "ImageShare", inputs: { ...share, image: output("golden") } },
                ];
                const beside: Program = [{ name: "pause", type: "RolloutPause", inputs: { after: {}, pause: "1s" } }];
                await stack.up([...renamed, ...beside]);
                await stack.up(renamed);
                assert.equal(seenBy(clouds).length, 1);
                await stack.destroy();
                assert.deepEqual(clouds.left(), []);
            }));

        it("does not belong to this stack if another stack created it", () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const stack = new ProgramStack(clouds);
                await stack.up([image("1")]);
                const other = new ProgramStack(clouds, "other");
                const id = stack.find("golden")?.id;
                const foreign: Program = [{ name: "share", type: "ImageShare", inputs: { ...share, image: id } }];
                await killedInShare(clouds, other, 0, foreign);
                await assert.rejects(stack.destroy(), /still shared with .* \(not by this stack\)/);
            }));
    });
}
