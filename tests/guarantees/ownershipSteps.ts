import fc from "fast-check";
import type { Name, Wanted } from "./ownershipProgram.ts";

/** How a run is disturbed: after its k-th change, the engine with its plugin is killed, or only the plugin. */
export type Disturbance = { readonly kill: number; readonly what: "engine" | "plugin" } | "lost answers";

/** How to run an up; `replace` and `target` are indexes of the names that the program wants. */
export interface How {
    readonly disturbed?: Disturbance;
    readonly replace?: number;
    readonly target?: number;
    readonly isRefreshed?: true;
}

/** One step; `stack` is an index of the stacks, `nth` an index of the names that its program wants. */
export type Step = { readonly stack: number } & (
    | { readonly do: "want"; readonly name: Name; readonly as: Wanted | undefined }
    | { readonly do: "change"; readonly nth: number; readonly to: Partial<Wanted> }
    | { readonly do: "up"; readonly how: How }
    | { readonly do: "refresh" }
    | { readonly do: "destroy"; readonly disturbed?: Disturbance }
    | { readonly do: "rename stack"; readonly to: string }
    | { readonly do: "rename project"; readonly to: string }
    /** `pulumi state rename`, and the same in the program. */
    | { readonly do: "rename"; readonly nth: number; readonly to: Name }
    /** An alias in the program. */
    | { readonly do: "alias"; readonly nth: number; readonly to: Name }
    | { readonly do: "alias parent"; readonly nth: number; readonly under: string | undefined }
    /** `pulumi state move` to the next stack. */
    | { readonly do: "move"; readonly nth: number }
    | { readonly do: "new stack"; readonly named: string }
);

const version = fc.constantFrom(0 as const, 1 as const, 2 as const);
const wanted: fc.Arbitrary<Wanted> = fc.record({
    version,
    keepVersions: fc.constantFrom(0 as const, 0 as const, 1 as const, 2 as const),
    use: fc.constantFrom(...(["", "", "", "copy", "ecs", "own", "server"] as const satisfies readonly Wanted["use"][])),
});

// The first names are more frequent, because these programs test the reuse of names.
const name = fc.constantFrom<Name[]>("a", "a", "a", "b", "b", "c", "e", "e", "f", "s", "s", "t");
const stackName = fc.constantFrom("dev", "prod", "old");
const nth = fc.nat({ max: 2 });
const stack = fc.constantFrom(0, 0, 1, 2);

const kill = fc.record({
    kill: fc.integer({ min: 1, max: 7 }),
    what: fc.constantFrom("engine" as const, "plugin" as const),
});
const disturbed: fc.Arbitrary<Disturbance> = fc.oneof(
    { arbitrary: kill, weight: 5 },
    { arbitrary: fc.constant("lost answers" as const), weight: 1 },
);
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });

const how: fc.Arbitrary<How> = fc
    .record({
        disturbed: fc.option(disturbed, { nil: undefined }),
        kind: fc.constantFrom("", "", "", "", "replace", "target", "refresh"),
        nth,
    })
    .map(({ disturbed: given, kind, nth: which }) => ({
        ...(given ? { disturbed: given } : {}),
        ...(kind === "replace" ? { replace: which } : {}),
        ...(kind === "target" ? { target: which } : {}),
        ...(kind === "refresh" ? { isRefreshed: true as const } : {}),
    }));

const change: fc.Arbitrary<Partial<Wanted>> = fc.oneof(
    { arbitrary: fc.record({ version }), weight: 4 },
    { arbitrary: wanted.map(({ keepVersions }) => ({ keepVersions })), weight: 1 },
    { arbitrary: wanted.map(({ use }) => ({ use })), weight: 1 },
);

const step: fc.Arbitrary<Step> = fc.oneof(
    { arbitrary: fc.record({ do: fc.constant("want"), stack, name, as: seldom(wanted) }), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant("want"), stack, name, as: fc.constant(undefined) }), weight: 2 },
    { arbitrary: fc.record({ do: fc.constant("change"), stack, nth, to: change }), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant("up"), stack, how }), weight: 8 },
    { arbitrary: fc.record({ do: fc.constant("refresh"), stack }), weight: 1 },
    { arbitrary: fc.record({ do: fc.constant("destroy"), stack, disturbed: seldom(kill) }), weight: 1 },
    { arbitrary: fc.record({ do: fc.constant("rename stack"), stack, to: stackName }), weight: 2 },
    {
        arbitrary: fc.record({ do: fc.constant("rename project"), stack, to: fc.constantFrom("test", "shop") }),
        weight: 1,
    },
    { arbitrary: fc.record({ do: fc.constant("rename"), stack, nth, to: name }), weight: 2 },
    { arbitrary: fc.record({ do: fc.constant("alias"), stack, nth, to: name }), weight: 2 },
    {
        arbitrary: fc.record({
            do: fc.constant("alias parent"),
            stack,
            nth,
            under: fc.constantFrom(undefined, "web:Site", "web:Place"),
        }),
        weight: 1,
    },
    { arbitrary: fc.record({ do: fc.constant("move"), stack, nth }), weight: 2 },
    { arbitrary: fc.record({ do: fc.constant("new stack"), stack, named: stackName }), weight: 2 },
);

/** Steps in clouds whose lists lag by this time. */
export interface Sequence {
    readonly lagSeconds: number;
    readonly steps: readonly Step[];
}

/** Sequences whose first step wants an object and whose second step creates it. */
export function sequences(options: { minLength: number; maxLength: number }): fc.Arbitrary<Sequence> {
    const first = fc.record({ do: fc.constant("want"), stack: fc.constant(0), name, as: wanted });
    const second = fc.record({ do: fc.constant("up"), stack: fc.constant(0), how });
    return fc.record({
        lagSeconds: fc.constantFrom(0, 0, 0, 0, 15, 60, 600, 3600),
        steps: fc
            .tuple(first, second, fc.array(step, { ...options, size: "max" }))
            .map(([wish, made, rest]): readonly Step[] => [wish, made, ...rest]),
    });
}
