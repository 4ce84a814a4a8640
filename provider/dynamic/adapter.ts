import { z } from "zod";
import { UserError } from "../clouds/errors";
import { asDeclaredNow } from "./declaredOptions";
import type { Handler, Origin, Problem, Surroundings } from "./handler";
import { type Holders, holdersOf } from "./holders";
import { inputProblems } from "./inputProblems";
import { nextOwner, type Owner, ownerIn, ownerKey, ownerText, retainKey, urnKey } from "./owner";
import { type Properties, plainJson, sameJson } from "./plainJson";
import { previousVersionsOf } from "./previousVersions";
import { Run } from "./run";
import { type StackStates, unreadableStates } from "./stackStates";
import {
    inputNames,
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
export type Surround = (
    config: (key: string) => string | undefined,
    urn: string,
) => Omit<Surroundings, "holders"> & { holders?: Holders };

/** What the resources of one plugin process share. */
export interface Shared {
    readonly run: Run;
    readonly states: StackStates;
}

/** Keys that are Pulumi's plumbing and no input of the user's. */
const plumbingKeys: readonly string[] = ["__provider", urnKey, ownerKey, retainKey];
/** Those of them that a state holds. */
const storedPlumbing = ["__provider", urnKey, ownerKey];

function withoutPlumbing(properties: Properties): Properties {
    return plainJson(Object.fromEntries(Object.entries(properties).filter(([key]) => !plumbingKeys.includes(key))));
}

function plumbingOf(properties: Properties): Properties {
    return plainJson(Object.fromEntries(storedPlumbing.map((key) => [key, properties[key]])));
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

const storedUrn = (properties: Properties) => fullUrn(String(properties[urnKey] ?? ""));

/** Wraps a handler for the plugin: the guards that every resource needs (reference: pulumi.md section 1). */
export function adapt<Inputs extends object, State extends object>(
    handler: Handler<Inputs, State>,
    surround: Surround,
    { run, states }: Shared = { run: new Run(), states: unreadableStates },
): DynamicProvider {
    let config: (key: string) => string | undefined = () => undefined;
    const names = inputNames(handler.inputs);
    const holders = holdersOf(run, states);

    const surroundings = (urn: string): Surroundings => ({ holders, ...surround(config, urn) });
    /** The URN of this run, where the program has told it. */
    const urnOf = (properties: Properties, owner: Owner | undefined) =>
        run.declarationOf(owner)?.urn ?? storedUrn(properties);
    const originOf = (properties: Properties, owner = ownerIn(properties)): Origin => ({
        urn: urnOf(properties, owner),
        owner,
        replaces: run.currentOf(owner)?.id,
    });

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
        return handler.preflight({ ...surroundings(urn), news: parse(inputs), olds: parseOlds(olds) });
    }

    async function foreseen(inputs: Properties, olds: Properties, urn: string) {
        if (!handler.foresee) return { inputs: {}, problems: [] };
        return handler.foresee({ ...surroundings(urn), inputs, olds: parseOlds(olds) });
    }

    /** Who owns what is declared, and the object that it replaces: the engine then checks without the old inputs. */
    async function ownerOf(olds: Properties, news: Properties) {
        const urn = storedUrn(news);
        if (Object.keys(olds).length > 0) return { stored: olds[ownerKey], owner: run.resumes(urn, olds) };
        const replaced = run.replacedAt(urn) ?? (await forcedAt(urn, news));
        if (!replaced) return { stored: news[ownerKey], owner: ownerIn(news) };
        const owner = nextOwner(replaced);
        return { stored: ownerText(owner), owner, replaced: run.currentOf(replaced) };
    }

    /** A forced replacement comes without the old inputs and without a comparison: only the state tells of it. */
    async function forcedAt(urn: string, { keepVersions }: Properties): Promise<Owner | undefined> {
        const needsOld = names.has("previousVersions") && typeof keepVersions === "number" && keepVersions > 0;
        const stored = needsOld ? await states.at(urn) : undefined;
        if (!stored) return undefined;
        run.resumes(urn, stored.inputs);
        return run.holds(stored.id, { ...stored.outputs, ...stored.inputs }, true);
    }

    /** What is declared of the resource that has an object, also when the engine treats it as a new one. */
    async function declarationFor(id: string, olds: Properties, owner: Owner | undefined) {
        const declared = run.declarationOf(owner);
        const asNew = declared ? undefined : run.newAt(storedUrn(olds));
        if (!asNew) return declared;
        const holder = await states.holderOf(id);
        return holder === "unknown" || holder?.urn === asNew.urn ? asNew : undefined;
    }

    /** The run before may have been interrupted. A preview changes nothing, and looks like an up without changes. */
    function confirmLater(id: string, olds: Properties, owner: Owner | undefined): void {
        const around = surroundings(urnOf(olds, owner));
        around.whenSaved(async () => {
            if (run.isUnderWay) await handler.confirm?.({ ...around, id, olds: parseOutputs(withoutPlumbing(olds)) });
        });
    }

    return {
        configure: (request) => {
            // Synchronous and never failing: the plugin calls it once, does not wait, and does not try again.
            const given = request.config;
            config = (key) => given.get(key);
        },

        async check(olds, news) {
            const urn = storedUrn(news);
            try {
                const { stored, owner, replaced } = await ownerOf(olds, news);
                const given = withoutPlumbing(news);
                const tagged = withDefaultTags(names, given, config);
                const normal = plainJson(handler.normalise?.(tagged) ?? tagged);
                let inputs = withPreviousVersions(names, normal, withoutPlumbing(olds), replaced);
                const isRetained = news[retainKey] === true;
                const failures = [
                    ...inputProblems(handler, inputs),
                    ...protectionProblems({ replaceOn: handler.replaceOn, olds, news: inputs, isRetained }),
                    ...(isRetained ? [] : (handler.replacementProblems?.({ olds, news: inputs }) ?? [])),
                ];
                if (failures.length === 0) {
                    const ahead = await foreseen(inputs, olds, urn);
                    inputs = plainJson({ ...inputs, ...ahead.inputs });
                    failures.push(...ahead.problems);
                }
                if (failures.length === 0) failures.push(...(await preflight(inputs, olds, urn)));
                // Stored as they were: what a rename changes would be a change of the resource.
                const plumbing = { [urnKey]: olds[urnKey] ?? news[urnKey], [ownerKey]: stored };
                const checked = plainJson({ ...inputs, ...plumbing });
                if (owner) run.declares(urn, owner, checked);
                // A preview leaves the owner of what may be new unknown.
                if (!hasUnknown(news[ownerKey])) run.isUnderWay = true;
                return { inputs: checked, failures };
            } catch (error) {
                throw forUser(error);
            }
        },

        diff(id, olds, news) {
            const owner = run.holds(id, olds, true);
            run.compares(id);
            if (handler.confirm) confirmLater(id, olds, owner);
            const changed = (key: string) => hasUnknown(news[key]) || !sameJson(olds[key], news[key]);
            const replaces = handler.replaceOn.filter(changed);
            const staysUnique = (handler.uniqueInputs ?? []).some((key) => news[key] !== undefined && !changed(key));
            // `changes` is left out on purpose: the engine then computes a real, detailed difference.
            return { replaces, deleteBeforeReplace: staysUnique };
        },

        async create(news) {
            run.isUnderWay = true;
            const plumbed = plumbingOf(news);
            const owner = ownerIn(news);
            let begun: { id: string; state: State } | undefined;
            try {
                const inputs = parse(news);
                const { id, state } = await handler.create({
                    ...surroundings(urnOf(news, owner)),
                    news: inputs,
                    origin: originOf(news),
                    made: (newId, newState) => {
                        begun = { id: newId, state: newState };
                        run.creates(newId);
                    },
                    unmade: () => {
                        begun = undefined;
                    },
                });
                run.creates(id);
                return { id, outs: plainJson({ ...inputs, ...state, ...plumbed }) };
            } catch (error) {
                if (!begun) throw forUser(error);
                const properties = plainJson({ ...withoutPlumbing(news), ...begun.state, ...plumbed });
                throw Object.assign(forUser(error), { id: begun.id, properties, reasons: reasons(error) });
            }
        },

        async read(id, olds) {
            const owner = run.holds(id, olds, true);
            try {
                const outs = withoutPlumbing(olds);
                const found = await handler.read({
                    ...surroundings(urnOf(olds, owner)),
                    id,
                    origin: originOf(olds, owner),
                    isLeaving: run.declarationOf(owner) === undefined,
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
            run.isUnderWay = true;
            const plumbed = plumbingOf(news);
            const owner = run.holds(id, olds, true);
            try {
                const inputs = parse(news);
                const state = await handler.update({
                    ...surroundings(urnOf(news, owner)),
                    id,
                    origin: originOf(news, owner),
                    olds: parseOutputs(withoutPlumbing(olds)),
                    news: inputs,
                });
                return { outs: plainJson({ ...inputs, ...state, ...plumbed }) };
            } catch (error) {
                throw forUser(error);
            }
        },

        async delete(id, olds) {
            run.isUnderWay = true;
            const owner = run.holds(id, olds, false);
            const declared = await declarationFor(id, olds, owner);
            // What is deleted before its replacement is created is compared first, and declared later.
            const isLeaving = declared === undefined && !run.isCompared(id);
            const isCreatedHere = run.hasCreated(id);
            // A forced replacement may have created what was there already, and deletes "the old one" afterwards.
            if (!handler.hasSharedIds && (isCreatedHere || run.isCurrentElsewhere(id, owner))) return;
            const urn = urnOf(olds, owner);
            const beside = [...run.declaredBeside(owner), ...(isCreatedHere && declared ? [declared.inputs] : [])];
            const carryOut = async (now: Properties | undefined) => {
                const given = asDeclaredNow(olds, names, now);
                refuseProtected(id, given, { isLeaving, urn });
                await handler.delete({
                    ...surroundings(urn),
                    id,
                    origin: originOf(olds, owner),
                    isLeaving,
                    keeps: declared && previousVersionsOf(declared.inputs),
                    beside,
                    olds: parseOutputs(withoutPlumbing(given)),
                });
            };
            try {
                await carryOut(declared?.inputs).catch(async (error: unknown) => {
                    // A destroy does not run the program: the options declared last are those of the newest object.
                    const isRefusal = error instanceof UserError && isLeaving && owner !== undefined;
                    const newest = isRefusal ? await states.currentOf(owner.id) : undefined;
                    if (!newest || newest.id === id) throw error;
                    await carryOut(newest.inputs);
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
