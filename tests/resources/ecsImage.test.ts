import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { ecsImageKind } from "../../provider/dist/simulator/alibaba/ecs/models.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const shanghai = { type: "alibaba", region: "cn-shanghai" };
const to = shanghai.region;
const source = { server: "ace0706b2ac4454d984295a942130001" };
const owner = "1000000000000001";
const partner = "1000000000000002";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("EcsImage", () => {
    let world: Simulated;
    let golden: Managed;
    let share: Managed;
    let image: Managed;
    beforeEach(async () => {
        world = await simulated();
        golden = world.resource(customImage, "golden");
        await golden.up({ cloud, source });
        share = world.resource(imageShare, "to-ecs");
        await share.up({ cloud, image: golden.id, with: "ecs" });
        image = world.resource(ecsImage, "shop");
    });
    afterEach(() => world.close());

    const imagesIn = (region: string) =>
        world.simulator.sim.store({ cloud: "alibaba", account: owner, region }).list(ecsImageKind);
    const nowIn = (region: string) => imagesIn(region).find(({ id }) => id === image.id)?.value;
    const changeIn = (region: string, change: object) =>
        world.simulator.sim
            .store({ cloud: "alibaba", account: owner, region })
            .change(ecsImageKind, String(image.id), change);
    const copy = (more: object = {}) => ({ cloud, image: golden.id, ...more });
    const ecsChanges = () => world.changes().filter((action) => /^ecs\..*(Image|Snapshot)/.test(action));
    const instanceOf = (more: object) => ({
        instanceType: "ecs.g7.large",
        securityGroup: "sg-1",
        vSwitch: "vsw-1",
        image: image.id,
        ...more,
    });

    it("copies within the region, plans no change afterwards, does not need the share, and is deleted with its snapshots", async () => {
        assert.equal(await image.up(copy({ tags: { team: "shop" }, description: "for the shop" })), "create");
        assert.equal(image.outs.status, "Available");
        assert.equal(nowIn(cloud.region)?.description, "for the shop");
        assert.equal(await image.up(copy({ tags: { team: "shop" }, description: "for the shop" })), "same");
        assert.equal(await image.refresh(), "quiet");
        await share.destroy();
        await golden.destroy();
        assert.equal(await image.refresh(), "quiet");
        await image.destroy();
        assert.deepEqual(world.left(), []);
        assert.deepEqual(ecsChanges(), ["ecs.CopyImage", "ecs.DeleteImage", "ecs.DeleteSnapshot"]);
    });

    it("copies to another region through a staging copy, which is deleted with its snapshots", async () => {
        await image.up(copy({ to }));
        assert.deepEqual(imagesIn(cloud.region), []);
        assert.deepEqual(
            imagesIn(to).map(({ id }) => id),
            [image.id],
        );
        assert.deepEqual(ecsChanges(), ["ecs.CopyImage", "ecs.CopyImage", "ecs.DeleteImage", "ecs.DeleteSnapshot"]);
        assert.equal(world.left().filter((held) => held.startsWith("alibaba.ecsSnapshot ")).length, 1);
        assert.equal(await image.refresh(), "quiet");
        await image.destroy();
        assert.ok(!world.left().some((held) => held.startsWith("alibaba.ecs")));
    });

    it("copies to another region directly if the source is an own ECS image", async () => {
        await image.up(copy());
        const far = world.resource(ecsImage, "far");
        await far.up({ cloud, image: image.id, to });
        assert.deepEqual(ecsChanges(), ["ecs.CopyImage", "ecs.CopyImage"]);
        await image.destroy();
        assert.equal(await far.refresh(), "quiet");
    });

    it("can create instances in its region, and is not deleted while they exist", async () => {
        await image.up(copy({ to }));
        const web = world.resource(ecsInstance, "web");
        await web.up(instanceOf({ cloud: shanghai }));
        assert.equal(web.outs.status, "Running");
        await assert.rejects(image.destroy(), new RegExp(`is still used by instance ${web.id}`));
        await web.destroy();
        await image.destroy();
    });

    it("changes name, description and tags in place, in one call each", async () => {
        await image.up(copy({ name: "shop-1", description: "first", tags: { stage: "one", team: "shop" } }));
        const before = world.changes().length;
        const news = copy({ name: "shop-2", description: "second", tags: { stage: "two" } });
        assert.equal(await image.up(news), "update");
        assert.deepEqual(world.changes().slice(before), [
            "ecs.ModifyImageAttribute",
            "ecs.UntagResources",
            "ecs.TagResources",
        ]);
        assert.equal(nowIn(cloud.region)?.name, "shop-2");
        assert.equal(image.outs.imageName, "shop-2");
        assert.equal(nowIn(cloud.region)?.description, "second");
        assert.equal(await image.refresh(), "quiet");
    });

    it("shows manual changes of name, description and tags as drift, and corrects them", async () => {
        const wanted = copy({ name: "shop-1", description: "first" });
        await image.up(wanted);
        changeIn(cloud.region, { name: "other", description: "changed" });
        assert.equal(await image.refresh(), "drifted");
        assert.equal(await image.up(wanted), "update");
        assert.equal(nowIn(cloud.region)?.name, "shop-1");
        assert.equal(nowIn(cloud.region)?.description, "first");
    });

    it("is replaced if the image to copy changes, create before delete", async () => {
        await image.up(copy());
        const old = image.id;
        const edition = world.resource(customImage, "second");
        await edition.up({ cloud, source: { server: "ace0706b2ac4454d984295a942130004" } });
        await world.resource(imageShare, "second-share").up({ cloud, image: edition.id, with: "ecs" });
        assert.equal(await image.up(copy({ image: edition.id })), "replace");
        assert.notEqual(image.id, old);
        assert.deepEqual(
            imagesIn(cloud.region).map(({ id }) => id),
            [image.id],
        );
        const copies = ecsChanges().filter((action) => action === "ecs.CopyImage" || action === "ecs.DeleteImage");
        assert.deepEqual(copies, ["ecs.CopyImage", "ecs.CopyImage", "ecs.DeleteImage"]);
    });

    it("is removed from the state by a refresh after a manual deletion, and created again although the token is still valid", async () => {
        await image.up(copy());
        const old = String(image.id);
        world.simulator.sim.store({ cloud: "alibaba", account: owner, region: cloud.region }).delete(ecsImageKind, old);
        assert.equal(await image.refresh(), "gone");
        assert.equal(await image.up(copy()), "create");
        assert.notEqual(image.id, old);
        assert.ok(nowIn(cloud.region));
    });

    it("deletes a failed copy, and creates another in the next run", async () => {
        world.simulator.sim.faults.add({ job: "alibaba.ecsImage.copied", reason: "disk error" });
        await assert.rejects(image.up(copy({ to })), /in cn-hangzhou could not be copied/);
        assert.deepEqual(imagesIn(cloud.region), []);
        await image.up(copy({ to }));
        assert.deepEqual(imagesIn(cloud.region), []);
        assert.equal(imagesIn(to).length, 1);
    });

    it("encrypts the copy", async () => {
        await image.up(copy({ encrypted: true }));
        assert.equal(nowIn(cloud.region)?.isEncrypted, true);
        assert.equal(await image.refresh(), "quiet");
    });

    it('keeps its snapshots if onDelete.children is "retain"', async () => {
        await image.up(copy({ onDelete: { children: "retain" } }));
        await image.destroy();
        assert.deepEqual(imagesIn(cloud.region), []);
        assert.equal(world.left().filter((held) => held.startsWith("alibaba.ecsSnapshot ")).length, 1);
    });

    it("adopts an existing image", async () => {
        await image.up(copy({ name: "by-hand" }));
        const { id } = image;
        world.simulator.sim
            .store({ cloud: "alibaba", account: owner, region: cloud.region })
            .change(ecsImageKind, String(id), { tags: [] });
        image.id = undefined; // As "pulumi state delete" does it.
        const adopting = world.resource(ecsImage, "adopting");
        assert.equal(await adopting.up(copy({ name: "by-hand", adopt: "by-hand" })), "create");
        assert.equal(adopting.id, id);
        assert.equal(await adopting.refresh(), "quiet");
        await adopting.destroy();
        assert.deepEqual(imagesIn(cloud.region), []);
    });

    it("reports a name that is already used", async () => {
        await image.up(copy({ name: "shop" }));
        const second = world.resource(ecsImage, "second");
        await assert.rejects(
            second.up(copy({ name: "shop" })),
            /cannot create image shop in ECS cn-hangzhou: another image has this name/,
        );
    });

    it("reports the progress of the copy", async () => {
        await image.up(copy({ to }));
        assert.ok(
            world.progress.some((message) => /^copying the image \d+%/.test(message)),
            world.progress.join("\n"),
        );
    });

    describe("shared with accounts", () => {
        let seen: Managed;
        beforeEach(async () => {
            await image.up(copy());
            seen = world.resource(imageShare, "to-partner");
        });
        const withPartner = () => ({ cloud, image: image.id, with: { accounts: [partner] } });

        it("is visible to them without planned changes, and not any more after the share is deleted", async () => {
            await seen.up(withPartner());
            assert.deepEqual(
                nowIn(cloud.region)?.shareAccounts.map(({ account }) => account),
                [partner],
            );
            assert.equal(await seen.up(withPartner()), "same");
            assert.equal(await seen.refresh(), "quiet");
            await seen.destroy();
            assert.deepEqual(nowIn(cloud.region)?.shareAccounts, []);
        });

        it("stops the deletion of the image and names a manual share", async () => {
            changeIn(cloud.region, { shareAccounts: [{ account: partner, at: 0 }] });
            await assert.rejects(
                image.destroy(),
                new RegExp(`still shared with account ${partner} \\(not by this stack\\)`),
            );
        });

        it("accepts more accounts than one call", async () => {
            const accounts = Array.from({ length: 12 }, (_, index) => String(2000000000000001 + index));
            const { accountKind, global } = await import("../../provider/dist/simulator/alibaba/accounts.js");
            for (const account of accounts) {
                world.simulator.sim
                    .store({ cloud: "alibaba", account, region: global })
                    .put(accountKind, account, { name: account });
            }
            await seen.up({ ...withPartner(), with: { accounts } });
            assert.equal(nowIn(cloud.region)?.shareAccounts.length, 12);
            await seen.destroy();
            assert.deepEqual(nowIn(cloud.region)?.shareAccounts, []);
        });

        it("refuses ECS, and more accounts than the maximum", async () => {
            const facts = { kind: "ecs", cloud: "alibaba", region: "cn-hangzhou" };
            const planned = { cloud, image: unknown, imageFacts: facts };
            const again = await seen.preview({ ...planned, with: "ecs" });
            assert.match(again.failures.join(), /with: ECS sees its own images/);
            const many = Array.from({ length: 51 }, (_, index) => String(3000000000000001 + index));
            const refused = await seen.preview({ ...planned, with: { accounts: many } });
            assert.match(refused.failures.join(), /must contain at most 50 accounts .*ecs\.md#sharing/);
        });
    });

    describe("refuses at preview", () => {
        const facts = { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" };
        const planned = (more: object) => ({ cloud, image: unknown, imageFacts: facts, ...more });
        const cases: [string, object, RegExp][] = [
            [
                "an image in another region",
                planned({ imageFacts: { ...facts, region: to } }),
                /cloud\.region: must be cn-shanghai, the region of the image/,
            ],
            [
                "a Huawei image",
                planned({ imageFacts: { kind: "full-ecs", cloud: "huawei", region: "eu-de" } }),
                /image: must be an image that Alibaba Cloud ECS can see/,
            ],
            [
                'wait "none" with a staging copy',
                planned({ to, wait: "none" }),
                /wait: must not be "none": .*ecs\.md#copies/,
            ],
            ["a name that ECS refuses", planned({ name: "acs:x" }), /name: must have 2 to 128 letters/],
        ];
        for (const [what, inputs, expected] of cases) {
            it(what, async () => {
                assert.match((await image.preview({ ...inputs })).failures.join(), expected);
            });
        }

        it("nothing that is possible", async () => {
            assert.deepEqual((await image.preview({ ...planned({ to }) })).failures, []);
            assert.deepEqual((await image.preview({ ...planned({ wait: "none" }) })).failures, []);
        });
    });

    it('is not waited for with wait "none", but by the instance that needs it', async () => {
        await image.up(copy({ wait: "none" }));
        assert.notEqual(nowIn(cloud.region)?.status, "Available");
        const web = world.resource(ecsInstance, "web");
        assert.equal(await web.up(instanceOf({ cloud })), "create");
        assert.equal(nowIn(cloud.region)?.isUsable, true);
    });

    it("is refused at preview for a simple server", async () => {
        const imageFacts = { kind: "ecs", cloud: "alibaba", region: "cn-hangzhou" };
        const server = world.resource(simpleServer, "web");
        const { failures } = await server.preview({ cloud, image: unknown, imageFacts, plan: "p" });
        assert.match(failures.join(), /image: a Simple Application Server cannot use an ECS image/);
    });

    it("reports that an image must be shared first", async () => {
        await share.destroy();
        await assert.rejects(
            image.up(copy()),
            new RegExp(`image ${golden.id} is not visible to ECS in cn-hangzhou\\. Share it`),
        );
    });
});
