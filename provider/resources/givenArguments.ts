import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../clouds/cloud";
import { shownValue } from "../pulumi/dynamic/issueReasons";
import { isProperties } from "../pulumi/dynamic/plainJson";

/** Checks arguments at run time: a program in JavaScript, or with a cast, bypasses the compiler. */

/** @throws RunError if the arguments of a resource are not an object */
export function argumentsOf<Args extends object>(resource: string, name: string, args: Args): Args {
    if (isProperties(args)) return args;
    throw new pulumi.RunError(
        `${resource} "${name}": the second argument must be an object with the resource's inputs, not ${shown(args)}`,
    );
}

/** The cloud, if it is a plain value. Undefined otherwise: the resource's check reports an invalid cloud. */
export function placeOf(cloud: unknown): Cloud | undefined {
    return isCloud(cloud) ? cloud : undefined;
}

function isCloud(cloud: unknown): cloud is Cloud {
    if (!isProperties(cloud) || typeof cloud.region !== "string") return false;
    return cloud.type === "alibaba" || cloud.type === "huawei";
}

/** Region ids without duplicates. @throws RunError if they are not a list of plain strings */
export function regionList(resource: string, name: string, input: string, given: unknown): string[] {
    if (given === undefined || given === null) return [];
    const isRegion = (item: unknown) => typeof item === "string" && item !== "";
    if (Array.isArray(given) && given.every(isRegion)) return [...new Set<string>(given)];
    const wrong = Array.isArray(given) ? given.find((item) => !isRegion(item)) : given;
    const found = Array.isArray(given) ? `a list with ${shown(wrong)}` : shown(given);
    throw new pulumi.RunError(
        `${resource} "${name}": ${input} must be a list of region ids such as ["cn-shanghai"], not ${found}`,
    );
}

/** A value as a sentence shows it. */
export function shown(value: unknown): string {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) return "an output";
    return typeof value === "function" ? "a function" : shownValue(value);
}
