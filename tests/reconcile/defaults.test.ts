import assert from "node:assert/strict";
import { without } from "../../provider/dist/reconcile/defaults.js";

describe("defaults that are written out", () => {
    const defaults = { description: "", "onDelete.unshare": false, "onDelete.children": "delete" };
    const cases: [string, object, object][] = [
        ["are removed", { name: "a", description: "" }, { name: "a" }],
        ["are kept if they have another value", { description: "b" }, { description: "b" }],
        [
            "are removed from their group",
            { onDelete: { unshare: false, children: "retain" } },
            { onDelete: { children: "retain" } },
        ],
        ["are removed with their group if nothing else is in it", { onDelete: { unshare: false } }, {}],
        ["do not remove a group that was written empty", { onDelete: {} }, { onDelete: {} }],
        ["are ignored if the group does not exist or is not known", { onDelete: "unknown" }, { onDelete: "unknown" }],
    ];
    for (const [what, given, left] of cases) {
        it(what, () => assert.deepEqual(without({ ...given }, defaults), left));
    }
});
