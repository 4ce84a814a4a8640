import type { PlannedChange, ResourceState } from "./plan";

/**
 * Adds the references between resources, which an event log omits. They are inferred from ids in the inputs, so only
 * known ids count: the share that a server waits for stays unknown.
 */
export function withInferredReferences(changes: PlannedChange[]): PlannedChange[] {
    const byId = new Map(changes.flatMap(({ urn, olds }) => (olds?.id === undefined ? [] : [[olds.id, urn] as const])));
    const infer = (urn: string, state: ResourceState | undefined): ResourceState | undefined => {
        if (!state) return undefined;
        const named = ["image", "server"].flatMap((key): [string, string[]][] => {
            const id = state.inputs[key];
            const other = typeof id === "string" ? byId.get(id) : undefined;
            return other === undefined || other === urn ? [] : [[key, [other]]];
        });
        const dependencies = [...new Set([...state.dependencies, ...named.flatMap(([, urns]) => urns)])];
        return { ...state, dependencies, referredTo: { ...state.referredTo, ...Object.fromEntries(named) } };
    };
    return changes.map((change) => ({
        ...change,
        olds: infer(change.urn, change.olds),
        news: infer(change.urn, change.news),
    }));
}
