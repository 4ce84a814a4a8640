/**
 * The placeholder for a value that a preview does not know yet. Node programs use this one, whatever the property's
 * type (reference: `unknownValue` in the runtime's rpc module of @pulumi/pulumi).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value or anything inside it is unknown. */
export function hasUnknown(value: unknown): boolean {
    if (value === unknownValue) return true;
    if (Array.isArray(value)) return value.some(hasUnknown);
    return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
