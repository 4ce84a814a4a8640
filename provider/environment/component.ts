import * as pulumi from "@pulumi/pulumi";
import { readText } from "../clouds/textFiles";
import { isProperties } from "../pulumi/dynamic/plainJson";
import { argumentsOf, shown } from "../resources/givenArguments";
import type { ImageShare } from "../resources/imageShare";
import { ComponentImages, type EnvironmentImage } from "./componentImages";
import { componentServers, type EnvironmentServer } from "./componentServers";
import { sentence } from "./problem";

/** What an Environment takes. */
export interface EnvironmentArgs {
    /** Path of the environment file, from the folder in which the program runs. */
    file: string;
    /**
     * Values of the file's parameters, by name. What another resource gives can be the value of an argument of a
     * resource, but not of what decides which resources there are, such as `count`.
     */
    parameters?: Record<string, pulumi.Input<string | number | boolean>>;
}

/**
 * The images, shares and servers of an environment file, as resources below one component.
 *
 * @example
 * const shop = new Environment("shop", { file: "environment.yaml", parameters: { stage: "prod" } });
 * export const golden = shop.images.golden?.id;
 * export const web = shop.servers.web?.map((server) => server.id);
 */
export class Environment extends pulumi.ComponentResource {
    /** The images, by their names in the file. */
    public readonly images: Readonly<Record<string, EnvironmentImage>>;
    /** The shares of each image, by their names in the file. */
    public readonly shares: Readonly<Record<string, Readonly<Record<string, ImageShare>>>>;
    /** The servers of each name in the file, in their order. */
    public readonly servers: Readonly<Record<string, readonly EnvironmentServer[]>>;

    /** @throws with every problem of the file, each with its line and column, before anything is asked of the engine */
    constructor(name: string, args: EnvironmentArgs, options?: pulumi.ComponentResourceOptions) {
        const { file, parameters } = environmentArguments(name, args);
        // When it is needed: a program without environment files starts 0.1 s earlier without all that checks them.
        const { readEnvironment }: typeof import("./readEnvironment") = require("./readEnvironment");
        const { model, problems } = readEnvironment(file, textOf(file), {
            given: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, plainOrOutput(value)])),
            mustBeGiven: true,
            wrap: (value, { secret }) => (secret === true ? pulumi.secret(value) : value),
        });
        if (!model) throw new pulumi.RunError(problems.map(sentence).join("\n"));
        super("machine-images:index:Environment", name, {}, options);
        const below = { name, parent: this };
        const made = new ComponentImages(model, below);
        this.images = made.images;
        this.shares = made.shares;
        this.servers = componentServers(model, made, below);
        this.registerOutputs({
            images: Object.fromEntries(Object.entries(this.images).map(([key, image]) => [key, image.id])),
            servers: Object.fromEntries(
                Object.entries(this.servers).map(([key, servers]) => [key, servers.map((server) => server.id)]),
            ),
        });
    }
}

/** @throws RunError when a program that got past the compiler gives something else */
function environmentArguments(name: string, args: EnvironmentArgs): Required<EnvironmentArgs> {
    const { file, parameters } = argumentsOf("Environment", name, args);
    if (typeof file !== "string")
        throw new pulumi.RunError(`Environment "${name}": file must be the path of a file, not ${shown(file)}`);
    if (!isProperties(parameters ?? {}))
        throw new pulumi.RunError(`Environment "${name}": parameters must be an object, not ${shown(parameters)}`);
    return { file, parameters: parameters ?? {} };
}

function textOf(file: string): string {
    try {
        return readText(file);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new pulumi.RunError(`environment file ${file} cannot be read: ${reason}`, { cause: error });
    }
}

/** A promise becomes an output, which stays one; what is known is checked with the file. */
function plainOrOutput(value: pulumi.Input<string | number | boolean>): unknown {
    return typeof value === "object" ? pulumi.output(value) : value;
}
