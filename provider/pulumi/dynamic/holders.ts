import type { Time } from "../../core/time";
import { type Owner, ownerIn } from "./owner";
import type { Properties } from "./plainJson";
import { Run } from "./run";
import type { Holding, StackStates, StoredResource, UnfinishedCreates } from "./stackStates";
import { nameIn, stackNameIn } from "./urn";

/** Who holds an object, according to this run first, then to the states of the stacks. */
export interface Holders {
    /** Whether this run knows that the state holds the object, or has created the object. */
    isHeldHere(id: string): boolean;
    /** Whether the state of any stack holds the object. */
    holding(id: string): Promise<Holding>;
    /** The URNs of the resources of all stacks that hold the object. */
    urnsHolding(id: string): Promise<string[]>;
    /** Whether this run has deleted the object, which lists may still show. */
    isDeletedHere(id: string): boolean;
    /**
     * The other resources of all stacks with this value of an input, as the program declares them now, otherwise as a
     * state holds them. Without the resources whose deletion this run has begun.
     *
     * @returns their inputs; for resources that only a state holds, also their outputs
     */
    othersWith(owner: Owner | undefined, input: { name: string; value: unknown }): Promise<Properties[]>;
    /**
     * Another resource that holds the object as its current or an earlier version, in any stack. Excludes resources that
     * this run deletes.
     *
     * @param owner the owner in the state; if undefined (uncertain), only other stacks count
     * @returns the names of the stack and the resource, for display
     */
    otherHolder(id: string, owner: Owner | undefined): Promise<{ stack: string; name: string } | undefined>;
    /** Waits for this run's deletions of objects with this value of an input. @returns false if there are none */
    departed(input: { name: string; value: unknown }, time: Time, pollMs: number): Promise<boolean>;
    /** Deletes an object that another object's resource owns, unless the engine is deleting it at the moment. */
    deletedOnce(id: string, deletion: () => Promise<void>): Promise<void>;
    /** The resources of all stacks with this value of an input, as the states have them. */
    storedWith(input: { name: string; value: unknown }): Promise<readonly StoredResource[] | "unknown">;
    /** Creates that have begun and not ended, of a resource with this type, parents and name. */
    unfinishedCreates(urn: string): Promise<UnfinishedCreates>;
    /** The inputs of this stack's creates that have begun and not ended, with this value of an input. */
    begunWith(input: { name: string; value: unknown }): Promise<Properties[]>;
}

export function holdersOf(run: Run, states: StackStates): Holders {
    // A copied state has the same owners.
    const isElsewhere = ({ urn }: StoredResource) => run.stack !== undefined && !urn.startsWith(run.stack);
    return {
        isHeldHere: (id) => run.isHeld(id),
        holding: async (id) => (run.isHeld(id) ? "held" : states.holding(id)),
        urnsHolding: async (id) => (await states.holdersOf(id)).map(({ urn }) => urn),
        isDeletedHere: (id) => run.hasDeleted(id),
        async othersWith(owner, { name, value }) {
            const stored = await states.withInput(name, value);
            // Resources that the program has declared in the meantime count too.
            const declared = run.declaredBeside(owner).filter((inputs) => inputs[name] === value);
            if (stored === "unknown") return declared;
            const held = stored.filter((one) => {
                const other = ownerIn(one.inputs);
                if (one.phase !== "held") return false;
                if (isElsewhere(one)) return true;
                return other?.id !== owner?.id && !run.isDeleting(other) && run.declarationOf(other) === undefined;
            });
            return [...declared, ...held.map(({ inputs, outputs }) => ({ ...outputs, ...inputs }))];
        },
        async otherHolder(id, owner) {
            const all = await states.holdersOf(id);
            const other = all.find((one) => {
                if (isElsewhere(one)) return true;
                const its = ownerIn({ ...one.outputs, ...one.inputs });
                return owner !== undefined && its?.id !== owner.id && !run.isDeleting(its);
            });
            return other && { stack: stackNameIn(other.urn), name: nameIn(other.urn) };
        },
        departed: (input, time, pollMs) => run.departures.waitFor(input, time, pollMs),
        deletedOnce: async (id, deletion) => {
            if (!run.departures.isUnderWay(id)) await run.departures.during(id, {}, deletion);
        },
        storedWith: ({ name, value }) => states.withInput(name, value),
        unfinishedCreates: (urn) => states.unfinishedCreates(urn),
        async begunWith({ name, value }) {
            const begun = run.stack === undefined ? [] : await states.begunIn(run.stack);
            return begun.flatMap(({ inputs }) => (inputs[name] === value ? [inputs] : []));
        },
    };
}

/** Holders before a run, from the states of the stacks only. @param stack the part of its URNs that names the stack */
export function holdersBefore(stack: string | undefined, states: StackStates): Holders {
    const run = new Run();
    run.stack = stack;
    return holdersOf(run, states);
}

/** Holders outside a run: the holder of every object is unknown, so no object counts as free. */
export const unknownHolders: Holders = {
    isHeldHere: () => false,
    holding: async () => "unknown",
    urnsHolding: async () => [],
    isDeletedHere: () => false,
    othersWith: async () => [],
    otherHolder: async () => undefined,
    departed: async () => false,
    deletedOnce: (_id, deletion) => deletion(),
    storedWith: async () => "unknown",
    unfinishedCreates: async () => ({ here: [], areElsewhere: false }),
    begunWith: async () => [],
};
