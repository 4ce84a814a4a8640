import type { Step } from "./randomProgram.ts";

const plain = { tags: {}, description: "", source: 0, unshare: false, isShared: false, isCopied: false } as const;

/** Sequences that failed once or that guard a change of the code. They run every time. */
export const found: readonly (readonly Step[])[] = [
    // A kill during a replacement, then the older description again: the older image is not replaced.
    [
        { do: "want", image: "a", as: plain },
        { do: "up" },
        { do: "change", nth: 0, to: { description: "one" } },
        { do: "up", disturbed: { kill: 2 } },
        { do: "change", nth: 0, to: { description: "" } },
        { do: "up" },
    ],
    // The deletion of a Huawei image was killed: the next run finishes it.
    [
        { do: "want", image: "e", as: { ...plain, isShared: true } },
        { do: "up" },
        { do: "destroy", disturbed: { kill: 2 } },
    ],
    // A stale list showed an image as not shared, and its share remained (seed 80280819).
    [
        { do: "want", image: "a", as: { ...plain, isShared: true } },
        { do: "up", disturbed: "faults" },
        { do: "share", nth: 0 },
        { do: "change", nth: 0, to: { source: 1 } },
        { do: "up", disturbed: "faults" },
    ],
];
