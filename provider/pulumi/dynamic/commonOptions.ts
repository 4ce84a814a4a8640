import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { configKeys } from "../../clouds/settings";
import { parseTexts } from "../../core/json";
import { BlockedDeletion } from "./deletionErrors";
import type { Problem } from "./handler";
import { isProperties, type Properties, sameJson } from "./plainJson";
import { previousVersionsOf } from "./previousVersions";
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

/** What a program gives, without what was computed. */
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
    if (Object.keys(defaults).length === 0 || !isProperties(tags)) return inputs;
    return { ...inputs, tags: { ...defaults, ...tags } };
}

/** The inputs whose change replaces the object, as far as they are known to change. */
export function changedInputs(replaceOn: readonly string[], olds: Properties, news: Properties): string[] {
    return replaceOn.filter((key) => !hasUnknown(news[key]) && !sameJson(olds[key], news[key]));
}

/** Whether the deletion of a replaced object is refused because it is protected. */
export function wouldDelete(olds: Properties, news: Properties): boolean {
    return olds.deleteProtection === true && !keepsVersions(news);
}

/** What a protected object's change would cost. */
export function protectionProblems(change: {
    replaceOn: readonly string[];
    olds: Properties;
    news: Properties;
    /** The engine leaves the old object alone. */
    isRetained: boolean;
    /** The engine replaces the object although no input differs. */
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
            `is set, and ${cause} would replace what it protects: ` +
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
 * @param isLeaving the resource has left the program, or the stack is destroyed
 * @throws BlockedDeletion when an object that is to be deleted is protected
 */
export function refuseProtected(id: string, outs: Properties, { isFinalDelete }: { isFinalDelete: boolean }): void {
    if (outs.deleteProtection !== true || (keepsVersions(outs) && !isFinalDelete)) return;
    throw protectedFromDeletion(id);
}

/** Why a protected object is not deleted. */
export function protectedFromDeletion(id: string): BlockedDeletion {
    return new BlockedDeletion({ why: `${id} is protected from deletion`, options: ["deleteProtection: false"] });
}

function keepsVersions(properties: Properties): boolean {
    return keptCount(properties) > 0;
}

function keptCount({ keepVersions }: Properties): number {
    return typeof keepVersions === "number" ? keepVersions : 0;
}

/** Names that the cloud allows once cannot stay while the object that has them is kept. */
export function versionProblems(uniqueInputs: readonly string[], news: Properties): Problem[] {
    const fixed = keepsVersions(news) ? uniqueInputs.filter((key) => news[key] !== undefined) : [];
    return fixed.map((property) => ({
        property,
        reason: "cannot be the same for every version that keepVersions keeps: leave it out",
    }));
}

/**
 * The inputs with the ids of the kept versions, so that a preview knows them: the engine checks a resource that is
 * being replaced once more, without its old inputs.
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
    // None is said too: what is left out is unknown to a preview, and with it all that goes back to it.
    return { ...news, previousVersions: count > 0 ? versions.slice(0, count) : undefined };
}
