import { z } from "zod";
import type { KnownDependents } from "./cloudState/dependents";
import { changesByImage, recipientsOf } from "./plan/facts";
import type { Plan } from "./plan/plan";

/** What the clouds hold that the code does not say, as far as it was seen. */
export function driftOf({ changes, drift }: Plan, known: KnownDependents): string[] {
    const shares = changes.filter(({ type }) => type === "ImageShare");
    const noted = shares.flatMap(({ name, olds }) => {
        const others = z.array(z.string()).catch([]).parse(olds?.outputs.otherRecipients);
        return others.length > 0
            ? [`besides share ${name}, somebody else shares its image with ${others.join(", ")}`]
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
            ? [`${held.what} is shared with ${others.join(", ")}, which no share in this preview's changes names`]
            : [];
    });
    return [...new Set([...drift, ...known.drift, ...noted, ...found])];
}
