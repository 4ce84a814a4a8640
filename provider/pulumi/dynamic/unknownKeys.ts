import * as pulumi from "@pulumi/pulumi";
import { configKeys } from "../../clouds/settings";
import { closestWord } from "../../core/closestWord";

const namespace = "machine-images";
const known: readonly string[] = Object.values(configKeys);

/** The stack resource of each run that has been checked. A program under mocks has none. */
const warned = new WeakSet<object>();
const withoutStack = {};

/** Warns about unknown configuration keys of the stack, once in each run. */
export function warnOfUnknownKeys(): void {
    const run = pulumi.runtime.getStackResource() ?? withoutStack;
    if (warned.has(run)) return;
    warned.add(run);
    const keys = Object.keys(pulumi.runtime.allConfig());
    for (const warning of unknownKeyWarnings(keys, pulumi.getProject())) void pulumi.log.warn(warning);
}

/**
 * The warnings about keys in this package's namespace that nothing reads.
 *
 * @param project the project's name. Keys without a namespace belong to the project's namespace, so a project with the
 * name of this package may have further keys.
 */
export function unknownKeyWarnings(keys: readonly string[], project: string): string[] {
    const unknown = keys.filter((key) => key.startsWith(`${namespace}:`) && !known.includes(key));
    return unknown.flatMap((key) => {
        const advice = adviceFor(key);
        if (advice === undefined && project === namespace) return [];
        const otherwise = "docs/configuration.md of pulumi-machine-images lists the keys";
        return [`configuration key ${key} is unknown and has no effect: ${advice ?? otherwise}`];
    });
}

function adviceFor(key: string): string | undefined {
    const root = known.find((one) => key.startsWith(`${one}.`) || key.startsWith(`${one}[`));
    if (root !== undefined) return `to set a value in ${root}, use "pulumi config set --path"`;
    const closest = closestWord(
        key.slice(namespace.length + 1),
        known.map((one) => one.slice(namespace.length + 1)),
    );
    return closest === undefined ? undefined : `did you mean ${namespace}:${closest}?`;
}
