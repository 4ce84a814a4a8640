import type { Output } from "@pulumi/pulumi";
import { z } from "zod";

/** A text that is only "${parameters.stage}" can stand for a value of any type. */
const whole = /^\$\{\s*parameters\.[A-Za-z][\w-]*\s*\}$/;

/** The same pattern for the JSON Schema, which editors use. */
export const referencePattern = "^\\$\\{\\s*parameters\\.[A-Za-z][A-Za-z0-9_-]*\\s*\\}$";

/** A reference to a parameter whose value is not known yet, in place of a value that is not a string. */
const unresolved = z
    .custom<never>((value) => typeof value === "string" && whole.test(value))
    .meta({ isReference: true });

/** Does not load Pulumi, which a validation does not need. */
const isOutput = (value: unknown) => typeof value === "object" && value !== null && "__pulumiOutput" in value;

function output<Value>() {
    return z.custom<Output<Value>>(isOutput).meta({ isOutput: true });
}

/** An argument of a resource: a value, a reference to a parameter, or an output that is the value of a parameter. */
export function argument<Value extends z.ZodType>(value: Value) {
    return z.union([value, unresolved, output<z.output<Value>>()]);
}

/** A string argument of a resource. It can contain references to parameters. */
export const text = () => z.union([z.string().min(1), output<string>()]);

/** A key that decides which resources exist. It cannot be an output, because it must be known first. */
export function setting<Value extends z.ZodType>(value: Value) {
    return z.union([value, unresolved]);
}

/** The name of an image, server, cloud, parameter or share. */
export const name = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, {
    error: 'a name must consist of letters, digits and "-", and begin with a letter',
});
