import assert from "node:assert/strict";
import { alibaba, huawei } from "../../provider/dist/clouds/cloud.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const linux = "ace0706b2ac4454d984295a942130001";
const windows = "ace0706b2ac4454d984295a942130002";
const erp = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const smallPlan = "swas.s2.c2m1s40b3t04";

/** A preview must refuse these inputs, accept them at the limit, and not fail if it lacks permission for the lookup. */
interface Row {
    /** Creates what the inputs need. */
    inputs(world: Simulated): Promise<Properties>;
    resource(world: Simulated): Managed;
    says: RegExp;
    /** The cloud's own error for the same request. */
    cloudSays: RegExp;
    /** Inputs with which the check passes. */
    holds: { inputs?: Properties; quotas?: Record<string, number> };
    /** A quota with which the check fails. */
    quotas?: Record<string, number>;
    /** The lookup of the check. */
    asks: string;
}

async function customImageOf(world: Simulated, server: string): Promise<Managed> {
    const image = world.resource(customImage, `of-${server}`);
    await image.up({ cloud: hangzhou, source: { server } });
    return image;
}

async function sharedImageOf(world: Simulated, server: string): Promise<string | undefined> {
    const { id } = await customImageOf(world, server);
    await world.resource(imageShare, "to-ecs").up({ cloud: hangzhou, image: id, with: "ecs" });
    return id;
}

async function systemImageWith(world: Simulated, minRamMiB: number): Promise<Properties> {
    const image = world.resource(systemImage, "base");
    await image.up({ cloud: frankfurt, source: { server: erp }, minRamMiB });
    return { cloud: frankfurt, image: image.id, vpc: "v", subnet: "s" };
}

const rows: Record<string, Row> = {
    "a plan that the region does not offer": {
        inputs: async (world) => ({
            cloud: hangzhou,
            image: (await customImageOf(world, linux)).id,
            plan: "swas.none",
        }),
        resource: (world) => world.resource(simpleServer, "web"),
        says: /^plan: no plan swas\.none is offered in cn-hangzhou: choose a plan that fits, such as swas\.\S+, swas\./,
        cloudSays: /InvalidPlanId\.NotFound/,
        holds: { inputs: { plan: smallPlan } },
        asks: "swas.ListPlans",
    },
    "a plan whose disk is smaller than the image": {
        inputs: async (world) => ({
            cloud: hangzhou,
            image: (await customImageOf(world, windows)).id,
            plan: smallPlan,
        }),
        resource: (world) => world.resource(simpleServer, "web"),
        says: /^plan: plan swas\.s2\.c2m1s40b3t04 has a system disk of 40 GiB, but image m-\w+ requires 60 GiB: choose a plan that fits, such as swas\.s2\.c2m4s60b5t12, /,
        cloudSays: /InvalidPlanId\.DiskSizeTooSmall/,
        holds: { inputs: { plan: "swas.s2.c2m4s60b5t12" } },
        asks: "swas.ListPlans",
    },
    "a plan for another operating system": {
        inputs: async (world) => {
            const image = world.resource(customImage, "windows");
            await image.up({ cloud: hangzhou, source: { server: windows } });
            return { cloud: hangzhou, image: image.id, plan: "swas.s1.c1m1s60b1t03" };
        },
        resource: (world) => world.resource(simpleServer, "web"),
        says: /^plan: plan swas\.s1\.c1m1s60b1t03 supports Linux, but image m-\w+ is Windows: choose a plan that fits/,
        cloudSays: /InvalidPlanId\.PlatformNotSupported/,
        holds: { inputs: { plan: "swas.s2.c2m4s60b5t12" } },
        asks: "swas.ListPlans",
    },
    "a system disk of ECS that is smaller than the image": {
        inputs: async (world) => ({
            cloud: hangzhou,
            image: await sharedImageOf(world, windows),
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
            systemDiskGiB: 59,
        }),
        resource: (world) => world.resource(ecsInstance, "api"),
        says: /^systemDiskGiB: is 59 GiB, but image m-\w+ requires 60 GiB: set it to 60 or more, or remove it$/,
        cloudSays: /InvalidSystemDiskSize/,
        holds: { inputs: { systemDiskGiB: 60 } },
        asks: "ecs.DescribeImages",
    },
    "a flavor that the region does not have": {
        inputs: async (world) => ({ ...(await systemImageWith(world, 4096)), flavor: "none" }),
        resource: (world) => world.resource(huaweiServer, "api"),
        says: /^flavor: no flavor none in eu-de: choose from c4\.2xlarge\.1, .* and \d+ more$/,
        cloudSays: /Ecs\.0005/,
        holds: { inputs: { flavor: "s3.large.2" } },
        asks: "ecs.NovaShowFlavor",
    },
    "a flavor with less memory than the image needs": {
        inputs: async (world) => ({ ...(await systemImageWith(world, 4096)), flavor: "s3.large.1" }),
        resource: (world) => world.resource(huaweiServer, "api"),
        says: /^flavor: flavor s3\.large\.1 has 2048 MiB of memory, but image \S+ requires 4096 MiB: choose a larger flavor$/,
        cloudSays: /Ecs\.0007/,
        holds: { inputs: { flavor: "s3.large.2" } },
        asks: "ecs.NovaShowFlavor",
    },
    "a private image beyond the project's quota": {
        inputs: async () => ({ cloud: frankfurt, source: { server: erp } }),
        resource: (world) => world.resource(systemImage, "base"),
        quotas: { "huawei.ims.images": 0 },
        says: /^source: the project has 0 private images in eu-de, and its quota is 0 \(IMS error IMG\.0015\): delete images/,
        cloudSays: /IMG\.0015/,
        holds: { quotas: { "huawei.ims.images": 1 } },
        asks: "ims.ShowImageQuota",
    },
    "a full-ECS image beyond the project's quota": {
        inputs: async () => ({
            cloud: frankfurt,
            source: { server: erp },
            vault,
            guest: { volumesAcrossDisks: false },
        }),
        resource: (world) => world.resource(fullEcsImage, "erp"),
        quotas: { "huawei.ims.images": 0 },
        says: /^source: the project has 0 private images in eu-de, and its quota is 0/,
        cloudSays: /IMG\.0015/,
        holds: { quotas: { "huawei.ims.images": 1 } },
        asks: "ims.ShowImageQuota",
    },
};

describe("a preview that checks with the cloud", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    const setQuotas = (quotas: Record<string, number> = {}) => {
        for (const [name, value] of Object.entries(quotas)) world.simulator.sim.quotas.change(name, value);
    };
    /** In the preview, and in the up after it. */
    const cannotAsk = (action: string) =>
        world.simulator.sim.faults.add({ action, status: 403, code: "Forbidden.RAM", message: "no" }, 2);

    for (const [what, row] of Object.entries(rows)) {
        it(`refuses ${what}, and changes nothing`, async () => {
            const inputs = await row.inputs(world);
            setQuotas(row.quotas);
            const before = world.changes();
            const { failures } = await row.resource(world).preview(inputs);
            assert.match(failures.join("\n"), row.says);
            assert.equal(failures.length, 1);
            assert.deepEqual(world.changes(), before);
        });

        it(`passes at the limit: not ${what}`, async () => {
            const inputs = { ...(await row.inputs(world)), ...row.holds.inputs };
            setQuotas(row.holds.quotas);
            const resource = row.resource(world);
            assert.deepEqual((await resource.preview(inputs)).failures, []);
            assert.equal(await resource.up(inputs), "create");
        });

        it(`continues with a warning if it lacks permission, and the cloud itself refuses ${what}`, async () => {
            const inputs = await row.inputs(world);
            setQuotas(row.quotas);
            cannotAsk(row.asks);
            const resource = row.resource(world);
            assert.deepEqual((await resource.preview(inputs)).failures, []);
            assert.match(world.warnings.join("\n"), /cannot check .*, so "pulumi up" may fail: .*forbidden/i);
            assert.equal(world.warnings.length, 1);
            await assert.rejects(resource.up(inputs), row.cloudSays);
        });
    }

    it("refuses a system disk of Huawei Cloud that is smaller than the image, and changes nothing", async () => {
        const inputs = { ...(await systemImageWith(world, 0)), flavor: "s3.large.2" };
        const before = world.changes();
        const resource = world.resource(huaweiServer, "api");
        const { failures } = await resource.preview({ ...inputs, systemDisk: { type: "SSD", sizeGiB: 39 } });
        assert.match(
            failures.join("\n"),
            /^systemDisk\.sizeGiB: is 39 GiB, but image \S+ requires 40 GiB: set it to 40 or more/,
        );
        assert.deepEqual(world.changes(), before);
        assert.equal(await resource.up({ ...inputs, systemDisk: { type: "SSD", sizeGiB: 40 } }), "create");
    });

    it("warns about a data disk that the image requires and the server does not get", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud: hangzhou, source: { server: linux, dataDisk: true } });
        const inputs = { cloud: hangzhou, image: image.id, plan: smallPlan };
        assert.deepEqual((await world.resource(simpleServer, "web").preview(inputs)).failures, []);
        assert.match(world.warnings.join("\n"), /has a data disk of 40 GiB, but dataDiskGiB is not set: set it to 40/);
        world.warnings.length = 0;
        await world.resource(simpleServer, "web").preview({ ...inputs, dataDiskGiB: 40 });
        assert.deepEqual(world.warnings, []);
    });

    for (const { count, warnings } of [
        { count: 14, warnings: 0 },
        { count: 15, warnings: 1 },
    ]) {
        it(`${warnings ? "warns" : "does not warn"} before another image of a server with ${count}`, async () => {
            setQuotas({ "alibaba.swas.images": 100, "alibaba.swas.imagesPerServer": 100 });
            const { id } = await customImageOf(world, linux);
            const { swas } = await world.clouds.alibaba(hangzhou);
            const [first] = await swas.listCustomImages({ imageIds: [id ?? ""] });
            const source = { instanceId: linux, systemSnapshotId: first?.systemSnapshotId ?? "" };
            for (let made = 1; made < count; made++) await swas.createCustomImage({ name: `image-${made}`, ...source });
            const { failures } = await world
                .resource(customImage, "next")
                .preview({ cloud: hangzhou, source: { server: windows } });
            assert.deepEqual(failures, []);
            const found = world.warnings.filter((text) =>
                /has 15 custom images in cn-hangzhou, and the limit is 15/.test(text),
            );
            assert.equal(found.length, warnings);
        });
    }

    it("requests the plans of a hundred servers once, and their image rarely", async () => {
        const { id: image } = await customImageOf(world, linux);
        const before = world.calls().length;
        const inputs = { cloud: hangzhou, image, plan: smallPlan };
        await Promise.all(
            Array.from({ length: 100 }, (_, index) => world.resource(simpleServer, `web-${index}`).preview(inputs)),
        );
        const asked = world
            .calls()
            .slice(before)
            .map(({ action }) => action);
        assert.ok(asked.length <= 4, asked.join());
        assert.equal(asked.filter((action) => action === "swas.ListPlans").length, 1);
    });

    it("fails with keys that the cloud refuses", async () => {
        const stranger = await simulated({ isKeyWrong: true });
        try {
            const server = stranger.resource(simpleServer, "web");
            const inputs = { cloud: hangzhou, image: "m-bp1none", plan: smallPlan };
            await assert.rejects(server.preview(inputs), /SignatureDoesNotMatch/);
        } finally {
            await stranger.close();
        }
    });

    it("sends no request for unchanged servers", async () => {
        const { id: image } = await customImageOf(world, linux);
        const server = world.resource(simpleServer, "web");
        const inputs = { cloud: hangzhou, image, plan: smallPlan };
        await server.up(inputs);
        const before = world.calls().length;
        await server.preview({ ...inputs, tags: { team: "web" } });
        assert.equal(world.calls().length, before);
    });
});
