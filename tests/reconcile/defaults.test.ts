import assert from "node:assert/strict";
import { without } from "../../provider/dist/reconcile/defaults.js";

describe("defaults that are written out", () => {
    const defaults = { description: "", "onDelete.unshare": false, "onDelete.children": "delete" };
    const cases: [string, object, object][] = [
        ["go", { name: "a", description: "" }, { name: "a" }],
        ["stay when they are something else", { description: "b" }, { description: "b" }],
        [
            "go out of their group",
            { onDelete: { unshare: false, children: "retain" } },
            { onDelete: { children: "retain" } },
        ],
        ["take their group with them when nothing else is in it", { onDelete: { unshare: false } }, {}],
        ["leave a group that was written empty", { onDelete: {} }, { onDelete: {} }],
        ["are nothing when the group is not there, or not known", { onDelete: "unknown" }, { onDelete: "unknown" }],
    ];
    for (const [what, given, left] of cases) {
        it(what, () => assert.deepEqual(without({ ...given }, defaults), left));
    }
});
