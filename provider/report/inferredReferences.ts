import type { PlannedChange, ResourceState } from "./plan";

/**
 * The changes with what an event log leaves out: which resource refers to which. Found by the ids that they name, so
 * only as far as the ids are known: a share that a server waits for stays unknown.
 */
export function withInferredReferences(changes: PlannedChange[]): PlannedChange[] {
    const byId = new Map(changes.flatMap(({ urn, olds }) => (olds?.id === undefined ? [] : [[olds.id, urn] as const])));
    const infer = (urn: string, state: ResourceState | undefined): ResourceState | undefined => {
        if (!state) return undefined;
        const named = [state.inputs.image, state.inputs.server].flatMap((id) =>
            typeof id === "string" ? (byId.get(id) ?? []) : [],
        );
        const dependencies = [...new Set([...state.dependencies, ...named])].filter((other) => other !== urn);
        return { ...state, dependencies };
    };
    return changes.map((change) => ({
        ...change,
        olds: infer(change.urn, change.olds),
        news: infer(change.urn, change.news),
    }));
}
