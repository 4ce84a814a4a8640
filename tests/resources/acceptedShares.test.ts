import assert from "node:assert/strict";
import { huawei } from "../../provider/dist/clouds/cloud.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { vaults as vaultKind } from "../../provider/dist/simulator/huawei/models/vault.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = huawei({ region: "eu-de" });
const partner = huawei({ region: "eu-de", account: "partner" });
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const partnerVault = "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f";
const partnerProject = "b0000000000000000000000000000001";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const erp = {
    cloud,
    source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
    vault,
    guest: { volumesAcrossDisks: false },
};

/** The shares in the cloud's own records: "project status vault". */
function shares(world: Simulated): string[] {
    return world.simulator.sim.registry
        .objects()
        .filter(({ kind }) => kind === "huawei.member")
        .map(({ value }) => Object(value))
        .map(({ projectId, status, vaultId }) => `${projectId} ${status} ${vaultId}`);
}

describe("ImageShare that the recipient's own credentials accept", () => {
    let world: Simulated;
    let image: Managed;
    let share: Managed;
    let inputs: { [key: string]: unknown };
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
        image = world.resource(fullEcsImage, "erp");
        await image.up(erp);
        share = world.resource(imageShare, "to-partner");
        const accept = [{ cloud: partner, vault: partnerVault }];
        inputs = { cloud, image: image.id, with: { projects: [] }, accept };
    });
    afterEach(() => world.close());

    it("needs no project id, is accepted with the backup in the recipient's vault, and plans no change afterwards", async () => {
        assert.equal(await share.up(inputs), "create");
        assert.deepEqual(shares(world), [`${partnerProject} accepted ${partnerVault}`]);
        assert.deepEqual(share.outs.acceptedBy, [partnerProject]);
        assert.equal(await share.up(inputs), "same");
        assert.equal(await share.refresh(), "quiet");
    });

    it("lets the recipient create servers from the image", async () => {
        await share.up(inputs);
        const server = world.resource(huaweiServer, "clone");
        const place = { flavor: "s3.xlarge.2", vpc: "v", subnet: "s" };
        assert.equal(await server.up({ cloud: partner, image: image.id, ...place }), "create");
    });

    it("is accepted once for each account that is also listed, and is deleted without a rejection", async () => {
        await share.up({ ...inputs, with: { projects: [partnerProject] } });
        assert.equal(await share.refresh(), "quiet");
        await share.destroy();
        assert.deepEqual(shares(world), []);
        assert.equal(world.changes().filter((action) => action === "ims.GlanceUpdateMember").length, 1);
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("accepts an existing share in place, and unshares when the account is removed", async () => {
        const { accept, ...pending } = inputs;
        await share.up({ ...pending, with: { projects: [partnerProject] } });
        assert.deepEqual(shares(world), [`${partnerProject} pending null`]);
        assert.equal(await share.up(inputs), "update");
        assert.deepEqual(shares(world), [`${partnerProject} accepted ${partnerVault}`]);
        assert.equal(await share.up({ ...inputs, with: { projects: [partnerProject] }, accept: undefined }), "update");
        assert.deepEqual(shares(world), [`${partnerProject} accepted ${partnerVault}`]);
        assert.equal(await share.up({ ...inputs, accept }), "update");
        assert.equal(share.outs.acceptedBy?.constructor, Array);
    });

    const byHand: [string, () => Promise<unknown>][] = [
        [
            "rejected",
            async () => {
                const { ims } = await world.clouds.huawei(partner);
                return ims.updateMember(String(image.id), partnerProject, { status: "rejected" });
            },
        ],
        [
            "shared again and pending",
            async () => {
                const { ims } = await world.clouds.huawei(cloud);
                await ims.removeMember(String(image.id), partnerProject);
                return ims.addMember(String(image.id), partnerProject);
            },
        ],
    ];
    for (const [what, change] of byHand) {
        it(`shows a share as drift after it was ${what} manually, and accepts it again`, async () => {
            await share.up(inputs);
            await change();
            assert.equal(await share.refresh(), "drifted");
            assert.deepEqual(share.inputs.accept, []);
            assert.equal(await share.up(inputs), "update");
            assert.deepEqual(shares(world), [`${partnerProject} accepted ${partnerVault}`]);
        });
    }
});

describe("what an accepted ImageShare refuses at preview, with the reason", () => {
    let world: Simulated;
    let image: string;
    before(async () => {
        world = await simulated({ profile: "cbr" });
        const made = world.resource(fullEcsImage, "erp");
        await made.up(erp);
        image = String(made.id);
    });
    after(() => world.close());

    const account = { cloud: partner, vault: partnerVault };
    const facts = { kind: "full-ecs", cloud: "huawei", region: "eu-de" };
    const early = { image: unknown, imageFacts: facts };
    const cases: [string, object, RegExp][] = [
        [
            "a full-ECS image without a vault, even before it exists",
            { ...early, accept: [{ cloud: partner }] },
            /accept\.0\.vault: is required to accept/,
        ],
        [
            "a full-ECS image without a vault",
            { accept: [{ cloud: partner }] },
            /accept\.0\.vault: is required to accept/,
        ],
        [
            "a vault for a system image",
            { ...early, imageFacts: { ...facts, kind: "system" }, accept: [account] },
            /accept\.0\.vault: applies to full-ECS images only/,
        ],
        [
            "an account in another region",
            { accept: [{ ...account, cloud: { ...partner, region: "eu-nl" } }] },
            /accept\.0\.cloud\.region: must name eu-de/,
        ],
        ["nobody at all", {}, /with\.projects: must contain a project, unless accept contains an account/],
        [
            "the owner itself",
            { accept: [{ cloud, vault }] },
            /accept\.0\.cloud\.account: is the account that owns the image/,
        ],
        ["one account twice", { accept: [account, account] }, /accept\.1: must not name project b0+1 twice/],
        [
            "a vault that is not the recipient's",
            { accept: [{ cloud: partner, vault }] },
            /accept\.0\.vault: no vault 3b5816b5/,
        ],
        [
            "more projects than a full-ECS image may have",
            { with: { projects: Array.from({ length: 10 }, (_, i) => `p${i}`) }, accept: [account] },
            /with\.projects: a full-ECS image can be shared with at most 10 projects/,
        ],
        ["an account that has no keys", { accept: [{ ...account, cloud: { ...cloud, account: "nobody" } }] }, /nobody/],
        [
            "acceptance of an Alibaba Cloud image",
            { cloud: { type: "alibaba", region: "cn-hangzhou" }, with: "ecs", accept: [account] },
            /accept: is only supported for Huawei Cloud images/,
        ],
    ];
    for (const [name, given, reason] of cases) {
        it(name, async () => {
            const preview = world
                .resource(imageShare, "share")
                .preview({ cloud, image, with: { projects: [] }, ...given })
                .then(({ failures }) => failures.join("\n"), String);
            assert.match(await preview, reason);
        });
    }

    it("a vault that is too small, for copies from other regions, or locked", async () => {
        const { backups } = await world.clouds.huawei(partner);
        const small = await backups.createVault({ name: "small", sizeGiB: 189 });
        const replicas = await backups.createVault({ name: "replicas", sizeGiB: 500, protectType: "replication" });
        const share = world.resource(imageShare, "share");
        const refusal = async (id: string) => {
            const accept = [{ cloud: partner, vault: id }];
            const { failures } = await share.preview({ cloud, image, with: { projects: [] }, accept });
            return failures.join();
        };
        assert.match(await refusal(small.id), /has 189 GiB, and the server's disks have 190 GiB.*IMG\.0182/);
        assert.match(
            await refusal(replicas.id),
            /is for server replication: use a vault for server backups.*IMG\.0193/,
        );
        const { sim } = world.simulator;
        const found = sim.registry.find("huawei", vaultKind, partnerVault);
        assert.ok(found);
        const store = sim.store(found.scope);
        store.change(vaultKind, partnerVault, { status: "lock" });
        assert.match(await refusal(partnerVault), /is lock: use a vault that is available.*IMG\.0188/);
        store.change(vaultKind, partnerVault, { status: "available" });
        assert.equal(await refusal(partnerVault), "");
    });
});
