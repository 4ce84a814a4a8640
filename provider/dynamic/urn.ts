const prefix = "urn:pulumi:";
const typePrefix = "pulumi-nodejs:dynamic/machine-images:";

/** A URN without what is the same in all of ours: it is stored twice with every resource. "~" marks what is left out. */
export function shortUrn(urn: string): string {
    const rest = urn.startsWith(prefix) ? urn.slice(prefix.length) : urn;
    return rest.replaceAll("~", "~~").replaceAll(typePrefix, "~:");
}

/** The URN that was shortened. */
export function fullUrn(short: string): string {
    return prefix + short.replace(/~[~:]/g, (escaped) => (escaped === "~:" ? typePrefix : "~"));
}
