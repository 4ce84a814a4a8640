import { ownerKey, retainKey, urnKey } from "./owner";
import { type Properties, plainJson } from "./plainJson";
import { accountKey } from "./reachedAccount";
import { secretsKey } from "./secretTexts";
import { fullUrn } from "./urn";

/** The key of what the program declares about the image that it passes; never stored. */
export const imageUseKey = "__imageUse";

/** The key of the image's name in the program, for a copy that `copies` of the image declares; never stored. */
export const copiesOfKey = "__copiesOf";

/** Keys in a state that are not inputs of the user. */
const stored: readonly string[] = ["__provider", urnKey, ownerKey, secretsKey];
const all: readonly string[] = [...stored, accountKey, retainKey, imageUseKey, copiesOfKey];

/** The inputs and outputs that the user sees. */
export function withoutPlumbing(properties: Properties): Properties {
    return plainJson(Object.fromEntries(Object.entries(properties).filter(([key]) => !all.includes(key))));
}

/** The internal keys that are stored with them. */
export function plumbingOf(properties: Properties): Properties {
    return plainJson(Object.fromEntries(stored.map((key) => [key, properties[key]])));
}

/** The full URN in the properties of a program or a state. */
export const storedUrn = (properties: Properties): string => fullUrn(String(properties[urnKey] ?? ""));
