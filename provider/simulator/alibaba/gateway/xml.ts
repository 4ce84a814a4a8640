/** Characters to escape, and characters that XML cannot contain. */
const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
};

function escaped(value: unknown): string {
    return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Each element of a list is written under the name of the list. */
function element(name: string, value: unknown): string {
    if (value === undefined || value === null) return "";
    if (Array.isArray(value)) return value.map((item: unknown) => element(name, item)).join("");
    if (JSON.isRawJSON(value)) return element(name, value.rawJSON);
    const content = typeof value === "object" ? elements(value) : escaped(value);
    return `<${name}>${content}</${name}>`;
}

function elements(value: object): string {
    return Object.entries(value)
        .map(([name, part]) => element(name, part))
        .join("");
}

/** The XML document with the content of a JSON body. */
export function xmlDocument(root: string, body: object): string {
    return `<?xml version="1.0" encoding="UTF-8" ?>${element(root, body)}`;
}
