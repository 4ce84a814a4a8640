import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environment } from "pulumi-machine-images";
import { type EngineStack, engineStack } from "./stack.ts";

/** Servers in two batches with a pause between them. The clocks of these clouds run 300 times faster than real time. */
const fleet = ({ version, pause }: { version: string; pause: string }) => `apiVersion: machine-images/v1
clouds:
  hangzhou: { type: alibaba, region: cn-hangzhou }
images:
  golden:
    kind: CustomImage
    cloud: hangzhou
    source: { server: ace0706b2ac4454d984295a942130001 }
    version: ${version}
servers:
  web:
    kind: SimpleServer
    image: \${images.golden}
    plan: swas.s2.c2m2s50b4t08
    count: 2
    onDelete: { refund: true }
    onImageChange: reset-system
    confirmWipe: true
    rollout: { batch: 1, pause: ${pause} }
`;

/**
 * All kinds of servers that can be rolled back: from an image, its copy, an ECS image, and an image of Huawei Cloud.
 */
const versioned = (version: string) => `apiVersion: machine-images/v1
parameters:
  which: { type: string, enum: [current, previous], default: current }
clouds:
  hangzhou: { type: alibaba, region: cn-hangzhou }
  frankfurt: { type: huawei, region: eu-de }
images:
  golden:
    kind: CustomImage
    cloud: hangzhou
    source: { server: ace0706b2ac4454d984295a942130001 }
    version: ${version}
    keepVersions: 1
    copies: [cn-shanghai]
    shares: { ecs: { with: ecs } }
  own: { kind: EcsImage, cloud: hangzhou, image: "\${images.golden}", keepVersions: 1 }
  base:
    kind: CustomImage
    cloud: frankfurt
    source: { server: dc061562-b461-5176-bed8-f8eef7849e41 }
    version: ${version}
    keepVersions: 1
servers:
  web:
    kind: SimpleServer
    image: \${images.golden}
    imageVersion: \${parameters.which}
    plan: swas.s2.c2m2s50b4t08
    onDelete: { refund: true }
    onImageChange: reset-system
    confirmWipe: true
  edge:
    kind: SimpleServer
    image: \${images.golden}
    imageVersion: \${parameters.which}
    region: cn-shanghai
    plan: swas.s2.c2m2s50b4t08
    onDelete: { refund: true }
  api:
    kind: EcsInstance
    image: \${images.own}
    imageVersion: \${parameters.which}
    instanceType: ecs.g7.large
    securityGroup: sg-1
    vSwitch: vsw-1
  erp:
    kind: HuaweiServer
    image: \${images.base}
    imageVersion: \${parameters.which}
    flavor: s3.xlarge.2
    vpc: v
    subnet: s
`;

describe("a rollout with a pause on the real engine", () => {
    let world: EngineStack;
    let folder: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-rollout-"));
        world = await engineStack("rollout");
        world.use(program);
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });
    const write = (text: string) => writeFileSync(join(folder, "environment.yaml"), text);
    const program = async () => {
        new Environment("shop", { file: join(folder, "environment.yaml") });
    };
    let wipes = 0;
    /** The number of disks that were wiped since the start. */
    const wiped = () => {
        wipes += world.changes().filter((action) => action === "swas.ResetSystem").length;
        return wipes;
    };

    /** Runs `up` until it reports the pause, and then kills the plugin. */
    async function upUntilPause(): Promise<void> {
        let hasPaused = false;
        await assert.rejects(
            world.stack.up({
                program,
                onEvent: ({ diagnosticEvent }) => {
                    if (!/^pausing \(/.test(diagnosticEvent?.message ?? "")) return;
                    assert.match(diagnosticEvent?.urn ?? "", /::shop-web-pause-1$/);
                    hasPaused = true;
                    for (const pid of world.plugins()) process.kill(pid, "SIGKILL");
                },
            }),
            /EOF|connection|transport/i,
        );
        assert.ok(hasPaused);
    }

    it("does not pause when everything is created for the first time", async () => {
        // Hours of real time: a pause would exceed the timeout of the test.
        write(fleet({ version: "1.0.0", pause: "1000h" }));
        const { operations } = await world.up();
        assert.equal(operations["shop-web-pause-1"], "create");
        assert.deepEqual(new Set(Object.values((await world.preview()).operations)), new Set(["same"]));
        assert.equal(wiped(), 0);
    });

    it("pauses before the second batch, and pauses again after it was killed during the pause", async () => {
        write(fleet({ version: "1.1.0", pause: "1000h" }));
        assert.equal((await world.preview()).operations["shop-web-pause-1"], "update");
        await upUntilPause();
        assert.equal(wiped(), 1);
        await upUntilPause();
        assert.equal(wiped(), 1);
    });

    it("continues with the second batch after the pause, and then changes nothing", async () => {
        write(fleet({ version: "1.1.0", pause: "10s" }));
        const { operations } = await world.up();
        assert.equal(operations["shop-web-pause-1"], "update");
        assert.equal(operations["shop-web-2-system"], "update");
        assert.equal(wiped(), 2);
        assert.deepEqual(new Set(Object.values((await world.preview()).operations)), new Set(["same"]));
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
    });

    it("changes its length without a pause, and leaves nothing behind after destroy", async () => {
        write(fleet({ version: "1.1.0", pause: "1000h" }));
        assert.equal((await world.up()).operations["shop-web-pause-1"], "update");
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});

describe("a rollback by one parameter on the real engine", () => {
    let world: EngineStack;
    let folder: string;
    let which: "current" | "previous" = "current";
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-rollback-"));
        world = await engineStack("rollback");
        world.use(async () => {
            const { images, servers } = new Environment("shop", {
                file: join(folder, "environment.yaml"),
                parameters: { which },
            });
            const { golden, own, base } = images;
            const copy = golden && "copies" in golden ? golden.copies["cn-shanghai"] : undefined;
            return {
                images: [golden?.id, copy?.id, own?.id, base?.id],
                servers: ["web", "edge", "api", "erp"].map((name) => servers[name]?.[0]?.id),
            };
        });
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    async function upWith(version: string, wanted: typeof which) {
        which = wanted;
        writeFileSync(join(folder, "environment.yaml"), versioned(version));
        const { operations } = await world.up();
        assert.deepEqual(new Set(Object.values((await world.preview()).operations)), new Set(["same"]));
        const { images, servers } = await world.stack.outputs();
        const held = new Map(world.simulator.sim.registry.objects().map(({ id, value }) => [id, value]));
        const used: unknown[] = servers?.value.map((id: string) => {
            const { imageId, image } = Object(held.get(id));
            return imageId ?? image?.id;
        });
        return { operations, used, images: images?.value, servers: servers?.value };
    }

    it("rolls forward, back and forward again with the existing images", async () => {
        const first = await upWith("1.0.0", "previous");
        assert.deepEqual(first.used, first.images, "nothing is before the first version");

        const second = await upWith("1.1.0", "current");
        assert.deepEqual(second.used, second.images);
        assert.ok(second.images.every((id: string, index: number) => id !== first.images[index]));

        const back = await upWith("1.1.0", "previous");
        assert.deepEqual(back.used, first.images);
        assert.deepEqual(back.images, second.images);
        assert.equal(back.servers[0], second.servers[0], "wiped in place");
        const changed = Object.entries(back.operations).filter(([, operation]) => operation !== "same");
        assert.deepEqual(Object.fromEntries(changed), {
            "shop-web-system": "update",
            "shop-edge": "replace",
            "shop-api": "replace",
            "shop-erp": "replace",
        });

        const forward = await upWith("1.1.0", "current");
        assert.deepEqual(forward.used, second.images);
        assert.deepEqual(forward.images, second.images);
    });

    it("leaves nothing behind after destroy", async () => {
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});
