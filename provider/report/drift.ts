import { z } from "zod";
import type { KnownDependents } from "./cloudState/dependents";
import { changesByImage, recipientsOf } from "./plan/facts";
import type { Plan } from "./plan/plan";

/** Differences between the clouds and the stack's state, as far as they were read. */
export function driftOf({ changes, drift }: Plan, known: KnownDependents): string[] {
    const shares = changes.filter(({ type }) => type === "ImageShare");
    const noted = shares.flatMap(({ name, olds }) => {
        const others = z.array(z.string()).catch([]).parse(olds?.outputs.otherRecipients);
        return others.length > 0
            ? [`the image of share ${name} is also shared with ${others.join(", ")}, which the share does not name`]
            : [];
    });
    if (known.from === "state") return [...new Set([...drift, ...noted])];
    const ids = new Map(changes.map(({ urn, olds }) => [urn, olds?.id]));
    const sharesOf = changesByImage(shares);
    const found = [...known.byUrn.entries()].flatMap(([urn, held]) => {
        if (known.unread.has(urn)) return [];
        const named = (sharesOf.get(ids.get(urn) ?? "") ?? []).flatMap(({ olds }) => recipientsOf(olds?.outputs));
        const others = held.shares.map(({ recipient }) => recipient).filter((recipient) => !named.includes(recipient));
        return others.length > 0
            ? [`${held.what} is shared with ${others.join(", ")}, which no share in this preview names`]
            : [];
    });
    return [...new Set([...drift, ...known.drift, ...noted, ...found])];
}
