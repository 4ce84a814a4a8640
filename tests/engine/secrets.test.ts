import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    alibaba,
    CustomImage,
    EcsImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageCopy,
    ImageShare,
    SimpleServer,
} from "pulumi-machine-images";
import { type EngineStack, engineStack } from "./stack.ts";

const cloud = alibaba({ region: "cn-hangzhou" });
const otc = huawei({ region: "eu-de" });
const source = { server: "ace0706b2ac4454d984295a942130001" };
const ofHuawei = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
const zone = "hidden-zone";

/** Every resource with an explicit secret name. */
function program(version: string) {
    return async () => {
        const name = (of: string) => pulumi.secret(`hidden-${of}`);
        const golden = new CustomImage("golden", { cloud, source, version, name: name("golden") });
        new ImageCopy("copy", { cloud, image: golden, to: "cn-shanghai", name: name("copy") });
        const share = new ImageShare("to-ecs", { cloud, image: golden, with: "ecs" });
        new EcsImage("own", { cloud, image: share, name: name("own"), description: name("words") });
        const base = new CustomImage("base", { cloud: otc, source: ofHuawei, name: name("base") });
        new FullEcsImage("erp", {
            ...{ cloud: otc, source: ofHuawei, name: name("erp"), guest: { volumesAcrossDisks: false } },
            ...{ vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce", tags: { note: name("note") } },
        });
        const servers = { tags: { team: "web" } };
        new SimpleServer("web", {
            ...{ cloud, image: golden, plan: "swas.s2.c2m2s50b4t08", onDelete: { refund: true } },
            ...{ ...servers, name: name("web") },
        });
        new EcsInstance("api", {
            ...{ cloud, image: share, instanceType: "ecs.g7.large", ...servers, name: name("api") },
            ...{ securityGroup: "sg-bp1machineimages0001", vSwitch: "vsw-bp1machineimages0001" },
        });
        new HuaweiServer("twin", {
            ...{ cloud: otc, image: base, flavor: "s3.xlarge.2", ...servers, name: name("twin") },
            ...{ vpc: "0dae26c9-9a70-4392-93f3-87d53115d171", subnet: "157ee789-03ea-45b1-a698-76c92660dd83" },
        });
    };
}

describe("secret inputs on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("secrets", { profile: "cbr" });
        const owner = { value: "hidden-owner", secret: true };
        await world.stack.setConfig("machine-images:defaultTags.owner", owner, true);
        world.use(program("1"));
    });
    after(() => world.close());

    /** The files of the backend on disk. */
    const states = () => {
        const folder = join(world.folder, "state");
        const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
        return files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8")).join("\n");
    };
    const shown = (text: string) => [...new Set(text.match(/hidden-\w+/g) ?? [])];

    it("are in no state and in no output of up, refresh and preview, but reach the clouds", async () => {
        const { output } = await world.up();
        assert.deepEqual(shown(states()), []);
        assert.deepEqual(shown(output), []);
        const held = JSON.stringify(world.simulator.sim.registry.objects());
        for (const name of ["golden", "copy", "own", "base", "erp", "web", "api", "twin", "note", "words", "owner"]) {
            assert.ok(held.includes(`hidden-${name}`), `no object has hidden-${name}`);
        }
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        assert.deepEqual(shown(states()), []);
        world.use(program("2"));
        assert.deepEqual(shown((await world.preview()).output), []);
        world.use(program("1"));
    });

    it("are in no error of a check, of a cloud or of a deletion", async () => {
        world.use(async () => {
            await program("1")();
            new CustomImage("wrong", { cloud, source, name: pulumi.secret("hidden-wrong name") });
        });
        const refused = await world.up().then(
            () => "",
            (error: unknown) => String(error),
        );
        assert.match(refused, /wrong.*has a problem: name: must have 2 to 128 letters/s);
        assert.deepEqual(shown(refused), []);
        world.use(async () => {
            await program("1")();
            new CustomImage("twice", { cloud, source, name: pulumi.secret("hidden-golden") });
            new HuaweiServer("nowhere", {
                ...{ cloud: otc, image: "0a1b2c3d-0000-4000-8000-000000000000", flavor: "s3.xlarge.2", vpc: "v" },
                ...{ subnet: "s", availabilityZone: pulumi.secret(zone) },
            });
        });
        const failed = await world.up().then(
            () => "",
            (error: unknown) => String(error),
        );
        assert.deepEqual(shown(failed), []);
        assert.deepEqual(shown(states()), []);
    });

    it("stay secret while everything is deleted", async () => {
        world.use(program("1"));
        const { output } = await world.destroy();
        assert.deepEqual(shown(output), []);
        assert.deepEqual(shown(states()), []);
        assert.deepEqual(world.left(), []);
    });
});
