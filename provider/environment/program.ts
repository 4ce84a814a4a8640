/**
 * A whole program that runs an environment file: `module.exports = require("pulumi-machine-images/program")`.
 *
 * The stack's configuration says which file, and gives values of its parameters:
 * `pulumi config set machine-images:environment shop.yaml`,
 * `pulumi config set --path machine-images:parameters.version 1.1.0`.
 *
 * @module
 */
import "pulumi-machine-images/node-version";

import * as pulumi from "@pulumi/pulumi";
import { configKeys } from "../clouds/settings";
import { readText } from "../clouds/textFiles";
import { parseTexts } from "../core/json";
import { hasSecret } from "../pulumi/dynamic/secretInputs";
import { hiderOf } from "../pulumi/dynamic/secretTexts";
import { textsIn } from "../pulumi/dynamic/textsIn";
import { warnOfUnknownKeys } from "../pulumi/dynamic/unknownKeys";
import { CustomImage } from "../resources/customImage";
import { Environment, type EnvironmentArgs } from "./component";
import { configuredParameters } from "./configuredParameters";

const keys = { file: configKeys.environment, parameters: configKeys.parameters };

// Before the file is read: the misspelt key may be the one that names it.
warnOfUnknownKeys();

// The project's name, so that a file that is moved, or chosen by the stack, renames nothing.
const environment = withoutSecrets(() => new Environment(pulumi.getProject(), configured()));

/** The images' ids, by their names in the file. */
export const images = Object.fromEntries(Object.entries(environment.images).map(([name, { id }]) => [name, id]));

/** The ids of the images' copies, by the images' names in the file and by region. */
export const copies = Object.fromEntries(
    Object.entries(environment.images).flatMap(([name, image]) => {
        const inRegions = image instanceof CustomImage ? Object.entries(image.copies) : [];
        const ids = Object.fromEntries(inRegions.map(([region, copy]) => [region, copy.id]));
        return inRegions.length > 0 ? [[name, ids]] : [];
    }),
);

/** The servers' ids, by their names in the file, each name's in their order. */
export const servers = Object.fromEntries(
    Object.entries(environment.servers).map(([name, those]) => [name, those.map(({ id }) => id)]),
);

function configured(): EnvironmentArgs {
    const file = pulumi.runtime.getConfig(keys.file) ?? "environment.yaml";
    const text = textOf(file);
    const keep = (value: string | number | boolean) => pulumi.secret(value);
    const secret = hasSecret(keys.parameters) ? keep : undefined;
    const values = pulumi.runtime.getConfig(keys.parameters);
    return { file, parameters: configuredParameters({ file, text, values, secret }) };
}

/** What goes wrong, in one line, without the values of parameters when there is a secret among them. */
function withoutSecrets<Made>(make: () => Made): Made {
    try {
        return make();
    } catch (error) {
        const values = hasSecret(keys.parameters) ? (pulumi.runtime.getConfig(keys.parameters) ?? "") : "";
        const message = error instanceof Error ? error.message : String(error);
        // Without the cause, which has the values, too.
        throw new pulumi.RunError(hiderOf(textsIn(textsOrNone(values)))(message));
    }
}

function textsOrNone(json: string): unknown {
    try {
        return parseTexts(json);
    } catch {
        return undefined;
    }
}

function textOf(file: string): string {
    try {
        return readText(file);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const advice = `name the file with "pulumi config set ${keys.file} <path>", seen from ${process.cwd()}`;
        throw new pulumi.RunError(`the environment file ${file} cannot be read: ${reason}: ${advice}`, {
            cause: error,
        });
    }
}
