import assert from "node:assert/strict";
import { alibaba, huawei } from "../../provider/dist/clouds/cloud.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemDiskReplacement } from "../../provider/dist/resources/systemDiskReplacement.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const linux = "ace0706b2ac4454d984295a942130001";
const erp = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const project = "b0000000000000000000000000000001";

interface Use {
    resource(world: Simulated): Managed;
    inputs: Properties;
    /** The region in the error. */
    region: "cn-hangzhou" | "eu-de";
    /** A lookup that the account may lack permission for. */
    asks: string;
}

/** Each resource that accepts an image id, with otherwise valid inputs. */
const uses: Record<string, Use> = {
    SimpleServer: {
        resource: (world) => world.resource(simpleServer, "web"),
        inputs: { cloud: hangzhou, plan: "swas.s2.c2m2s50b4t08" },
        region: "cn-hangzhou",
        asks: "swas.ListImages",
    },
    EcsInstance: {
        resource: (world) => world.resource(ecsInstance, "api"),
        inputs: {
            cloud: hangzhou,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-bp1machineimages0001",
            vSwitch: "vsw-bp1machineimages0001",
            __imageUse: { ecsShare: "unknown" },
        },
        region: "cn-hangzhou",
        asks: "ecs.DescribeImages",
    },
    HuaweiServer: {
        resource: (world) => world.resource(huaweiServer, "erp"),
        inputs: {
            cloud: frankfurt,
            flavor: "s3.large.2",
            vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
            subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
        },
        region: "eu-de",
        asks: "ims.ListImages",
    },
    "SystemDiskReplacement of a Simple Application Server": {
        resource: (world) => world.resource(systemDiskReplacement, "disk"),
        inputs: { cloud: hangzhou, server: linux, confirmWipe: true },
        region: "cn-hangzhou",
        asks: "swas.ListImages",
    },
    "SystemDiskReplacement on Huawei Cloud": {
        resource: (world) => world.resource(systemDiskReplacement, "disk"),
        inputs: { cloud: frankfurt, server: erp, confirmWipe: true },
        region: "eu-de",
        asks: "ims.ListImages",
    },
    "ImageShare with ECS": {
        resource: (world) => world.resource(imageShare, "share"),
        inputs: { cloud: hangzhou, with: "ecs" },
        region: "cn-hangzhou",
        asks: "swas.ListCustomImages",
    },
    "ImageShare with accounts": {
        resource: (world) => world.resource(imageShare, "share"),
        inputs: { cloud: hangzhou, with: { accounts: ["1234567890123456"] } },
        region: "cn-hangzhou",
        asks: "ecs.DescribeImages",
    },
    "ImageShare with projects": {
        resource: (world) => world.resource(imageShare, "share"),
        inputs: { cloud: frankfurt, with: { projects: [project] } },
        region: "eu-de",
        asks: "ims.ListImages",
    },
    EcsImage: {
        resource: (world) => world.resource(ecsImage, "shop"),
        inputs: { cloud: hangzhou, __imageUse: { ecsShare: "unknown" } },
        region: "cn-hangzhou",
        asks: "ecs.DescribeImages",
    },
    ImageCopy: {
        resource: (world) => world.resource(imageCopy, "copy"),
        inputs: { cloud: hangzhou, to: "cn-shanghai" },
        region: "cn-hangzhou",
        asks: "swas.ListCustomImages",
    },
};

/** Each resource that can adopt an image. */
const adopters: Record<string, Pick<Use, "resource" | "inputs" | "region">> = {
    CustomImage: {
        resource: (world) => world.resource(customImage, "adopting"),
        inputs: { cloud: hangzhou, source: { server: linux } },
        region: "cn-hangzhou",
    },
    SystemImage: {
        resource: (world) => world.resource(systemImage, "adopting"),
        inputs: { cloud: frankfurt, source: { server: erp } },
        region: "eu-de",
    },
    FullEcsImage: {
        resource: (world) => world.resource(fullEcsImage, "adopting"),
        inputs: { cloud: frankfurt, source: { server: erp }, vault, guest: { volumesAcrossDisks: false } },
        region: "eu-de",
    },
    EcsImage: {
        resource: (world) => world.resource(ecsImage, "adopting"),
        inputs: { cloud: hangzhou, image: unknown, __imageUse: { ecsShare: "declared" } },
        region: "cn-hangzhou",
    },
    ImageCopy: {
        resource: (world) => world.resource(imageCopy, "adopting"),
        inputs: { cloud: alibaba({ region: "cn-shanghai" }), image: unknown, to: "cn-hangzhou" },
        region: "cn-hangzhou",
    },
};

describe("the preview of an image that does not exist", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    const createImage = async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud: hangzhou, source: { server: linux } });
        return { id: image.id ?? "", name: String(image.outs.imageName) };
    };
    const shareWithEcs = async (imageId: string) =>
        (await world.clouds.alibaba(hangzhou)).swas.modifyImageShareStatus({ imageId, operation: "Share" });

    for (const [what, { resource, inputs, region, asks }] of Object.entries(uses)) {
        it(`refuses the image for ${what} once and changes nothing`, async () => {
            const { failures } = await resource(world).preview({ ...inputs, image: "m-123" });
            const says = `image: there is no image m-123 in ${region} that this account can use: `;
            assert.equal(failures.length, 1, failures.join("\n"));
            assert.ok(failures[0]?.startsWith(says), failures[0]);
            assert.deepEqual([world.changes(), world.warnings], [[], []]);
        });

        it(`only warns for ${what} if the account lacks permission for the lookup`, async () => {
            world.simulator.sim.faults.add({ action: asks, status: 403, code: "Forbidden.RAM", message: "no" }, 99);
            const { failures } = await resource(world).preview({ ...inputs, image: "m-123" });
            assert.deepEqual(failures, []);
            assert.match(world.warnings.join("\n"), /cannot check .*, so "pulumi up" may fail: /);
            assert.equal(new Set(world.warnings).size, world.warnings.length, world.warnings.join("\n"));
        });

        it(`does not refuse the image for ${what} during up, because another resource may have just created it`, async () => {
            await assert.rejects(resource(world).up({ ...inputs, image: "m-123" }), (error) => {
                assert.doesNotMatch(String(error), /that this account can use/);
                return true;
            });
        });

        if (!what.startsWith("ImageShare") && what !== "ImageCopy") {
            it(`does not refuse the image for ${what} if the program shares it`, async () => {
                const __imageUse = { ecsShare: "declared", mayBeSharedHere: true };
                const { failures } = await resource(world).preview({ ...inputs, image: "m-123", __imageUse });
                assert.doesNotMatch(failures.join("\n"), /there is no image/);
            });
        }
    }

    for (const [what, { resource, inputs, region }] of Object.entries(adopters)) {
        it(`refuses to adopt the image as ${what} and changes nothing`, async () => {
            const { failures } = await resource(world).preview({ ...inputs, adopt: "nosuch" });
            const says = `adopt: this account has no image nosuch in ${region}: correct the id or name, or the region`;
            assert.deepEqual(failures, [says]);
            assert.deepEqual([world.changes(), world.warnings], [[], []]);
        });
    }

    it("suggests the closest id, or the id of the image with the given name", async () => {
        const { id, name } = await createImage();
        const slip = `${id.slice(0, -1)}${id.endsWith("x") ? "y" : "x"}`;
        const server = (image: string) =>
            world.resource(simpleServer, "web").preview({ ...uses.SimpleServer?.inputs, image });
        assert.deepEqual((await server(slip)).failures, [
            `image: there is no image ${slip} in cn-hangzhou that this account can use: did you mean "${id}"?`,
        ]);
        assert.deepEqual((await server(name)).failures, [
            `image: there is no image ${name} in cn-hangzhou that this account can use: ` +
                `it is the name of image ${id}, use its id`,
        ]);
        const adopting = { cloud: hangzhou, source: { server: linux }, adopt: slip };
        const { failures } = await world.resource(customImage, "adopting").preview(adopting);
        assert.deepEqual(failures, [`adopt: this account has no image ${slip} in cn-hangzhou: did you mean "${id}"?`]);
    });

    it("says how to share a custom image that is not shared with ECS", async () => {
        const { id } = await createImage();
        const { failures } = await world
            .resource(ecsInstance, "api")
            .preview({ ...uses.EcsInstance?.inputs, image: id });
        assert.equal(failures.length, 1, failures.join("\n"));
        assert.match(
            failures.join(),
            /^image: image m-\w+ is not shared with ECS: declare an ImageShare that has with: "ecs"/,
        );
    });

    it("accepts own, shared and public images", async () => {
        const { id } = await createImage();
        await shareWithEcs(id);
        const { swas, ecs } = await world.clouds.alibaba(hangzhou);
        const offered = (await swas.listImages({ imageType: "system" }))[0]?.imageId ?? assert.fail();
        const publicImage = (await ecs.describeImages({ ownerAlias: "system" }))[0]?.imageId ?? assert.fail();
        const { ims } = await world.clouds.huawei(frankfurt);
        const gold = (await ims.images({ imageType: "gold" }))[0]?.id ?? assert.fail();
        const images: [string, string][] = [
            ["SimpleServer", id],
            ["SimpleServer", offered],
            ["EcsInstance", id],
            ["EcsInstance", publicImage],
            ["EcsImage", id],
            ["HuaweiServer", gold],
            ["SystemDiskReplacement of a Simple Application Server", offered],
            ["ImageShare with ECS", id],
            ["ImageCopy", id],
        ];
        for (const [what, image] of images) {
            const use = uses[what] ?? assert.fail();
            const { failures } = await use.resource(world).preview({ ...use.inputs, image });
            assert.deepEqual(failures, [], what);
        }
    });
});
