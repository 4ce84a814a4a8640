import { hasSecret, type Properties } from "./plainJson";

/** The deletion options that have the same meaning for every resource that has them. */
const declaredOptions = ["onDelete", "deleteProtection", "timeouts", "keepVersions"] as const;

/**
 * The properties of an object in the state, with the deletion options that the program declares now. The state keeps
 * the options with which the object was created, so that setting an option would not help an object that waits for its
 * deletion.
 */
export function asDeclaredNow(olds: Properties, names: ReadonlySet<string>, now: Properties | undefined): Properties {
    if (!now) return olds;
    // A printed state contains no secrets.
    const known = declaredOptions.filter((key) => names.has(key) && !hasSecret(now[key]));
    const options = known.map((key) => [key, now[key]]);
    return { ...olds, ...Object.fromEntries(options) };
}
