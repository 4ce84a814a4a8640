import assert from "node:assert/strict";
import { blocksOf } from "../../provider/dist/cli/releasePlan.js";

const image = {
    ...{ id: "m-1", name: "golden", status: "available", note: "", tags: {} },
    condition: "ready" as const,
};
const owner = { ownerId: "0123456789abcdef", isPending: false, isEarlierVersion: false };
const reasonOf = (isStateRead: boolean, isPending = false) => {
    const asked = { obstacles: [], owner: { ...owner, isPending }, image, isForced: false, isStateRead };
    const [block] = blocksOf(asked);
    return block ?? assert.fail("nothing blocks it");
};

describe("the plan of a release of an image that a stack created and that no state holds", () => {
    it("asks for --even-if-managed when a state was read, for example after `pulumi state delete`", () => {
        const { reason, advice } = reasonOf(true);
        assert.equal(
            reason,
            "created by a stack (tag pulumi-machine-images), and no state that can be read here holds it",
        );
        assert.match(
            advice,
            /^set --even-if-managed if it was removed from its state, for example with "pulumi state delete"/,
        );
    });

    it("says that this machine knows no state when none was read", () => {
        assert.match(reasonOf(false).reason, /no state that this machine can read holds it/);
    });

    it("still says that a run may be under way", () => {
        assert.match(reasonOf(true, true).reason, /whose run may still be in progress/);
    });
});
