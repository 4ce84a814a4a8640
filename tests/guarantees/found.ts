import type { Step } from "./randomProgram.ts";

const plain = { tags: {}, description: "", source: 0, unshare: false, isShared: false, isCopied: false } as const;

/** Steps at which something went wrong once, or that a change of the code must not go wrong at: run every time. */
export const found: readonly (readonly Step[])[] = [
    // A kill in the middle of a replacement, then the older description again: the older image is not replaced.
    [
        { do: "want", image: "a", as: plain },
        { do: "up" },
        { do: "change", nth: 0, to: { description: "one" } },
        { do: "up", disturbed: { kill: 2 } },
        { do: "change", nth: 0, to: { description: "" } },
        { do: "up" },
    ],
    // A deletion of a Huawei image that was killed on its way is gone on with.
    [
        { do: "want", image: "e", as: { ...plain, isShared: true } },
        { do: "up" },
        { do: "destroy", disturbed: { kill: 2 } },
    ],
    // A stale list said that an image is shared with nobody, and its share stayed (seed 80280819).
    [
        { do: "want", image: "a", as: { ...plain, isShared: true } },
        { do: "up", disturbed: "faults" },
        { do: "share", nth: 0 },
        { do: "change", nth: 0, to: { source: 1 } },
        { do: "up", disturbed: "faults" },
    ],
];
