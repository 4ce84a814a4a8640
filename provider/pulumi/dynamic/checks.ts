import { z } from "zod";
import type { Check, CheckContext, Problem } from "./handler";
import { type Properties, sameJson } from "./plainJson";
import { hasUnknown } from "./unknown";

const nothing = z.object({});

/**
 * Declares a check by the inputs that it needs, so that it runs although others are unknown.
 *
 * @param needs a pick of the resource's inputs
 * @param find `news` are those inputs
 */
export function check<Needs extends z.ZodObject>(
    needs: Needs,
    find: (work: CheckContext & { news: z.output<Needs> }) => Promise<Problem[]>,
): Check {
    return checkKnowing(needs, nothing, find);
}

/**
 * Like `check`, of inputs that it looks at if they are known.
 *
 * @param knows inputs that may be missing; one that is unknown or malformed is missing in `known`
 */
export function checkKnowing<Needs extends z.ZodObject, Knows extends z.ZodObject>(
    needs: Needs,
    knows: Knows,
    find: (work: CheckContext & { news: z.output<Needs>; known: z.output<Knows> }) => Promise<Problem[]>,
): Check {
    const wanted = picker(needs);
    return {
        async find(work, inputs) {
            const picked = wanted(inputs);
            if (hasUnknown(picked)) return [];
            const news = needs.safeParse(picked);
            if (!news.success) return [];
            return find({ ...work, news: news.data, known: partOf(knows, inputs) });
        },
    };
}

function picker(schema: z.ZodObject): (inputs: Properties) => Properties {
    const names = Object.keys(schema.shape);
    return (inputs) => Object.fromEntries(names.filter((name) => name in inputs).map((name) => [name, inputs[name]]));
}

function partOf<Knows extends z.ZodObject>(knows: Knows, inputs: Properties): z.output<Knows> {
    const known = Object.entries(picker(knows)(inputs)).filter(
        ([name, value]) => !hasUnknown(value) && knows.shape[name]?.safeParse(value).success,
    );
    return knows.parse(Object.fromEntries(known));
}

/**
 * What the checks find. Those of one stage run together; a later stage runs when the stages before it found nothing,
 * because what is asked of a region that does not exist has no answer.
 */
export async function findProblems(
    stages: readonly (readonly Check[])[],
    work: CheckContext,
    inputs: Properties,
): Promise<Problem[]> {
    for (const stage of stages) {
        const found = await Promise.all(stage.map((one) => one.find(work, inputs)));
        const problems = distinct(found.flat());
        if (problems.length > 0) return problems;
    }
    return [];
}

function distinct(problems: readonly Problem[]): Problem[] {
    return problems.filter((problem, index) => problems.findIndex((other) => sameJson(other, problem)) === index);
}

/** Whether `up` would create an object: the first, or one that replaces the old object. */
export function isCreation(replaceOn: readonly string[], olds: Properties, news: Properties): boolean {
    if (Object.keys(olds).length === 0) return true;
    return replaceOn.some((name) => hasUnknown(news[name]) || !sameJson(olds[name], news[name]));
}

/**
 * Two places that differ are a problem of their own, but not what is wrong when one of them does not exist.
 *
 * @param places finds what is wrong with the place that the resource names
 */
export async function instead(failures: Problem[], places: () => Promise<Problem[]>): Promise<Problem[]> {
    const isAboutPlaces = failures.every(({ property }) => property === "image" || property === "cloud.region");
    // What the program gets wrong can be told without the cloud.
    const found = isAboutPlaces ? await places().catch(() => []) : [];
    return found.length > 0 ? found : failures;
}
