import type { Properties } from "./plainJson";

/** The ids of the earlier versions that a resource keeps, newest first. */
export function previousVersionsOf({ previousVersions }: Properties): string[] {
    return Array.isArray(previousVersions) ? previousVersions.filter((id) => typeof id === "string") : [];
}
