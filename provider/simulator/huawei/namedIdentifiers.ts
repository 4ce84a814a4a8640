import { createHash } from "node:crypto";

/** 32 hex digits that follow from a name alone: objects of a world keep their ids under every seed. */
export function namedHex(name: string): string {
    return createHash("sha256").update(`huawei/${name}`).digest("hex").slice(0, 32);
}

/** A version 5 style UUID that follows from a name alone. */
export function namedUuid(name: string): string {
    const hex = namedHex(name);
    const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
