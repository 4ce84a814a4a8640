import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { accountKind, global } from "../../provider/dist/simulator/alibaba/accounts.js";
import { customImageKind } from "../../provider/dist/simulator/alibaba/swas/models.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const source = { server: "ace0706b2ac4454d984295a942130001" };
const owner = "1000000000000001";
const partner = "1000000000000002";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Ids of accounts that the cloud knows from now on. */
function newAccounts(world: Simulated, count: number): string[] {
    const ids = Array.from({ length: count }, (_, index) => String(2000000000000001 + index));
    for (const id of ids) {
        world.simulator.sim.store({ cloud: "alibaba", account: id, region: global }).put(accountKind, id, { name: id });
    }
    return ids;
}

describe("ImageShare of a custom image with accounts", () => {
    let world: Simulated;
    let image: Managed;
    let share: Managed;
    beforeEach(async () => {
        world = await simulated();
        image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        share = world.resource(imageShare, "to-partner");
    });
    afterEach(() => world.close());

    const store = () => world.simulator.sim.store({ cloud: "alibaba", account: owner, region: cloud.region });
    /** Who can see the image, by the cloud's own records. */
    const seenBy = () =>
        store()
            .get(customImageKind, String(image.id))
            ?.shareAccounts.map(({ account }) => account);
    /** Adds an account as another person would in the console. */
    const addByHand = (account: string) => {
        const shareAccounts = [
            ...(store().get(customImageKind, String(image.id))?.shareAccounts ?? []),
            { account, at: 0 },
        ];
        store().change(customImageKind, String(image.id), { shareAccounts });
    };
    const to = (...accounts: string[]) => ({ cloud, image: image.id, with: { accounts } });

    it("shares, plans no change afterwards, and is deleted without a trace", async () => {
        assert.equal(await share.up(to(partner)), "create");
        assert.deepEqual(seenBy(), [partner]);
        assert.equal(await share.up(to(partner)), "same");
        assert.equal(await share.refresh(), "quiet");
        await share.destroy();
        assert.deepEqual(seenBy(), []);
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("keeps every digit of an account's id, which SWAS returns as a number", async () => {
        const [large, near] = ["9123456789012347", "9123456789012348"];
        for (const id of [large, near]) {
            world.simulator.sim
                .store({ cloud: "alibaba", account: id, region: global })
                .put(accountKind, id, { name: id });
        }
        await share.up(to(large));
        addByHand(near);
        assert.equal(await share.refresh(), "quiet");
        assert.deepEqual(share.outs.otherRecipients, [near]);
        await share.destroy();
        assert.deepEqual(seenBy(), [near]);
    });

    it("adds new accounts and removes dropped ones in place, in one call each", async () => {
        const [third = "", fourth = ""] = newAccounts(world, 2);
        await share.up(to(partner, third));
        const before = world.changes().length;
        assert.equal(await share.up(to(third, fourth)), "update");
        assert.deepEqual(seenBy()?.sort(), [third, fourth].sort());
        assert.deepEqual(world.changes().slice(before), [
            "swas.RemoveCustomImageShareAccount",
            "swas.AddCustomImageShareAccount",
        ]);
    });

    it("replaces all ten accounts of an image, which is the maximum", async () => {
        const accounts = newAccounts(world, 20);
        await share.up(to(...accounts.slice(0, 10)));
        assert.equal(await share.up(to(...accounts.slice(10))), "update");
        assert.deepEqual(seenBy(), accounts.slice(10));
    });

    it("changes a share with ECS to a share with accounts", async () => {
        await share.up({ cloud, image: image.id, with: "ecs" });
        assert.equal(await share.up(to(partner)), "update");
        assert.equal(store().get(customImageKind, String(image.id))?.inShare, false);
        assert.deepEqual(seenBy(), [partner]);
    });

    it("shows a manually removed account as drift, and adds it again", async () => {
        const [third = ""] = newAccounts(world, 1);
        await share.up(to(partner, third));
        store().change(customImageKind, String(image.id), { shareAccounts: [{ account: third, at: 0 }] });
        assert.equal(await share.refresh(), "drifted");
        assert.deepEqual(share.inputs.with, { accounts: [third] });
        assert.equal(await share.up(to(partner, third)), "update");
        assert.deepEqual(seenBy()?.sort(), [partner, third].sort());
    });

    it("is removed from the state by a refresh after every account was removed manually", async () => {
        await share.up(to(partner));
        store().change(customImageKind, String(image.id), { shareAccounts: [] });
        assert.equal(await share.refresh(), "gone");
    });

    it("keeps a manually added account, which then stops the deletion of the image with an error that names it", async () => {
        const [stranger = ""] = newAccounts(world, 1);
        await share.up(to(partner));
        addByHand(stranger);
        assert.equal(await share.refresh(), "quiet", "the account does not belong to the share");
        assert.deepEqual(share.outs.otherRecipients, [stranger]);
        assert.equal(await share.up(to(partner)), "same");
        await share.destroy();
        assert.deepEqual(seenBy(), [stranger]);
        await assert.rejects(image.destroy(), new RegExp(`account ${stranger} \\(not by this stack\\)`));
    });

    it("warns that a data disk is not shared", async () => {
        const whole = world.resource(customImage, "whole");
        await whole.up({ cloud, source: { ...source, dataDisk: true } });
        await share.up({ cloud, image: whole.id, with: { accounts: [partner] } });
        assert.match(world.warnings.join(), new RegExp(`image ${whole.id}: its data disk is not shared`));
    });

    describe("refuses at preview", () => {
        const facts = { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" };
        const planned = (accounts: string[], more: object = {}) => ({
            cloud,
            image: unknown,
            imageFacts: facts,
            with: { accounts },
            ...more,
        });
        const eleven = Array.from({ length: 11 }, (_, index) => String(3000000000000000 + index));
        const cases: [string, object, RegExp][] = [
            [
                "more accounts than an image can have",
                planned(eleven),
                /with\.accounts: must contain at most 10 accounts .*swas-images\.md#quotas/,
            ],
            [
                "a RAM user",
                planned(["user@company"]),
                /with: must list Alibaba Cloud account ids \(16 digits\), not ids of RAM users$/,
            ],
            ["an account named twice", planned([partner, partner]), /with: must not contain duplicates/],
            [
                "projects",
                planned([], { with: { projects: ["p"] } }),
                /with: must be "ecs" or { accounts: \["<account id>"\] }/,
            ],
            [
                "an image in another region",
                planned([partner], { imageFacts: { ...facts, region: "cn-shanghai" } }),
                /cloud\.region: must be cn-shanghai, the region of the image/,
            ],
            [
                "accounts for a Huawei image",
                { cloud: { type: "huawei", region: "eu-de" }, image: unknown, with: { accounts: [partner] } },
                /with: must be { projects/,
            ],
            [
                "the account itself",
                { image: "golden", with: { accounts: [owner] } },
                /with\.accounts: account 1000000000000001 owns the image/,
            ],
        ];
        for (const [what, inputs, expected] of cases) {
            it(what, async () => {
                const given =
                    "image" in inputs && inputs.image === "golden" ? { ...inputs, cloud, image: image.id } : inputs;
                const { failures } = await share.preview({ ...given });
                assert.match(failures.join(), expected);
            });
        }

        it("accounts above the maximum, because of manually added accounts", async () => {
            const accounts = newAccounts(world, 11);
            addByHand(accounts[10] ?? "");
            const { failures } = await share.preview(to(...accounts.slice(0, 10)));
            assert.match(failures.join(), new RegExp(`10 accounts are too many in addition to ${accounts[10]}.*at most 10`));
            assert.deepEqual((await share.preview(to(...accounts.slice(0, 9)))).failures, []);
        });
    });
});
