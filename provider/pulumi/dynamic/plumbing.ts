import { ownerKey, retainKey, urnKey } from "./owner";
import { type Properties, plainJson } from "./plainJson";
import { accountKey } from "./reachedAccount";
import { secretsKey } from "./secretTexts";
import { fullUrn } from "./urn";

/** What the program says of the image that it gives a resource; never stored. */
export const imageUseKey = "__imageUse";

/** Of a copy that `copies` of an image declares: the image's name in the program; never stored. */
export const copiesOfKey = "__copiesOf";

/** Keys that a state holds and that are no input of the user's. */
const stored: readonly string[] = ["__provider", urnKey, ownerKey, secretsKey];
const all: readonly string[] = [...stored, accountKey, retainKey, imageUseKey, copiesOfKey];

/** The inputs and outputs that the user knows. */
export function withoutPlumbing(properties: Properties): Properties {
    return plainJson(Object.fromEntries(Object.entries(properties).filter(([key]) => !all.includes(key))));
}

/** What is stored with them. */
export function plumbingOf(properties: Properties): Properties {
    return plainJson(Object.fromEntries(stored.map((key) => [key, properties[key]])));
}

/** The URN that a program or a state gives. */
export const storedUrn = (properties: Properties): string => fullUrn(String(properties[urnKey] ?? ""));
