import assert from "node:assert/strict";
import { swasImages } from "../../provider/dist/reconcile/images/swasImages.js";
import { ownerTag, stateTag } from "../../provider/dist/reconcile/ownership/ownership.js";
import { inClouds } from "../guarantees/clouds.ts";
import { isResourceType, type Program, type ResourceType } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import { type Creation, creations } from "./creations.ts";
import type { Properties, Simulated } from "./simulated.ts";

/** A resource without a cloud object, so that a run only deletes it. */
const pause = (name: string): Program => [{ name, type: "RolloutPause", inputs: { after: {}, pause: "1s" } }];

function typeOf({ name }: Creation): ResourceType {
    const [type = ""] = name.split(" ");
    assert.ok(isResourceType(type));
    return type;
}

const declared = (creation: Creation, inputs: Properties): Program => [
    { name: "it", type: typeOf(creation), inputs: { ...inputs, timeouts: { create: "5h" } } },
];

/** The orphans of a killed run, and the objects before it. */
async function interrupted(clouds: Simulated, creation: Creation, kill: number) {
    const inputs = await creation.base(clouds);
    const stack = new ProgramStack(clouds);
    await stack.up(pause("pause"));
    const before = clouds.left().sort();
    const isKilled = await clouds.killedAfter(kill, () => stack.up([...pause("pause"), ...declared(creation, inputs)]));
    assert.ok(isKilled);
    clouds.simulator.sim.advance(3_600_000);
    const orphans = clouds.left().filter((one) => !before.includes(one));
    assert.ok(orphans.length > 0);
    return { stack, inputs, before, orphans };
}

/** The object that was created first. */
function idOf({ kind }: Creation, orphans: readonly string[]): string {
    const created = orphans.find((one) => one.startsWith(`${kind} `)) ?? orphans[0];
    return created?.split(" ")[1] ?? assert.fail("nothing was created");
}

describe("an interrupted create whose resource is not declared any more", () => {
    for (const creation of creations) {
        const { name, profile = "cbr" } = creation;
        for (let kill = 1; kill <= creation.changes; kill++) {
            if (name === "SimpleServer") continue;
            for (const [end, run] of Object.entries({
                "a destroy": (stack: ProgramStack) => stack.destroy(),
                "an up that deletes another resource": (stack: ProgramStack) => stack.up([]),
            })) {
                it(`${name}: ${end} deletes the orphans of a kill after change ${kill}`, () =>
                    inClouds({ profile }, async (clouds) => {
                        const { stack, before } = await interrupted(clouds, creation, kill);
                        await run(stack);
                        clouds.simulator.sim.advance(3_600_000);
                        assert.deepEqual(clouds.left().sort(), before);
                    }));
            }
        }
    }

    for (const creation of creations.filter(({ name }) => name !== "SimpleServer")) {
        it(`${creation.name}: an up that only creates names the orphans, and deletes nothing`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, orphans } = await interrupted(clouds, creation, 1);
                clouds.warnings.length = 0;
                await stack.up([...pause("pause"), ...pause("another")]);
                assert.match(
                    clouds.warnings.join("\n"),
                    new RegExp(`${idOf(creation, orphans)} is left over from .* "it"`),
                );
                const deleted = orphans.filter((one) => !clouds.left().includes(one));
                assert.deepEqual(deleted, []);
            }));

        it(`${creation.name}: is not named by an up that declares it and fails`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, inputs, orphans } = await interrupted(clouds, creation, 1);
                clouds.warnings.length = 0;
                const wrong = declared(creation, { ...inputs, nonsense: 1 });
                await assert.rejects(stack.up([...pause("pause"), ...pause("another"), ...wrong]), /nonsense/);
                assert.doesNotMatch(clouds.warnings.join(), /left over/);
                assert.ok(clouds.left().join().includes(idOf(creation, orphans)));
            }));

        it(`${creation.name}: is resumed by an up that declares it, although another resource is deleted`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, inputs, before, orphans } = await interrupted(clouds, creation, 1);
                await stack.up(declared(creation, inputs));
                // The staging copy is deleted at the end.
                const stays = creation.name !== "EcsImage in another region";
                assert.equal(clouds.left().join().includes(idOf(creation, orphans)), stays);
                await stack.destroy();
                assert.deepEqual(clouds.left().sort(), before);
            }));

        it(`${creation.name}: an unfinished create of an object in the state deletes nothing`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, inputs } = await interrupted(clouds, creation, 1);
                const all = [...pause("pause"), ...declared(creation, inputs)];
                await stack.up(all);
                const held = clouds.left().sort();
                // Renamed in the state: no resource has the name under which the create began.
                stack.renameResource("it", "renamed");
                await stack.up(all.slice(1).map((one) => ({ ...one, name: "renamed" })));
                assert.deepEqual(clouds.left().sort(), held);
            }));

        it(`${creation.name}: is kept if it was resumed and then removed from the state manually`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, inputs, before } = await interrupted(clouds, creation, 1);
                await stack.up([...pause("pause"), ...declared(creation, inputs)]);
                stack.forget("it");
                const created = clouds.left();
                assert.notDeepEqual(created.sort(), before);
                await stack.destroy();
                assert.deepEqual(clouds.left().sort(), created);
            }));

        it(`${creation.name}: is kept if another stack now holds it`, () =>
            inClouds({ profile: creation.profile ?? "cbr" }, async (clouds) => {
                const { stack, orphans } = await interrupted(clouds, creation, 1);
                const id = idOf(creation, orphans);
                clouds.addStack(() => ({ deployment: { resources: [{ urn: "urn:pulumi:x::y::z::it", id }] } }));
                await stack.destroy();
                assert.ok(clouds.left().join().includes(id));
            }));
    }

    it("SimpleServer: no tag identifies the owner, so it is named", async () => {
        const creation = creations.find(({ name }) => name === "SimpleServer");
        assert.ok(creation);
        await inClouds({ profile: "cbr" }, async (clouds) => {
            const { stack, orphans } = await interrupted(clouds, creation, 1);
            await stack.destroy();
            const id = idOf(creation, orphans);
            assert.match(clouds.warnings.join("\n"), new RegExp(`${id} .* may be left over from an interrupted run`));
            assert.ok(clouds.left().join().includes(id));
        });
    });

    it("an image that it adopted is kept", () =>
        inClouds({ profile: "cbr" }, async (clouds) => {
            const cloud = { type: "alibaba", region: "cn-hangzhou" };
            const source = { server: "ace0706b2ac4454d984295a942130001" };
            const maker = new ProgramStack(clouds, "maker");
            await maker.up([{ name: "it", type: "CustomImage", inputs: { cloud, source } }]);
            const adopt = maker.find("it")?.id ?? "";
            await swasImages(await clouds.clouds.alibaba({ type: "alibaba", region: cloud.region })).removeTags(adopt, [
                ownerTag,
                stateTag,
            ]);
            maker.forget("it");
            const before = clouds.left();
            const stack = new ProgramStack(clouds);
            await stack.up(pause("pause"));
            const taking: Program = [{ name: "it", type: "CustomImage", inputs: { cloud, source, adopt } }];
            assert.ok(await clouds.killedAfter(1, () => stack.up([...pause("pause"), ...taking])));
            await stack.destroy();
            assert.deepEqual(clouds.left(), before);
        }));
});
