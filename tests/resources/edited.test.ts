import assert from "node:assert/strict";
import { rowsOf } from "../clock/movedClocks.ts";
import { type Creation, creations } from "./creations.ts";
import { type Properties, type Simulated, simulated } from "./simulated.ts";

/** Fields that differ from run to run and do not depend on the inputs. */
const passing = /At$|Ms$|^(jobId|portId|address|macAddress|checkpointId|hostName|copyOf)$/;

/** A volume's name contains the server's name at the order; a snapshot's name contains a counter. */
const passingName = /"name":"[^"]*(-volume-\d+|-[0-9a-f]{6}(-\d)?)"/;

/** One form for values with the same meaning. */
function meaning(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => JSON.stringify(meaning(one))).sort();
    if (typeof value !== "object" || value === null) return value;
    const said = Object.entries(value).filter(([key, inner]) => !passing.test(key) && inner !== "");
    return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, meaning(inner)]));
}

/** The objects of the clouds, without values that differ from run to run. */
function shownObjects(world: Simulated, before: readonly string[]): string[] {
    const objects = world.made().filter(({ kind, id }) => !before.includes(`${kind} ${id}`));
    const texts = objects.map(({ kind, value }) => `${kind} ${JSON.stringify(meaning(value))}`);
    const withoutIds = texts.map((text) => objects.reduce((rest, { kind, id }) => rest.replaceAll(id, kind), text));
    return withoutIds.map((text) => text.replace(passingName, "")).sort();
}

interface Run {
    first?: Properties;
    killedAfter?: number;
    now: Properties;
}

/** The objects after an interrupted create and one with other inputs. */
async function objectsAfter(creation: Creation, { first, killedAfter, now }: Run): Promise<string[]> {
    const world = await simulated({ profile: creation.profile });
    try {
        const base = { ...(await creation.base(world)) };
        const before = world.left();
        const inputs = { ...base, ...first };
        if (killedAfter !== undefined) {
            await world.killedAfter(killedAfter, () => creation.resource(world, "it").upAndDie(inputs));
        }
        const resource = creation.resource(world, "it");
        const wanted = { ...base, ...now };
        assert.equal(await resource.up(wanted), "create");
        // Let everything end that still runs.
        world.simulator.sim.advance(6 * 3_600_000);
        assert.equal(await resource.refresh(), "quiet");
        assert.equal(await resource.up(wanted), "same");
        return shownObjects(world, before);
    } finally {
        await world.close();
    }
}

const waitless = { wait: "none" };

describe("after an interrupted create and a change of inputs, the object matches the new inputs", () => {
    for (const creation of rowsOf(creations)) {
        for (const options of creation.waits ? [{}, waitless] : [{}]) {
            for (const [key, value] of Object.entries(creation.edits)) {
                const edited = { ...options, [key]: value };
                const changes = [
                    ["set", { first: options, now: edited }],
                    ["unset", { first: edited, now: options }],
                ] as const;
                for (const [what, { first, now }] of changes) {
                    it(`${creation.name}${options === waitless ? ", not waited for" : ""}, ${what} ${key}`, async () => {
                        const expected = await objectsAfter(creation, { now });
                        for (let k = 1; k <= creation.changes + 1; k++) {
                            const found = await objectsAfter(creation, { first, killedAfter: k, now });
                            assert.deepEqual(found, expected, `killed after change ${k}`);
                        }
                    });
                }
            }
        }
    }
});

describe("a simple server whose order was interrupted before it was tagged, and whose inputs then changed", () => {
    for (const edit of [{ months: 3 }, { dataDiskGiB: 40 }]) {
        it(`is named in a warning if a change of ${Object.keys(edit)} requires another server`, async () => {
            const creation = creations.find(({ name }) => name === "SimpleServer");
            assert.ok(creation);
            const world = await simulated();
            try {
                const servers = () => world.made().filter(({ kind }) => kind === "alibaba.server");
                const inputs = { ...(await creation.base(world)) };
                await world.killedAfter(1, () => creation.resource(world, "it").upAndDie(inputs));
                const [left] = servers();
                assert.ok(left);
                const resource = creation.resource(world, "it");
                await resource.up({ ...inputs, ...edit });
                assert.notEqual(resource.id, left.id);
                const named = world.warnings.filter((text) => text.includes(left.id));
                assert.equal(named.length, 1, world.warnings.join("\n"));
                assert.match(String(named), /left over from an interrupted run .* refund it in the console/);
                assert.equal(servers().length, 2);
            } finally {
                await world.close();
            }
        });
    }
});
