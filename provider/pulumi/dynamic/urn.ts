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

/** "urn:pulumi:dev::shop::", which all URNs of a stack begin with. */
export function stackPart(urn: string): string {
    return `${urn.split("::", 2).join("::")}::`;
}

/** The stack's name in a full URN, or in the part of it that names the stack. */
export function stackNameOf(urn: string): string {
    return urn.slice(prefix.length).split("::")[0] ?? "";
}

/** The stack of a full URN, for people: "shop/dev". */
export function stackNameIn(urn: string): string {
    const project = urn.split("::")[1] ?? "";
    return `${project}/${stackNameOf(urn)}`;
}

/** A full URN without stack and project: type, parents and name. It survives a rename of the stack or project. */
export function localPart(urn: string): string {
    return urn.split("::").slice(2).join("::");
}

/** "EcsImage"; undefined when the resource is none of ours. */
export function typeIn(urn: string): string | undefined {
    return /machine-images:(\w+)$/.exec(urn.split("::")[2] ?? "")?.[1];
}

/** The name that the program gave. */
export function nameIn(urn: string): string {
    return urn.split("::").at(-1) ?? urn;
}
