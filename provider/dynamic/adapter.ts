import { z } from "zod";
import { UserError } from "../clouds/errors";
import { findProblems, instead, isCreation } from "./checks";
import type { Handler, Origin, Problem, Surroundings } from "./handler";
import { withImageUse } from "./imageUse";
import { inputProblems, shownProblem } from "./inputProblems";
import { type Properties, plainJson, sameJson } from "./plainJson";
import {
    inputNames,
    type KnownObject,
    previousVersionsOf,
    protectionProblems,
    refuseProtected,
    withDefaultTags,
    withPreviousVersions,
} from "./standingOptions";
import { hasUnknown } from "./unknown";
import { fullUrn } from "./urn";

/** What Pulumi's dynamic provider plugin calls; every result is plain JSON. */
export interface DynamicProvider {
    configure(request: { config: { get(key: string): string | undefined } }): void;
    check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Problem[] }>;
    diff(id: string, olds: Properties, news: Properties): { replaces: string[]; deleteBeforeReplace: boolean };
    create(news: Properties): Promise<{ id: string; outs: Properties }>;
    read(id: string, olds: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
    update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
    delete(id: string, olds: Properties): Promise<void>;
}

/** Makes what surrounds a step, once the stack's configuration is known. */
export type Surround = (config: (key: string) => string | undefined, urn: string) => Surroundings;

/** Keys that are Pulumi's plumbing and no input of the user's. */
const plumbing = { provider: "__provider", urn: "__urn", imageUse: "__imageUse" };

function withoutPlumbing(properties: Properties): Properties {
    const { [plumbing.provider]: _provider, [plumbing.urn]: _urn, [plumbing.imageUse]: _use, ...rest } = properties;
    return plainJson(rest);
}

function plumbingOf(properties: Properties): Properties {
    return plainJson({
        [plumbing.provider]: properties[plumbing.provider],
        [plumbing.urn]: properties[plumbing.urn],
    });
}

/** An error that the plugin prints as one line: it would print the stack of the provider's own code otherwise. */
function forUser(error: unknown): Error {
    if (!(error instanceof Error)) return new Error(String(error));
    error.stack = "";
    return error;
}

function reasons(error: unknown): string[] {
    return [error instanceof Error ? error.message : String(error)];
}

/** Wraps a handler for the plugin: the guards that every resource needs (reference: pulumi.md section 1). */
export function adapt<Inputs extends object, State extends object>(
    handler: Handler<Inputs, State>,
    surround: Surround,
): DynamicProvider {
    let config: (key: string) => string | undefined = () => undefined;
    /** What this run made, as "urn id". */
    const made = new Set<string>();
    /** What this run has been asked about, and so still is part of the program. */
    const declared = new Set<string>();
    /** What may be about to be replaced: a diff comes before the create of a replacement, unless the user forces it. */
    const known = new Map<string, KnownObject>();
    const names = inputNames(handler.inputs);

    const urnOf = (properties: Properties) => fullUrn(String(properties[plumbing.urn] ?? ""));
    const originOf = (properties: Properties): Origin => ({
        urn: urnOf(properties),
        replaces: known.get(urnOf(properties))?.id,
    });
    const isLeaving = (properties: Properties) => !declared.has(urnOf(properties));

    function parse(properties: Properties): Inputs {
        const parsed = handler.inputs.safeParse(withoutPlumbing(properties));
        if (parsed.success) return parsed.data;
        throw new UserError(z.prettifyError(parsed.error));
    }

    function parseOlds(olds: Properties): Inputs | undefined {
        const known = handler.inputs.safeParse(withoutPlumbing(olds));
        return known.success ? known.data : undefined;
    }

    async function preflight(inputs: Properties, olds: Properties, urn: string): Promise<Problem[]> {
        if (!handler.preflight || hasUnknown(inputs)) return [];
        return handler.preflight({ ...surround(config, urn), news: parse(inputs), olds: parseOlds(olds) });
    }

    async function withChecks(
        failures: Problem[],
        seen: Properties,
        { olds, urn }: { olds: Properties; urn: string },
    ): Promise<Problem[]> {
        if (!isCreation(handler.replaceOn, withoutPlumbing(olds), seen)) return failures;
        const stages = handler.checks ?? [];
        if (failures.length === 0) return findProblems(stages, surround(config, urn), seen);
        return instead(failures, () => findProblems(stages.slice(0, 1), surround(config, urn), seen));
    }

    async function foreseen(inputs: Properties, olds: Properties, urn: string) {
        if (!handler.foresee) return { inputs: {}, problems: [] };
        return handler.foresee({ ...surround(config, urn), inputs, olds: parseOlds(olds) });
    }

    return {
        configure: (request) => {
            // Synchronous and never failing: the plugin calls it once, does not wait, and does not try again.
            const given = request.config;
            config = (key) => given.get(key);
        },

        async check(olds, news) {
            declared.add(urnOf(news));
            try {
                const given = withoutPlumbing(news);
                const tagged = withDefaultTags(names, given, config);
                const normal = plainJson(handler.normalise?.(tagged) ?? tagged);
                let inputs = withPreviousVersions(names, normal, withoutPlumbing(olds), known.get(urnOf(news)));
                const seen = withImageUse(inputs, news[plumbing.imageUse]);
                let failures = [
                    ...inputProblems(handler, inputs, seen),
                    ...protectionProblems({ replaceOn: handler.replaceOn, olds, news: inputs }),
                ];
                failures = await withChecks(failures, seen, { olds, urn: urnOf(news) });
                if (failures.length === 0) {
                    const ahead = await foreseen(inputs, olds, urnOf(news));
                    inputs = plainJson({ ...inputs, ...ahead.inputs });
                    failures.push(...ahead.problems);
                }
                if (failures.length === 0) failures.push(...(await preflight(inputs, olds, urnOf(news))));
                // A renamed resource (an alias) keeps the URN that its marks in the cloud were made from.
                const urn = olds[plumbing.urn] ?? news[plumbing.urn];
                return { inputs: plainJson({ ...inputs, [plumbing.urn]: urn }), failures: failures.map(shownProblem) };
            } catch (error) {
                throw forUser(error);
            }
        },

        diff(id, olds, news) {
            known.set(urnOf(news), { id, previousVersions: previousVersionsOf(olds) });
            const changed = (key: string) => hasUnknown(news[key]) || !sameJson(olds[key], news[key]);
            const replaces = handler.replaceOn.filter(changed);
            const staysUnique = (handler.uniqueInputs ?? []).some((key) => news[key] !== undefined && !changed(key));
            // `changes` is left out on purpose: the engine then computes a real, detailed difference.
            return { replaces, deleteBeforeReplace: staysUnique };
        },

        async create(news) {
            const plumbed = plumbingOf(news);
            let begun: { id: string; state: State } | undefined;
            try {
                const inputs = parse(news);
                const { id, state } = await handler.create({
                    ...surround(config, urnOf(news)),
                    news: inputs,
                    origin: originOf(news),
                    made: (newId, newState) => {
                        begun = { id: newId, state: newState };
                    },
                    unmade: () => {
                        begun = undefined;
                    },
                });
                made.add(`${urnOf(news)} ${id}`);
                return { id, outs: plainJson({ ...inputs, ...state, ...plumbed }) };
            } catch (error) {
                if (!begun) throw forUser(error);
                const properties = plainJson({ ...withoutPlumbing(news), ...begun.state, ...plumbed });
                throw Object.assign(forUser(error), { id: begun.id, properties, reasons: reasons(error) });
            }
        },

        async read(id, olds) {
            try {
                const outs = withoutPlumbing(olds);
                const found = await handler.read({
                    ...surround(config, urnOf(olds)),
                    id,
                    origin: originOf(olds),
                    isLeaving: isLeaving(olds),
                    olds: parseOutputs(outs),
                });
                if (!found) return {};
                const inputs = { ...onlyInputs(outs), ...found.inputs };
                const plumbed = plumbingOf(olds);
                return {
                    id,
                    props: plainJson({ ...outs, ...inputs, ...found.state, ...plumbed }),
                    inputs: plainJson({ ...inputs, ...plumbed }),
                };
            } catch (error) {
                throw forUser(error);
            }
        },

        async update(id, olds, news) {
            const plumbed = plumbingOf(news);
            try {
                const inputs = parse(news);
                const state = await handler.update({
                    ...surround(config, urnOf(news)),
                    id,
                    origin: originOf(news),
                    olds: parseOutputs(withoutPlumbing(olds)),
                    news: inputs,
                });
                return { outs: plainJson({ ...inputs, ...state, ...plumbed }) };
            } catch (error) {
                throw forUser(error);
            }
        },

        async delete(id, olds) {
            // A forced replacement may have made what was there already, and deletes "the old one" afterwards.
            if (made.has(`${urnOf(olds)} ${id}`)) return;
            try {
                refuseProtected(id, olds, isLeaving(olds));
                await handler.delete({
                    ...surround(config, urnOf(olds)),
                    id,
                    origin: originOf(olds),
                    isLeaving: isLeaving(olds),
                    olds: parseOutputs(withoutPlumbing(olds)),
                });
            } catch (error) {
                throw forUser(error);
            }
        },
    };

    /** Outputs were written by a handler, perhaps of an older version: they are its state together with its inputs. */
    function parseOutputs(outs: Properties): Inputs & State {
        const typed: Inputs & State = JSON.parse(JSON.stringify(outs));
        return typed;
    }

    function onlyInputs(outs: Properties): Properties {
        return Object.fromEntries(Object.entries(outs).filter(([key]) => names.has(key)));
    }
}
