import { z } from "zod";
import type { Check, CheckContext, Problem } from "./handler";
import { type Properties, sameJson } from "./plainJson";
import { hasUnknown } from "./unknown";

const nothing = z.object({});

/**
 * Defines a check with the inputs that it needs. The check runs as soon as they are known, even if others are unknown.
 *
 * @param needs a pick of the resource's inputs
 * @param find receives those inputs as `news`
 */
export function check<Needs extends z.ZodObject>(
    needs: Needs,
    find: (work: CheckContext & { news: z.output<Needs> }) => Promise<Problem[]>,
): Check {
    return checkKnowing(needs, nothing, find);
}

/**
 * Like `check`, with further inputs that are used if they are known.
 *
 * @param knows optional inputs; an unknown or malformed one is missing in `known`
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
 * Runs the checks of one stage together, and a later stage only if the earlier stages found no problem: for example, a
 * region that does not exist cannot be asked for its plans.
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

/** Whether `up` would create an object: the first one, or a replacement. */
export function isCreation(replaceOn: readonly string[], olds: Properties, news: Properties): boolean {
    if (Object.keys(olds).length === 0) return true;
    return replaceOn.some((name) => hasUnknown(news[name]) || !sameJson(olds[name], news[name]));
}

/**
 * Two different places are a problem of the inputs. If one of the places does not exist, that problem is reported
 * instead.
 *
 * @param places checks the place that the resource names
 */
export async function instead(failures: Problem[], places: () => Promise<Problem[]>): Promise<Problem[]> {
    const isAboutPlaces = failures.every(({ property }) => property === "image" || property === "cloud.region");
    // The failures are known without the cloud, so an error of the cloud is ignored.
    const found = isAboutPlaces ? await places().catch(() => []) : [];
    return found.length > 0 ? found : failures;
}
