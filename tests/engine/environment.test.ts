import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environment } from "pulumi-machine-images";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

/** An image with a copy and a share, two servers whose disks are reset in place, and two that are replaced. */
const file = (version: string) => `apiVersion: machine-images/v1
parameters:
  web-count: { type: integer, default: 2 }
clouds:
  hangzhou: { type: alibaba, region: cn-hangzhou }
images:
  golden:
    kind: CustomImage
    cloud: hangzhou
    source: { server: ace0706b2ac4454d984295a942130001 }
    version: ${version}
    copies: [cn-shanghai]
    shares:
      ecs: { with: ecs }
servers:
  web:
    kind: SimpleServer
    image: \${images.golden}
    plan: swas.s2.c2m2s50b4t08
    count: \${parameters.web-count}
    onDelete: { refund: true }
    onImageChange: reset-system
    confirmWipe: true
    rollout: { batch: 1 }
  api:
    kind: EcsInstance
    image: \${images.golden}
    instanceType: ecs.g7.large
    securityGroup: sg-1
    vSwitch: vsw-1
`;

describe("an Environment on the real engine", () => {
    let world: EngineStack;
    let folder: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-environment-"));
        world = await engineStack("environment");
        world.use(async () => {
            const shop = new Environment("shop", { file: join(folder, "environment.yaml") });
            return { golden: shop.images.golden?.id, web: shop.servers.web?.map(({ id }) => id) };
        });
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });
    const write = (version: string) => writeFileSync(join(folder, "environment.yaml"), file(version));

    it("creates everything in the order that the clouds require, batch by batch, and then changes nothing", async () => {
        write("1.0.0");
        const { operations } = await world.up();
        assert.deepEqual(Object.keys(operations).sort(), [
            "shop",
            "shop-api",
            "shop-golden",
            "shop-golden-cn-shanghai",
            "shop-golden-ecs",
            "shop-web-1",
            "shop-web-1-system",
            "shop-web-2",
            "shop-web-2-system",
        ]);
        const changes = world.changes();
        assertInOrder(changes, "swas.CreateCustomImage", "swas.ModifyImageShareStatus", "ecs.RunInstances");
        assert.equal(changes.filter((action) => action === "swas.ResetSystem").length, 0);
        const { deployment } = await world.stack.exportStack();
        const resources: { urn: string; dependencies?: string[] }[] = deployment.resources;
        const second = resources.find(({ urn }) => urn.endsWith("::shop-web-2"));
        assert.ok(second?.dependencies?.some((urn) => urn.endsWith("::shop-web-1-system")));
        const preview = await world.preview();
        assert.deepEqual(new Set(Object.values(preview.operations)), new Set(["same"]));
    });

    it("replaces the image for another version, resets the servers that stay, and replaces the others", async () => {
        write("1.1.0");
        const { operations } = await world.up();
        assert.deepEqual(operations, {
            shop: "same",
            "shop-api": "replace",
            "shop-golden": "replace",
            "shop-golden-cn-shanghai": "replace",
            "shop-golden-ecs": "replace",
            "shop-web-1": "same",
            "shop-web-1-system": "update",
            "shop-web-2": "same",
            "shop-web-2-system": "update",
        });
        const changes = world.changes();
        assertInOrder(changes, "swas.CreateCustomImage", "swas.ResetSystem", "swas.DeleteCustomImage");
        const wipes = changes.flatMap((action, index) => (action === "swas.ResetSystem" ? [index] : []));
        assert.equal(wipes.length, 2);
        assert.ok(Math.max(...wipes) < changes.indexOf("swas.DeleteCustomImage"));
        assert.equal(changes.filter((action) => action === "swas.CreateInstances").length, 0);
        // The old instances exist until the new ones exist, although they use the image through a share.
        assertInOrder(changes, "ecs.RunInstances", "ecs.DeleteInstance");
        assert.deepEqual(new Set(Object.values((await world.preview()).operations)), new Set(["same"]));
    });

    it("is refused at preview with the line of the problem", async () => {
        writeFileSync(join(folder, "environment.yaml"), file("1.1.0").replace("shares:", "share:"));
        await assert.rejects(
            world.preview(),
            /environment\.yaml:13:5: images\.golden has no key "share": did you mean "shares"\?/,
        );
        write("1.1.0");
    });

    it("leaves nothing behind after destroy", async () => {
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});
