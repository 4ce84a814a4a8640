import assert from "node:assert/strict";
import { unknownValue } from "../../provider/dist/pulumi/dynamic/unknown.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { rowsOf } from "../clock/movedClocks.ts";
import { blocked, deletables, failureOf, inputsOf } from "./obstacles.ts";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

/** The beginning of the check's message, by the message of the deletion. */
const refusals: [why: string, says: RegExp][] = [
    [
        "still shared",
        /onDelete\.unshare: is not set, and this change replaces image .*, which is shared with .* without an ImageShare: /,
    ],
    ["cannot be deleted", /onDelete\.refund: must be true for this change, which replaces the server/],
    ["is protected", /deleteProtection: is set, and a change of \w+ would replace the protected object/],
];
const refusalOf = (why: string) => refusals.find(([begins]) => why.startsWith(begins))?.[1] ?? /nothing/;

describe("a replacement whose old object certainly cannot be deleted", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    for (const { deletable, obstacle } of rowsOf(blocked.filter((row) => row.obstacle.isPreviewed))) {
        const { creation, replacing } = deletable;
        const { name, blocking, clearing, why, put } = obstacle;

        it(`of ${creation.name} is refused at preview (${name}) until the option allows it`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up({ ...inputs, ...blocking });
            const { id } = resource;
            await put?.(world, String(id));
            const before = world.changes();
            const { failures } = await resource.preview({ ...inputs, ...blocking, ...replacing });
            assert.match(failures.join("\n"), refusalOf(why));
            assert.equal(failures.length, 1);
            await assert.rejects(resource.up({ ...inputs, ...blocking, ...replacing }), refusalOf(why));
            assert.deepEqual(world.changes(), before);
            await resource.up({ ...inputs, ...clearing });
            const wanted = { ...inputs, ...clearing, ...replacing };
            assert.deepEqual((await resource.preview(wanted)).failures, []);
            assert.equal(await resource.up(wanted), "replace");
            assert.ok(!world.left().some((held) => held.endsWith(` ${id}`)));
        });
    }

    for (const deletable of deletables) {
        const { creation } = deletable;
        it(`of ${creation.name} is refused if it is forced and the object is protected`, async () => {
            const inputs = { ...(await inputsOf(deletable, world)), deleteProtection: true };
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            const before = world.changes();
            const refusal = /deleteProtection: is set, and a forced replacement would replace the protected object/;
            await assert.rejects(resource.replaceByForce(inputs), refusal);
            assert.deepEqual(world.changes(), before);
        });
    }

    it("of a SimpleServer without a refund is refused if it is forced", async () => {
        const deletable = deletables.find(({ creation }) => creation.name === "SimpleServer");
        assert.ok(deletable);
        const inputs: Properties = { ...(await inputsOf(deletable, world)), onDelete: undefined };
        const server = world.resource(simpleServer, "object");
        await server.up(inputs);
        const before = world.changes();
        await assert.rejects(server.replaceByForce(inputs), /onDelete\.refund: must be true/);
        assert.deepEqual(world.changes(), before);
    });
});

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const golden = { cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130001" } };
const version = (number: number, more: Properties = {}) => ({ ...golden, version: String(number), ...more });

describe("earlier versions that a change deletes", () => {
    let world: Simulated;
    let image: Managed;
    let first: string | undefined;
    beforeEach(async () => {
        world = await simulated();
        image = world.resource(customImage, "golden");
        await image.up(version(1, { keepVersions: 1 }));
        first = image.id;
        await image.up(version(2, { keepVersions: 1 }));
        assert.deepEqual(image.outs.previousVersions, [first]);
    });
    afterEach(() => world.close());

    for (const [what, inputs] of [
        ["a newer version replaces it", version(3, { keepVersions: 1 })],
        ["fewer versions are kept", version(2)],
    ] as const) {
        it(`are refused at preview while they are shared: ${what}`, async () => {
            const share = world.resource(imageShare, "by-hand");
            await share.up({ cloud: alibaba, image: first, with: "ecs" });
            world.resource(imageShare, "by-hand");
            const before = world.changes();
            const refusal = /onDelete\.unshare: is not set, and this change deletes the earlier version image m-/;
            await assert.rejects(image.up(inputs), refusal);
            assert.deepEqual(world.changes(), before);
            await share.destroy();
            await image.up(inputs);
            assert.ok(!world.left().includes(`alibaba.customImage ${first}`));
        });

        it(`are refused at preview while they are protected: ${what}`, async () => {
            await image.up(version(2, { keepVersions: 1, deleteProtection: true }));
            const before = world.changes();
            const refusal = /deleteProtection: is set, and this change would delete the earlier versions m-/;
            await assert.rejects(image.up({ ...inputs, deleteProtection: true }), refusal);
            assert.deepEqual(world.changes(), before);
        });
    }

    it("are also protected from a forced replacement", async () => {
        const inputs = version(2, { keepVersions: 1, deleteProtection: true });
        await image.up(inputs);
        const before = world.changes();
        await assert.rejects(image.replaceByForce(inputs), /would delete the earlier versions m-/);
        world.hideStates();
        await assert.rejects(image.replaceByForce(inputs), /earlier version m-\w+ is protected from deletion/);
        assert.ok(world.left().includes(`alibaba.customImage ${first}`));
        assert.ok(!world.changes().slice(before.length).includes("swas.DeleteCustomImage"));
    });
});

describe("a replacement whose old object may not be deleted", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    const shared = blocked.filter(({ obstacle }) => obstacle.why.startsWith("still shared"));
    for (const { deletable, obstacle } of shared) {
        const { creation, replacing, shares = [] } = deletable;
        const share = shares.find(({ text }) => obstacle.why.endsWith(text));

        async function resourceThatIsShared(): Promise<{ resource: Managed; wanted: Properties }> {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            await obstacle.put?.(world, String(resource.id));
            return { resource, wanted: { ...inputs, ...replacing } };
        }

        it(`passes for ${creation.name} if an ImageShare of the stack has ${obstacle.name}`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            await world.resource(imageShare, "share").up({ ...share?.inputs, image: resource.id });
            world.warnings.length = 0;
            assert.deepEqual((await resource.preview({ ...inputs, ...replacing })).failures, []);
            assert.deepEqual(world.warnings, []);
        });

        it(`is a warning for ${creation.name} if another stack has ${obstacle.name}`, async () => {
            const { resource, wanted } = await resourceThatIsShared();
            const urn = "urn:pulumi:other::test::pulumi-nodejs:dynamic/machine-images:ImageShare::share";
            const inputs = { ...share?.inputs, image: resource.id };
            world.addStack(() => ({ deployment: { resources: [{ urn, id: `${resource.id}/x`, inputs }] } }));
            world.warnings.length = 0;
            assert.deepEqual((await resource.preview(wanted)).failures, []);
            assert.match(
                world.warnings.join("\n"),
                /^this change replaces image .* shared with .*\. If this is still the case .* the deletion fails/,
            );
        });

        it(`is a warning for ${creation.name} if states cannot be read: ${obstacle.name}`, async () => {
            const { resource, wanted } = await resourceThatIsShared();
            world.hideStates();
            world.warnings.length = 0;
            assert.deepEqual((await resource.preview(wanted)).failures, []);
            assert.match(
                world.warnings.join("\n"),
                /^this change replaces image .* shared with .*\. If this is still the case .* the deletion fails/,
            );
        });

        it(`is a warning for ${creation.name} if the account lacks permission: ${obstacle.name}`, async () => {
            const { resource, wanted } = await resourceThatIsShared();
            const refuse = { status: 403, code: "Forbidden.RAM", message: "no" };
            world.simulator.sim.faults.add({ effect: { refuse }, times: 50 });
            world.warnings.length = 0;
            assert.deepEqual((await resource.preview(wanted)).failures, []);
            assert.match(
                world.warnings.join("\n"),
                /cannot check the dependents of images that this change deletes, so "pulumi up" may fail/,
            );
        });
    }

    for (const { deletable, obstacle } of blocked.filter((row) => row.obstacle.why.startsWith("still used"))) {
        const { creation, replacing, server } = deletable;
        it(`is a warning for ${creation.name} with a server of no stack, and no warning with a server of a stack`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            await server?.(world, String(resource.id));
            world.warnings.length = 0;
            assert.deepEqual((await resource.preview({ ...inputs, ...replacing })).failures, []);
            assert.deepEqual(world.warnings, []);
            // From now on no state holds it.
            world.resource(simpleServer, "user");
            assert.deepEqual((await resource.preview({ ...inputs, ...replacing })).failures, []);
            assert.match(world.warnings.join("\n"), /^this change replaces image .* used by (server|instance) .*fails/);
            world.warnings.length = 0;
            await resource.preview({ ...inputs, ...replacing, ...obstacle.clearing });
            assert.deepEqual(world.warnings, []);
        });
    }

    it("is a warning for a protected object if the change is not known", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ ...golden, deleteProtection: true });
        const unknownSource = { cloud: alibaba, source: { server: unknownValue }, deleteProtection: true };
        assert.deepEqual((await image.preview(unknownSource)).failures, []);
        assert.match(world.warnings.join("\n"), /^m-\w+ is protected from deletion, and this change may replace it/);
    });

    it("sends no request if nothing is replaced", async () => {
        const image = world.resource(customImage, "golden");
        await image.up(golden);
        const before = world.calls().length;
        await image.preview({ ...golden, tags: { team: "web" } });
        assert.equal(world.calls().length, before);
    });

    it("does not fail a deletion that succeeds in the end", async () => {
        const [row] = shared;
        assert.ok(row?.obstacle.put);
        const image = world.resource(customImage, "golden");
        await image.up(golden);
        world.hideStates();
        const clear = await row.obstacle.put(world, String(image.id));
        assert.match(await failureOf(image.up(version(2))), /still shared with ECS/);
        await clear();
        assert.equal(await image.up(version(2)), "same");
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });
});
