import { hasSecret, type Properties } from "./plainJson";

/** The options of a deletion, which mean the same for every resource whose inputs have them. */
const followed = ["onDelete", "deleteProtection", "timeouts", "keepVersions"] as const;

/**
 * What the state holds of an object, with the options of its deletion as they are declared now. The object itself has
 * kept those it was created with: advice to set an option would otherwise not help one that waits for its deletion.
 */
export function asDeclaredNow(olds: Properties, names: ReadonlySet<string>, now: Properties | undefined): Properties {
    if (!now) return olds;
    // A printed state tells no secrets.
    const told = followed.filter((key) => names.has(key) && !hasSecret(now[key]));
    const options = told.map((key) => [key, now[key]]);
    return { ...olds, ...Object.fromEntries(options) };
}
