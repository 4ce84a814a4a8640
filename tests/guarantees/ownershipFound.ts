import type { Sequence, Step } from "./ownershipSteps.ts";

const wanted = (name: "a" | "b" | "e" | "t", as: object): Step => ({
    do: "want",
    stack: 0,
    name,
    as: { version: 0, keepVersions: 0, use: "", ...as },
});
const up = (how: object = {}): Step => ({ do: "up", stack: 0, how });
const killed = (kill: number, what: "engine" | "plugin", how: object = {}): Step =>
    up({ disturbed: { kill, what }, ...how });
const sequence = (lagSeconds: number, ...steps: Step[]): Sequence => ({ lagSeconds, steps });

/** Sequences that failed once. They run every time. */
export const ownershipFound: readonly Sequence[] = [
    // The image that a killed plugin ordered is created during the next run, or under another name of the stack.
    sequence(0, wanted("e", {}), killed(1, "plugin"), { do: "rename stack", stack: 0, to: "old" }),
    sequence(0, wanted("e", { version: 2 }), killed(1, "plugin"), wanted("e", { version: 1 }), up()),
    // A refresh drops an image from the state after an interrupted deletion that left its backup.
    sequence(
        0,
        wanted("e", { version: 2 }),
        up(),
        { do: "want", stack: 0, name: "e", as: undefined },
        killed(1, "plugin"),
        up({ isRefreshed: true }),
    ),
    // The same for an image whose snapshot remains.
    sequence(
        0,
        wanted("b", {}),
        up(),
        { do: "want", stack: 0, name: "b", as: undefined },
        killed(1, "engine"),
        up({ isRefreshed: true }),
    ),
    // The same, with only a refresh before the next step.
    sequence(
        0,
        wanted("a", { use: "copy" }),
        up(),
        { do: "want", stack: 0, name: "a", as: undefined },
        killed(2, "engine"),
        { do: "refresh", stack: 0 },
    ),
    // A kill between the deletion of an earlier version and the deletion of its snapshot.
    sequence(
        15,
        wanted("b", { version: 1, keepVersions: 2, use: "copy" }),
        up(),
        up({ replace: 0 }),
        killed(6, "engine", { replace: 0 }),
        { do: "change", stack: 0, nth: 0, to: { version: 2 } },
    ),
    // If lists lag by an hour, an image, its share and its copies need several runs.
    sequence(3600, wanted("a", { version: 2, keepVersions: 1, use: "own" }), killed(3, "plugin"), {
        do: "rename stack",
        stack: 0,
        to: "prod",
    }),
    // The engine keeps the pending create of an image that was resumed, and the server is still busy with its backup.
    sequence(0, wanted("e", {}), killed(1, "engine"), up(), up({ replace: 0 })),
    // The same for an instance whose inputs change while lists lag by an hour.
    sequence(3600, wanted("t", {}), killed(1, "engine"), up(), {
        do: "change",
        stack: 0,
        nth: 0,
        to: { version: 2 },
    }),
    // A preview names a share that a killed plugin created, and that a person must remove.
    sequence(0, wanted("e", { use: "ecs" }), killed(2, "plugin"), wanted("e", { version: 2, use: "ecs" }), up()),
    // A killed plugin has ordered but not tagged a server, and its image is then replaced.
    sequence(60, wanted("a", { version: 1, keepVersions: 1, use: "server" }), killed(3, "plugin"), {
        do: "change",
        stack: 0,
        nth: 0,
        to: { version: 0 },
    }),
    // The same after another kill. An image from which another server was ordered is kept as an earlier version.
    sequence(
        0,
        wanted("a", { version: 0, keepVersions: 1, use: "server" }),
        killed(2, "engine"),
        killed(1, "engine"),
        { do: "change", stack: 0, nth: 0, to: { version: 1 } },
        up(),
    ),
    // Two killed forced replacements. The image that one left is kept as an earlier version when the other is deleted.
    sequence(
        0,
        wanted("a", { version: 0, keepVersions: 2, use: "own" }),
        up(),
        killed(3, "engine", { replace: 0 }),
        killed(3, "engine", { replace: 0 }),
    ),
];
