const constantParts: readonly (readonly [string, string])[] = [
    ["urn:pulumi:", ""],
    ["pulumi-nodejs:dynamic/machine-images:", "~"],
];

/** A URN without what is the same in all of ours: it is stored twice with every resource. */
export function shortUrn(urn: string): string {
    return constantParts.reduce((text, [long, short]) => text.replaceAll(long, short), urn);
}

/** The URN that was shortened. */
export function fullUrn(short: string): string {
    return `urn:pulumi:${short.replaceAll("~", "pulumi-nodejs:dynamic/machine-images:")}`;
}
