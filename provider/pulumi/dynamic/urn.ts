const prefix = "urn:pulumi:";
const typePrefix = "pulumi-nodejs:dynamic/machine-images:";

/**
 * A URN without the parts that all our URNs share, because it is stored twice with every resource. "~" marks an
 * omission.
 */
export function shortUrn(urn: string): string {
    const rest = urn.startsWith(prefix) ? urn.slice(prefix.length) : urn;
    return rest.replaceAll("~", "~~").replaceAll(typePrefix, "~:");
}

/** The full URN of a shortened one. */
export function fullUrn(short: string): string {
    return prefix + short.replace(/~[~:]/g, (escaped) => (escaped === "~:" ? typePrefix : "~"));
}

/** "urn:pulumi:dev::shop::", with which all URNs of a stack begin. */
export function stackPart(urn: string): string {
    return `${urn.split("::", 2).join("::")}::`;
}

/** The stack's name in a full URN, or in the part of it that names the stack. */
export function stackNameOf(urn: string): string {
    return urn.slice(prefix.length).split("::")[0] ?? "";
}

/** The stack of a full URN, for messages: "shop/dev". */
export function stackNameIn(urn: string): string {
    const project = urn.split("::")[1] ?? "";
    return `${project}/${stackNameOf(urn)}`;
}

/** A full URN without stack and project: type, parents and name. It survives a rename of the stack or project. */
export function localPart(urn: string): string {
    return urn.split("::").slice(2).join("::");
}

/** The resource type, for example "EcsImage"; undefined for other types than ours. */
export function typeIn(urn: string): string | undefined {
    return /machine-images:(\w+)$/.exec(urn.split("::")[2] ?? "")?.[1];
}

/** The resource's name in the program. */
export function nameIn(urn: string): string {
    return urn.split("::").at(-1) ?? urn;
}
