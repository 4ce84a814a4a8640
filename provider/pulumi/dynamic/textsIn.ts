import { isProperties } from "./plainJson";
import { unknownValue } from "./unknown";

/** Every string and number in a value. */
export function textsIn(value: unknown): string[] {
    if (value === unknownValue) return [];
    if (typeof value === "string" || typeof value === "number") return [String(value)];
    if (Array.isArray(value)) return value.flatMap(textsIn);
    return isProperties(value) ? Object.values(value).flatMap(textsIn) : [];
}
