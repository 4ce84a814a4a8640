import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { configKeys } from "../../clouds/settings";
import { parseTexts } from "../../core/json";
import { BlockedDeletion } from "./deletionErrors";
import type { Problem } from "./handler";
import { isProperties, type Properties, sameJson } from "./plainJson";
import { previousVersionsOf } from "./previousVersions";
import { hasUnknown } from "./unknown";

/** Options that have the same meaning for every resource that has them. */

type ReadConfig = (key: string) => string | undefined;

const tagsKey = configKeys.defaultTags;
const tagTexts = z.record(z.string(), z.string());

/** The names of a resource's inputs, in all forms of its arguments. */
export function inputNames(schema: z.ZodType): ReadonlySet<string> {
    if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape));
    if (!(schema instanceof z.ZodUnion)) return new Set();
    return new Set(schema.options.flatMap((option) => (option instanceof z.ZodType ? [...inputNames(option)] : [])));
}

/** The inputs among the properties, without computed outputs. */
export function onlyInputs(names: ReadonlySet<string>, properties: Properties): Properties {
    return Object.fromEntries(Object.entries(properties).filter(([key]) => names.has(key)));
}

function defaultTags(config: ReadConfig): Record<string, string> {
    const given = config(tagsKey);
    if (given === undefined) return {};
    try {
        return tagTexts.parse(parseTexts(given));
    } catch (error) {
        throw new UserError(
            `${tagsKey} must be a map of strings: set it with "pulumi config set --path '${tagsKey}.<key>' <value>"`,
            { cause: error },
        );
    }
}

/** The inputs with the default tags of the stack's configuration. A resource's own tags take precedence. */
export function withDefaultTags(names: ReadonlySet<string>, inputs: Properties, config: ReadConfig): Properties {
    if (!names.has("tags")) return inputs;
    const defaults = defaultTags(config);
    const { tags = {} } = inputs;
    if (Object.keys(defaults).length === 0 || !isProperties(tags)) return inputs;
    return { ...inputs, tags: { ...defaults, ...tags } };
}

/** The changed inputs that replace the object, as far as they are known. */
export function changedInputs(replaceOn: readonly string[], olds: Properties, news: Properties): string[] {
    return replaceOn.filter((key) => !hasUnknown(news[key]) && !sameJson(olds[key], news[key]));
}

/** Whether a replacement would delete a protected object. */
export function wouldDelete(olds: Properties, news: Properties): boolean {
    return olds.deleteProtection === true && !keepsVersions(news);
}

/** Reasons why deletion protection refuses a change. */
export function protectionProblems(change: {
    replaceOn: readonly string[];
    olds: Properties;
    news: Properties;
    /** The engine keeps the old object. */
    isRetained: boolean;
    /** The engine replaces the object although no input has changed. */
    isForced?: boolean;
}): Problem[] {
    const { replaceOn, olds, news, isRetained, isForced = false } = change;
    if (olds.deleteProtection !== true || isRetained) return [];
    const changed = changedInputs(replaceOn, olds, news);
    const isReplaced = isForced || changed.length > 0;
    const problem = (reason: string) => [{ property: "deleteProtection", reason }];
    if (isReplaced && wouldDelete(olds, news)) {
        const cause = isForced ? "a forced replacement" : `a change of ${changed.join(", ")}`;
        return problem(
            `is set, and ${cause} would replace the protected object: ` +
                'set deleteProtection: false and run "pulumi up" first',
        );
    }
    const count = keptCount(news);
    const versions = previousVersionsOf(olds);
    const lost = versions.slice(isReplaced ? Math.max(count - 1, 0) : count);
    if (lost.length === 0) return [];
    return problem(
        `is set, and this change would delete the earlier versions ${lost.join(", ")}: ` +
            'raise keepVersions, or set deleteProtection: false and run "pulumi up" first',
    );
}

/**
 * @param isFinalDelete the program no longer declares the resource, or the stack is destroyed
 * @throws BlockedDeletion if the object is protected
 */
export function refuseProtected(id: string, outs: Properties, { isFinalDelete }: { isFinalDelete: boolean }): void {
    if (outs.deleteProtection !== true || (keepsVersions(outs) && !isFinalDelete)) return;
    throw protectedFromDeletion(id);
}

/** The error for a protected object. */
export function protectedFromDeletion(id: string): BlockedDeletion {
    return new BlockedDeletion({ why: `${id} is protected from deletion`, options: ["deleteProtection: false"] });
}

function keepsVersions(properties: Properties): boolean {
    return keptCount(properties) > 0;
}

function keptCount({ keepVersions }: Properties): number {
    return typeof keepVersions === "number" ? keepVersions : 0;
}

/** If the cloud requires a name to be unique, a replacement cannot have the name of the kept object. */
export function versionProblems(uniqueInputs: readonly string[], news: Properties): Problem[] {
    const fixed = keepsVersions(news) ? uniqueInputs.filter((key) => news[key] !== undefined) : [];
    return fixed.map((property) => ({
        property,
        reason: "cannot be set together with keepVersions, because the kept versions need different values: remove it",
    }));
}

/**
 * The inputs with the ids of the kept versions, so that a preview knows them. The engine checks a replaced resource a
 * second time, without its old inputs.
 */
export function withPreviousVersions(
    names: ReadonlySet<string>,
    news: Properties,
    olds: Properties,
    replaced: { id: string; previousVersions: readonly string[] } | undefined,
): Properties {
    if (!names.has("previousVersions")) return news;
    const count = keptCount(news);
    const versions = replaced ? [replaced.id, ...replaced.previousVersions] : previousVersionsOf(olds);
    // Also set for no kept versions: a preview treats an omitted output, and everything that depends on it, as unknown.
    return { ...news, previousVersions: count > 0 ? versions.slice(0, count) : undefined };
}
