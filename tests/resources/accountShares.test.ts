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
    /** Who sees the image by the cloud's own records. */
    const seenBy = () =>
        store()
            .get(customImageKind, String(image.id))
            ?.shareAccounts.map(({ account }) => account);
    /** Somebody else adds an account in the console. */
    const addByHand = (account: string) => {
        const shareAccounts = [
            ...(store().get(customImageKind, String(image.id))?.shareAccounts ?? []),
            { account, at: 0 },
        ];
        store().change(customImageKind, String(image.id), { shareAccounts });
    };
    const to = (...accounts: string[]) => ({ cloud, image: image.id, with: { accounts } });

    it("shares, changes nothing the second time, is quiet, and goes without a trace", async () => {
        assert.equal(await share.up(to(partner)), "create");
        assert.deepEqual(seenBy(), [partner]);
        assert.equal(await share.up(to(partner)), "same");
        assert.equal(await share.refresh(), "quiet");
        await share.destroy();
        assert.deepEqual(seenBy(), []);
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("keeps every digit of an account's id, which SWAS answers as a number", async () => {
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

    it("adds who is missing and removes who was dropped, in place, in one call each", async () => {
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

    it("changes all ten accounts of an image that can have no more", async () => {
        const accounts = newAccounts(world, 20);
        await share.up(to(...accounts.slice(0, 10)));
        assert.equal(await share.up(to(...accounts.slice(10))), "update");
        assert.deepEqual(seenBy(), accounts.slice(10));
    });

    it("turns a share with ECS into one with accounts", async () => {
        await share.up({ cloud, image: image.id, with: "ecs" });
        assert.equal(await share.up(to(partner)), "update");
        assert.equal(store().get(customImageKind, String(image.id))?.inShare, false);
        assert.deepEqual(seenBy(), [partner]);
    });

    it("shows an account that somebody removed as drift, and adds it again", async () => {
        const [third = ""] = newAccounts(world, 1);
        await share.up(to(partner, third));
        store().change(customImageKind, String(image.id), { shareAccounts: [{ account: third, at: 0 }] });
        assert.equal(await share.refresh(), "drifted");
        assert.deepEqual(share.inputs.with, { accounts: [third] });
        assert.equal(await share.up(to(partner, third)), "update");
        assert.deepEqual(seenBy()?.sort(), [partner, third].sort());
    });

    it("is gone after a refresh when somebody removed every account", async () => {
        await share.up(to(partner));
        store().change(customImageKind, String(image.id), { shareAccounts: [] });
        assert.equal(await share.refresh(), "gone");
    });

    it("leaves alone an account that somebody else added, which then stops the image's deletion by name", async () => {
        const [stranger = ""] = newAccounts(world, 1);
        await share.up(to(partner));
        addByHand(stranger);
        assert.equal(await share.refresh(), "quiet", "it is none of the share's own");
        assert.deepEqual(share.outs.otherRecipients, [stranger]);
        assert.equal(await share.up(to(partner)), "same");
        await share.destroy();
        assert.deepEqual(seenBy(), [stranger]);
        await assert.rejects(image.destroy(), new RegExp(`account ${stranger}, and not by this stack`));
    });

    it("says that a data disk is not shared", async () => {
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
            ["a RAM user", planned(["user@company"]), /with: must contain account ids/],
            ["an account named twice", planned([partner, partner]), /with: must not contain duplicates/],
            [
                "projects",
                planned([], { with: { projects: ["p"] } }),
                /with: must be "ecs" or { accounts: \["<account id>"\] }/,
            ],
            [
                "an image of another region",
                planned([partner], { imageFacts: { ...facts, region: "cn-shanghai" } }),
                /the image is in cn-shanghai/,
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

        it("accounts for which the image has no room, because of others that somebody added", async () => {
            const accounts = newAccounts(world, 11);
            addByHand(accounts[10] ?? "");
            const { failures } = await share.preview(to(...accounts.slice(0, 10)));
            assert.match(failures.join(), new RegExp(`10 accounts are too many, besides ${accounts[10]} .*at most 10`));
            assert.deepEqual((await share.preview(to(...accounts.slice(0, 9)))).failures, []);
        });
    });
});
