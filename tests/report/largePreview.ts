import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Step {
    op: string;
    urn: string;
    oldState?: { id?: string };
    newState?: { id?: string };
    [key: string]: unknown;
}

/** Recorded previews of the real engine: creations, updates and replacements. */
const samples = ["first-up", "tag-edit", "rename"].map((name): Step[] => {
    const text = readFileSync(join(import.meta.dirname, "fixtures", `${name}.json`), "utf8");
    const { steps }: { steps: Step[] } = JSON.parse(text);
    return steps.filter(({ urn }) => urn.includes("machine-images:"));
});

/** The same steps for other resources and objects. */
function copied(steps: readonly Step[], at: number): Step[] {
    const names = steps.map(({ urn }) => `::${urn.split("::").at(-1)}"`);
    const ids = steps.flatMap(({ oldState, newState }) => [oldState?.id, newState?.id]);
    let text = JSON.stringify(steps);
    for (const name of new Set(names)) text = text.replaceAll(name, `${name.slice(0, -1)}-${at}"`);
    for (const id of new Set(ids)) if (id) text = text.replaceAll(`"${id}"`, `"${id}-${at}"`);
    return JSON.parse(text);
}

/** A preview with this many steps, each of another resource. */
export function largePreview(count: number): { text: string; operations: readonly string[] } {
    const steps: Step[] = [];
    for (let at = 0; steps.length < count; at++) steps.push(...copied(samples[at % samples.length] ?? [], at));
    const taken = steps.slice(0, count);
    return { text: JSON.stringify({ config: {}, steps: taken, duration: 1 }), operations: taken.map(({ op }) => op) };
}
