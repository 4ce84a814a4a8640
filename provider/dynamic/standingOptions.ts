import { z } from "zod";
import { UserError } from "../clouds/errors";
import { parseTexts } from "../clouds/json";
import { configKeys } from "../clouds/settings";
import type { Problem } from "./handler";
import { type Properties, sameJson } from "./plainJson";
import { hasUnknown } from "./unknown";

/** The options that mean the same for every resource whose inputs have them. */

type ReadConfig = (key: string) => string | undefined;

const tagsKey = configKeys.defaultTags;
const tagTexts = z.record(z.string(), z.string());

/** The names of a resource's inputs, whichever of its forms it takes. */
export function inputNames(schema: z.ZodType): ReadonlySet<string> {
    if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape));
    if (!(schema instanceof z.ZodUnion)) return new Set();
    return new Set(schema.options.flatMap((option) => (option instanceof z.ZodType ? [...inputNames(option)] : [])));
}

function defaultTags(config: ReadConfig): Record<string, string> {
    const given = config(tagsKey);
    if (given === undefined) return {};
    try {
        return tagTexts.parse(parseTexts(given));
    } catch (error) {
        throw new UserError(
            `${tagsKey} is no object of texts: set it with "pulumi config set --path '${tagsKey}.<key>' <value>"`,
            { cause: error },
        );
    }
}

/** The inputs with the tags that the stack's configuration gives to everything; a resource's own go before them. */
export function withDefaultTags(names: ReadonlySet<string>, inputs: Properties, config: ReadConfig): Properties {
    if (!names.has("tags")) return inputs;
    const defaults = defaultTags(config);
    const { tags = {} } = inputs;
    if (Object.keys(defaults).length === 0 || typeof tags !== "object" || tags === null) return inputs;
    return { ...inputs, tags: { ...defaults, ...tags } };
}

/** What a protected object's change would cost. */
export function protectionProblems(options: {
    replaceOn: readonly string[];
    olds: Properties;
    news: Properties;
}): Problem[] {
    const { replaceOn, olds, news } = options;
    if (olds.deleteProtection !== true || keepsVersions(olds)) return [];
    const changed = replaceOn.filter((key) => !hasUnknown(news[key]) && !sameJson(olds[key], news[key]));
    if (changed.length === 0) return [];
    const reason =
        `is set, and a change of ${changed.join(", ")} would replace what it protects: ` +
        "run up with deleteProtection: false first";
    return [{ property: "deleteProtection", reason }];
}

/** @throws UserError when an object that is about to go is protected */
export function refuseProtected(id: string, outs: Properties, isLeaving: boolean): void {
    if (outs.deleteProtection !== true || (keepsVersions(outs) && !isLeaving)) return;
    throw new UserError(whyProtected(id));
}

function keepsVersions({ keepVersions }: Properties): boolean {
    return typeof keepVersions === "number" && keepVersions > 0;
}

/** Names that the cloud allows once cannot stay while the object that has them is kept. */
export function versionProblems(uniqueInputs: readonly string[], news: Properties): Problem[] {
    const fixed = keepsVersions(news) ? uniqueInputs.filter((key) => news[key] !== undefined) : [];
    return fixed.map((property) => ({
        property,
        reason: "cannot be the same for every version that keepVersions keeps: leave it out",
    }));
}

/** What is known of the object that a resource has now. */
export interface KnownObject {
    id: string;
    previousVersions: string[];
}

/**
 * The inputs with the ids of the kept versions, so that a preview knows them: the engine checks a resource that is
 * being replaced once more, without its old inputs.
 */
export function withPreviousVersions(
    names: ReadonlySet<string>,
    news: Properties,
    olds: Properties,
    replaced: KnownObject | undefined,
): Properties {
    if (!names.has("previousVersions")) return news;
    const { keepVersions } = news;
    const count = typeof keepVersions === "number" ? keepVersions : 0;
    const isReplacement = Object.keys(olds).length === 0 && replaced !== undefined;
    const versions = isReplacement ? [replaced.id, ...replaced.previousVersions] : previousVersionsOf(olds);
    // None is said too: what is left out is unknown to a preview, and with it all that goes back to it.
    return { ...news, previousVersions: count > 0 ? versions.slice(0, count) : undefined };
}

export function previousVersionsOf({ previousVersions }: Properties): string[] {
    return Array.isArray(previousVersions) ? previousVersions.filter((id) => typeof id === "string") : [];
}

/** Why a protected object is not deleted. */
export const whyProtected = (id: string): string =>
    `${id} is protected from deletion: run up with deleteProtection: false first`;
