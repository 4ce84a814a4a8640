import assert from "node:assert/strict";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import {
    alibaba,
    CustomImage,
    type CustomImageArgs,
    ImageShare,
    SimpleServer,
    type SimpleServerArgs,
} from "pulumi-machine-images";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const source = { server: "ace0706b2ac4454d984295a942130001" };

/** An image, and a server created from it. */
const story =
    (image: Partial<CustomImageArgs>, server: Partial<SimpleServerArgs>, options: CustomResourceOptions = {}) =>
    async () => {
        const golden = new CustomImage("golden", { cloud: hangzhou, source, ...image });
        new SimpleServer("web", { cloud: hangzhou, image: golden, plan: "swas.s2.c2m2s50b4t08", ...server }, options);
    };

describe("the advice in deletion errors, on the real engine", () => {
    let world: EngineStack;
    beforeEach(async () => {
        world = await engineStack("advice");
    });
    afterEach(() => world.close());

    const failureOf = (work: Promise<unknown>) =>
        work.then(
            () => "nothing failed",
            (error: Error) => error.message.replace(/\s+/g, " "),
        );
    const waiting = async () => (await world.stored()).filter((one) => one.delete).map(({ id }) => id);
    const fails = (action: string) => {
        const refuse = { status: 400, code: "RESOURCE_BUSY", message: "busy" };
        world.simulator.sim.faults.add({ match: { action }, effect: { refuse } });
    };

    async function assertClean(): Promise<void> {
        assert.deepEqual(await waiting(), []);
        assert.deepEqual(Object.keys((await world.preview()).summary), ["same"]);
        await world.destroy();
        assert.deepEqual(world.left(), []);
    }

    /** Replaces the server. Its old object then waits for its deletion. */
    async function leaveDeletion(): Promise<void> {
        world.use(story({}, { onDelete: { refund: true } }));
        await world.up();
        fails("bss.RefundInstance");
        world.use(story({}, { onDelete: { refund: true }, dataDiskGiB: 20 }));
        await assert.rejects(world.up(), /RESOURCE_BUSY/);
        world.simulator.sim.faults.clear();
    }

    it("clears a deletion left from a failed run: set onDelete.refund and run up", async () => {
        await leaveDeletion();
        assert.equal((await waiting()).length, 1);
        world.use(story({}, { onDelete: { refund: false }, dataDiskGiB: 20 }));
        assert.match(await failureOf(world.up()), /set onDelete: \{ refund: true \} and run "pulumi up"/);
        world.use(story({}, { onDelete: { refund: true }, dataDiskGiB: 20 }));
        await world.up();
        await assertClean();
    });

    it("clears a deletion left from a failed run: set deleteProtection to false and run up", async () => {
        await leaveDeletion();
        world.use(story({}, { onDelete: { refund: true }, dataDiskGiB: 20, deleteProtection: true }));
        assert.match(await failureOf(world.up()), /set deleteProtection: false and run "pulumi up"/);
        world.use(story({}, { onDelete: { refund: true }, dataDiskGiB: 20, deleteProtection: false }));
        await world.up();
        await assertClean();
    });

    it("names the object to select if the deletion of one of two fails, and the stack can then be destroyed", async () => {
        await leaveDeletion();
        world.use(story({}, { onDelete: { refund: false }, dataDiskGiB: 20 }));
        await assert.rejects(world.up(), /set onDelete/);
        const [old = ""] = await waiting();
        const [urn = ""] = await world.urns("SimpleServer");
        const error = await failureOf(world.destroy());
        assert.ok(error.includes(`'${urn}'" in a terminal and choose ${old}, because the state`), error);
    });

    it("resolves the refusal of a replacement while the image is shared: set onDelete.unshare and run up", async () => {
        const options = { onDelete: { refund: true } };
        world.use(story({}, options));
        await world.up();
        const [image] = (await world.stored()).filter(({ type }) => type.endsWith(":CustomImage"));
        await sharedByHand(world, image?.id ?? "");
        world.changes();
        world.use(story({ version: "2" }, options));
        const refused = await failureOf(world.preview());
        assert.match(refused, /onDelete\.unshare: is not set, .* which is shared with ECS without an ImageShare/);
        assert.match(await failureOf(world.up()), /set onDelete: \{ unshare: true \}/);
        assert.deepEqual(world.changes(), []);
        world.use(story({ version: "2", onDelete: { unshare: true } }, options));
        await world.up();
        await assertClean();
    });

    it("keeps the old server with retainOnDelete, which the refusal of its replacement names", async () => {
        world.use(story({}, {}));
        await world.up();
        world.use(story({}, { dataDiskGiB: 20 }));
        const refused = /onDelete\.refund: must be true .* retainOnDelete and run "pulumi up" before this change/;
        assert.match(await failureOf(world.preview()), refused);
        world.use(story({}, { dataDiskGiB: 20 }, { retainOnDelete: true }));
        assert.match(await failureOf(world.preview()), refused);
        world.use(story({}, {}, { retainOnDelete: true }));
        await world.up();
        world.use(story({}, { dataDiskGiB: 20 }, { retainOnDelete: true }));
        await world.up();
        assert.deepEqual(await waiting(), []);
        assert.equal(world.left().filter((held) => held.startsWith("alibaba.server ")).length, 2);
    });
});

/** Shares an image in another stack, and removes the share from that state. */
async function sharedByHand(world: EngineStack, image: string): Promise<void> {
    const other = await engineStack("by-hand", { beside: world });
    try {
        other.use(async () => {
            new ImageShare("share", { cloud: hangzhou, image, with: "ecs" });
        });
        await other.up();
    } finally {
        await other.close();
    }
}
