import assert from "node:assert/strict";
import { planRelease, release } from "../../provider/dist/reconcile/deletionPlan.js";

/** An image with these shares and children, and a log of the steps. */
function image(shares: string[], children: string[], users: string[] = []) {
    const done: string[] = [];
    const act = (what: string) => async () => void done.push(what);
    return {
        done,
        dependents: {
            what: "image m-1",
            users,
            unused: act("wait"),
            shares: shares.map((recipient) => ({ recipient, remove: act(`unshare ${recipient}`) })),
            deleteImage: act("delete image"),
            children: children.map((what) => ({ what, remove: act(`delete ${what}`) })),
        },
    };
}

describe("the deletion plan of an image", () => {
    it("deletes shares, then the image, then its children", async () => {
        const { done, dependents } = image(["ECS", "account 2"], ["snapshot s-1", "snapshot s-2"]);
        await release(planRelease(dependents, { unshare: true }).steps, () => {});
        assert.deepEqual(done, [
            "unshare ECS",
            "unshare account 2",
            "delete image",
            "delete snapshot s-1",
            "delete snapshot s-2",
        ]);
    });

    it("is blocked by a share that may not be removed, and names every recipient", () => {
        const { done, dependents } = image(["ECS", "account 2"], []);
        assert.throws(
            () => planRelease(dependents),
            /image m-1 is still shared with ECS, account 2 \(not by this stack\)/,
        );
        assert.deepEqual(done, []);
    });

    it("removes shares of interrupted creates without unshare, and names only the others", () => {
        const { dependents } = image(["ECS", "account 2"], []);
        const own = dependents.shares.map((share) => ({ ...share, isOwn: true }));
        const [first] = planRelease({ ...dependents, shares: own }).steps;
        assert.equal(first?.what, "unsharing from ECS");
        const mixed = dependents.shares.map((share, index) => ({ ...share, isOwn: index === 0 }));
        assert.throws(() => planRelease({ ...dependents, shares: mixed }), /still shared with account 2, and not by/);
    });

    it("stops at the first step that fails", async () => {
        const { done, dependents } = image([], ["snapshot s-1"]);
        const refusing = { ...dependents, deleteImage: () => Promise.reject(new Error("refused")) };
        await assert.rejects(
            release(planRelease(refusing).steps, () => {}),
            /refused/,
        );
        assert.deepEqual(done, []);
    });

    it("is blocked by servers that were created from it, and names all dependents at once", () => {
        const { dependents } = image(["ECS"], [], ["instance i-1", "server s-1 (web)"]);
        assert.throws(
            () => planRelease(dependents),
            /image m-1 is still used by instance i-1, server s-1 \(web\), and still shared with ECS, .*onDelete: \{ ifInUse: "wait", unshare: true \} or onDelete: \{ ifInUse: "retain" \}/,
        );
    });

    it("waits for servers, or keeps the image, according to the policy", async () => {
        const { done, dependents } = image(["ECS"], [], ["instance i-1"]);
        const keeping = planRelease(dependents, { ifInUse: "retain" });
        assert.deepEqual(
            [keeping.steps, keeping.kept],
            [[], "image m-1 is kept, because it is still used by instance i-1"],
        );
        await release(planRelease(dependents, { ifInUse: "wait", unshare: true }).steps, () => {});
        assert.deepEqual(done, ["wait", "unshare ECS", "delete image"]);
    });
});
