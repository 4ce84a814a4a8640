import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage, type CustomImageArgs, SimpleServer } from "pulumi-machine-images";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const source = { server: "ace0706b2ac4454d984295a942130001" };
const plan = "swas.s2.c2m2s50b4t08";

describe("accounts and default tags on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("accounts");
    });
    after(() => world.close());

    it("come from the configuration, and the state contains no key", async () => {
        const partner = world.simulator.accounts.find(({ cloud, name }) => cloud === "alibaba" && name === "partner");
        const [keys] = partner?.keys ?? [];
        const set = (path: string, value: string, secret = false) =>
            world.stack.setConfig(`machine-images:${path}`, { value, secret }, true);
        await set("accounts.partner.accessKeyId", keys?.accessKeyId ?? "");
        await set("accounts.partner.accessKeySecret", keys?.accessKeySecret ?? "", true);
        await set("defaultTags.team", "web");
        world.use(async () => {
            const cloud = alibaba({ region: "cn-hangzhou", account: "partner" });
            new CustomImage("theirs", { cloud, source: { server: "ace0706b2ac4454d984295a942130011" } });
            new CustomImage("ours", { cloud: hangzhou, source, tags: { team: "app" } });
        });
        await world.up();
        const images = world.simulator.sim.registry.objects().filter(({ kind }) => kind === "alibaba.customImage");
        assert.deepEqual(images.map(({ account, value }) => [account, tagsOf(value).team]).sort(), [
            ["1000000000000001", "app"],
            ["1000000000000002", "web"],
        ]);
        const secret = keys?.accessKeySecret ?? "?";
        const { deployment } = await world.stack.exportStack();
        const own = deployment.resources.filter(({ type }: { type: string }) => type.includes("machine-images:"));
        assert.ok(own.length === 2 && !JSON.stringify(own).includes(secret));
        // Pulumi stores the configuration of the provider encrypted.
        const folder = join(world.stack.workspace.workDir, "state");
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".json"))
            .map((file) => readFileSync(join(folder, file), "utf8"));
        assert.ok(files.length > 0 && !files.some((text) => text.includes(secret)));
        assert.deepEqual(Object.values((await world.preview()).operations), ["same", "same"]);
        assert.deepEqual((await world.refresh()).summary.update, undefined);
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});

describe("versions of an image on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("versions");
    });
    after(() => world.close());

    /** A server from the current image or, for a rollback, from the previous one. */
    const fleet =
        (version: string, { rollback = false, ...args }: Partial<CustomImageArgs> & { rollback?: boolean } = {}) =>
        async () => {
            const golden = new CustomImage("golden", {
                cloud: hangzhou,
                source,
                description: version,
                keepVersions: 1,
                ...args,
            });
            const image = rollback ? golden.previous.apply((id) => id ?? "none") : golden.current;
            const web = new SimpleServer("web", { cloud: hangzhou, image, plan, onDelete: { refund: true } });
            return { image: golden.id, previous: golden.previous, used: pulumi.output(image), web: web.id };
        };
    const outputs = async () =>
        Object.fromEntries(Object.entries(await world.stack.outputs()).map(([key, { value }]) => [key, value]));

    it("keep the replaced image, and a rollback is one change that a preview shows", async () => {
        world.use(fleet("v1"));
        await world.up();
        const v1 = (await outputs()).image;
        world.use(fleet("v2"));
        const { operations } = await world.up();
        assert.deepEqual(operations, { golden: "replace", web: "replace" });
        const { image: v2, previous } = await outputs();
        assert.equal(previous, v1);

        world.use(fleet("v2", { tags: { stage: "prod" } }));
        assert.deepEqual((await world.preview()).operations, { golden: "update", web: "same" });
        world.use(fleet("v2", { tags: { stage: "prod" }, rollback: true }));
        assert.deepEqual((await world.up()).operations, { golden: "update", web: "replace" });
        const { web: _web, ...ids } = await outputs();
        assert.deepEqual(ids, { image: v2, previous: v1, used: v1 });
        assert.deepEqual((await world.preview()).operations, { golden: "same", web: "same" });
        assert.equal((await world.refresh()).summary.update, undefined);
    });

    it("are protected at preview, and are all deleted by destroy", async () => {
        world.use(fleet("v2", { keepVersions: 0, deleteProtection: true }));
        await world.up();
        world.use(fleet("v3", { keepVersions: 0, deleteProtection: true }));
        await assert.rejects(world.preview(), /has a problem: deleteProtection: is set, and a change/);
        await assert.rejects(
            world.destroy(),
            /is protected from deletion: declare the resource with deleteProtection: false/,
        );
        world.use(fleet("v2", { keepVersions: 0 }));
        await world.up();
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});

function tagsOf(value: unknown): Record<string, string> {
    const { tags }: { tags: { key: string; value: string }[] } = JSON.parse(JSON.stringify(value));
    return Object.fromEntries(tags.map((tag) => [tag.key, tag.value]));
}
