import { createHash } from "node:crypto";

/** 32 hex digits that are derived from a name: objects of a world have the same ids with every seed. */
export function namedHex(name: string): string {
    return createHash("sha256").update(`huawei/${name}`).digest("hex").slice(0, 32);
}

/** A version 5 style UUID that is derived from a name. */
export function namedUuid(name: string): string {
    const hex = namedHex(name);
    const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
