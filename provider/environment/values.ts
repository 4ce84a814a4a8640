import type { Output } from "@pulumi/pulumi";
import { z } from "zod";

/** "${parameters.stage}" and nothing else, which stands for a value of any type. */
const whole = /^\$\{\s*parameters\.[A-Za-z][\w-]*\s*\}$/;

/** The pattern of such a reference, for editors. */
export const referencePattern = "^\\$\\{\\s*parameters\\.[A-Za-z][A-Za-z0-9_-]*\\s*\\}$";

/** A parameter whose value is not known yet, in the place of a value that is not a text. */
const unresolved = z
    .custom<never>((value) => typeof value === "string" && whole.test(value))
    .meta({ isReference: true });

/** Without loading Pulumi, which a validation does not need. */
const isOutput = (value: unknown) => typeof value === "object" && value !== null && "__pulumiOutput" in value;

function output<Value>() {
    return z.custom<Output<Value>>(isOutput).meta({ isOutput: true });
}

/** An argument of a resource: a value, a parameter, or what another resource gives for a parameter. */
export function argument<Value extends z.ZodType>(value: Value) {
    return z.union([value, unresolved, output<z.output<Value>>()]);
}

/** A text that is an argument of a resource; parameters may stand in it. */
export const text = () => z.union([z.string().min(1), output<string>()]);

/** What decides which resources there are: it must be known before anything else is. */
export function setting<Value extends z.ZodType>(value: Value) {
    return z.union([value, unresolved]);
}

/** How images, servers, clouds, parameters and shares are called. */
export const name = z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'a name is made of letters, digits and "-", and begins with a letter' });
