import { inputNames, onlyInputs, withDefaultTags, withPreviousVersions } from "./commonOptions";
import { deletions } from "./deletion";
import type { Handler, HandlerContext, Problem } from "./handler";
import { type Holders, holdersOf } from "./holders";
import { type CleansUp, identities, type Shared } from "./identity";
import { inputChecks } from "./inputChecks";
import { asDeclared, shownProblem } from "./inputProblems";
import { type Owner, ownerIn, ownerKey, retainKey, urnKey } from "./owner";
import { type Properties, parseOutputs, plainJson, sameJson } from "./plainJson";
import { copiesOfKey, imageUseKey, plumbingOf, storedUrn, withoutPlumbing } from "./plumbing";
import { accountKey, reachedAccount, refuseOtherAccount } from "./reachedAccount";
import { Run } from "./run";
import { digestOf, type Hide, hiddenIn, hiddenProblem, hiderIn, secretPathsOf, secretsKey } from "./secretTexts";
import { unreadableStates } from "./stackStates";
import { limitsOf, lookupLimits, openStep, type Step } from "./step";
import { sweepBegun, undeclaredCreates } from "./undeclaredCreates";
import { hasUnknown } from "./unknown";

/** The functions that Pulumi's dynamic provider plugin calls. Every result is plain JSON. */
export interface DynamicProvider extends CleansUp {
    configure(request: { config: { get(key: string): string | undefined } }): void;
    check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Problem[] }>;
    diff(id: string, olds: Properties, news: Properties): Promise<{ replaces: string[]; deleteBeforeReplace: boolean }>;
    create(news: Properties): Promise<{ id: string; outs: Properties }>;
    read(id: string, olds: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
    update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
    delete(id: string, olds: Properties): Promise<void>;
}

/** Creates the context of a step from the stack's configuration. */
export type OpenContext = (
    config: (key: string) => string | undefined,
    urn: string,
) => Omit<HandlerContext, "holders"> & { holders?: Holders };

/**
 * An error without secrets that the plugin prints as one line. With a stack trace, the plugin would print the lines of
 * the provider's own code.
 */
function forUser(error: unknown, hide: Hide): Error {
    if (!(error instanceof Error)) return new Error(hide(String(error)));
    error.message = hide(error.message);
    error.stack = "";
    return error;
}

/**
 * Wraps a handler for the plugin: the guards that every resource needs
 * (docs/reference/pulumi-engine.md#guards-around-handlers).
 */
export function adapt<Inputs extends object, State extends object>(
    handler: Handler<Inputs, State>,
    openContext: OpenContext,
    shared: Shared = { run: new Run(), states: unreadableStates },
): DynamicProvider {
    let config: (key: string) => string | undefined = () => undefined;
    const { run, states } = shared;
    const names = inputNames(handler.inputs);
    const holders = holdersOf(run, states);
    const undeclared = undeclaredCreates(shared);
    const owners = identities(shared, names, (news) => (handler.replacementProblems?.(news) ?? []).length > 0);
    const { ownerOf, isKeptByEngine, urnOf, identityOf } = owners;
    const { parse, problemsOf } = inputChecks(handler);

    /** The context of a step, whose messages show no secret. */
    function contextOf(urn: string, hide: Hide): HandlerContext {
        const given = { holders, ...openContext(config, urn) };
        return {
            ...given,
            report: (message) => given.report(hide(message)),
            warn: (message) => {
                const shown = hide(message);
                if (run.isFirst(shown)) given.warn(shown);
            },
        };
    }

    /** A step that only reads. */
    const reading = (urn: string, properties: Properties, hide: Hide): Step =>
        openStep(contextOf(urn, hide), lookupLimits(properties));
    /** A step that changes the cloud. */
    const changing = (verb: "create" | "update" | "delete", urn: string, properties: Properties, hide: Hide): Step =>
        openStep(contextOf(urn, hide), limitsOf(verb, properties, handler.timeLimits));

    const deleting = deletions({
        handler,
        shared,
        names,
        owners,
        undeclared,
        open: (urn, properties, hide) => changing("delete", urn, properties, hide),
    });

    /**
     * The earlier run may have been interrupted. The step has read limits: a preview and an `up` without changes call
     * this too.
     */
    function confirmLater(id: string, olds: Properties, owner: Owner | undefined): void {
        const { context } = reading(urnOf(olds, owner), olds, hiderIn(olds));
        context.whenSaved(async () => {
            const held = parseOutputs<Inputs & State>(withoutPlumbing(olds));
            if (run.isUnderWay) await handler.confirm?.({ ...context, id, olds: held });
        });
    }

    return {
        configure: (request) => {
            // Synchronous and must not fail: the plugin calls it once, does not await it, and does not retry.
            const given = request.config;
            config = (key) => given.get(key);
        },

        async check(olds, news) {
            const urn = storedUrn(news);
            // Set before anything can fail, and again when the inputs contain the default tags of the configuration.
            let hide = hiderIn(news, olds);
            try {
                const { stored, owner, replaced } = await ownerOf(olds, news);
                const given = withoutPlumbing(news);
                const tagged = withDefaultTags(names, given, config);
                const normal = plainJson(handler.normalise?.(tagged) ?? tagged);
                let inputs = withPreviousVersions(names, normal, withoutPlumbing(olds), replaced);
                hide = hiderIn({ ...inputs, ...plumbingOf(news) }, olds);
                const step = reading(urn, news, hide);
                const { failures, ahead } = await problemsOf(step, olds, inputs, {
                    urn,
                    imageUse: news[imageUseKey],
                    isPreview: hasUnknown(news[ownerKey]),
                    isRetained: news[retainKey] === true && (await isKeptByEngine(urn)),
                    replaced,
                    isForced: replaced !== undefined && !run.isCompared(replaced.id),
                });
                inputs = plainJson({ ...inputs, ...hiddenIn(ahead, hide) });
                // Keep the stored values: a rename must not appear as a change of the resource.
                const plumbing = { [urnKey]: olds[urnKey] ?? news[urnKey], [ownerKey]: stored };
                // A state of version 0.1.0 gets these keys with its first change, so that an upgrade alone plans no
                // change.
                const isLegacy = Object.keys(olds).length > 0 && stored === undefined;
                const isUnchangedLegacy = isLegacy && sameJson(inputs, withoutPlumbing(olds));
                const secrets = isUnchangedLegacy ? olds[secretsKey] : news[secretsKey];
                const checked = plainJson({ ...inputs, ...plumbing, [secretsKey]: secrets });
                if (owner) run.declares(urn, owner, checked);
                // In a preview, the owner of a resource that may be new is unknown.
                if (!hasUnknown(news[ownerKey])) run.isUnderWay = true;
                const secret = secretPathsOf(news);
                const shown = failures
                    .map((failure) => asDeclared(failure, news[copiesOfKey]))
                    .map((failure) => shownProblem(hiddenProblem(failure, secret, hide)));
                return { inputs: checked, failures: shown };
            } catch (error) {
                throw forUser(error, hide);
            }
        },

        async diff(id, olds, news) {
            const owner = run.holds(id, olds, true);
            const isFirst = !run.isCompared(id);
            run.compares(id);
            if (handler.confirm) confirmLater(id, olds, owner);
            const changed = (key: string) => hasUnknown(news[key]) || !sameJson(olds[key], news[key]);
            const replaces = handler.replaceOn.filter(changed);
            if (replaces.length > 0) run.departures.expect(id, withoutPlumbing(olds));
            const staysUnique = (handler.uniqueInputs ?? []).some((key) => news[key] !== undefined && !changed(key));
            if (run.isUnderWay && isFirst && replaces.length === 0)
                await deleting.sweepBeside(id, olds, owner, hiderIn(olds));
            // `changes` is omitted on purpose: the engine then computes a detailed difference.
            return { replaces, deleteBeforeReplace: staysUnique };
        },

        async create(news) {
            run.isUnderWay = true;
            const hide = hiderIn(news);
            const plumbed = plumbingOf(news);
            let begun: { id: string; state: State } | undefined;
            try {
                const inputs = parse(news);
                const step = changing("create", urnOf(news, ownerIn(news)), news, hide);
                undeclared.nameAtEnd(storedUrn(news), step.context);
                const { id, state } = await step.run(() =>
                    handler.create({
                        ...step.context,
                        news: inputs,
                        identity: identityOf(news),
                        idPart: (input) => (hide(input) === input ? input : digestOf(input)),
                        checkpoint: (newId, newState) => {
                            begun = { id: newId, state: newState };
                            run.creates(newId, newState);
                        },
                        clearCheckpoint: () => {
                            begun = undefined;
                        },
                    }),
                );
                run.creates(id, state);
                const account = await reachedAccount(run, step.context.clouds, news);
                return { id, outs: plainJson({ ...inputs, ...state, ...plumbed, [accountKey]: account }) };
            } catch (error) {
                const shown = forUser(error, hide);
                if (!begun) throw shown;
                const properties = plainJson({ ...withoutPlumbing(news), ...begun.state, ...plumbed });
                throw Object.assign(shown, { id: begun.id, properties, reasons: [shown.message] });
            }
        },

        async read(id, olds) {
            const hide = hiderIn(olds);
            const owner = run.holds(id, olds, true);
            try {
                const outs = withoutPlumbing(olds);
                const step = reading(urnOf(olds, owner), olds, hide);
                const found = await step.run(async () => {
                    await refuseOtherAccount(run, step.context.clouds, id, olds);
                    return handler.read({
                        ...step.context,
                        id,
                        identity: identityOf(olds, owner),
                        isFinalDelete: run.declarationOf(owner) === undefined,
                        olds: parseOutputs<Inputs & State>(outs),
                    });
                });
                if (!found) return {};
                const inputs = { ...onlyInputs(names, outs), ...found.inputs };
                const plumbed = plumbingOf(olds);
                return {
                    id,
                    props: plainJson({
                        ...outs,
                        ...inputs,
                        ...found.state,
                        ...plumbed,
                        [accountKey]: olds[accountKey],
                    }),
                    inputs: plainJson({ ...inputs, ...plumbed }),
                };
            } catch (error) {
                throw forUser(error, hide);
            }
        },

        async update(id, olds, news) {
            run.isUnderWay = true;
            const hide = hiderIn(news, olds);
            const owner = run.holds(id, olds, true);
            try {
                const inputs = parse(news);
                const step = changing("update", urnOf(news, owner), news, hide);
                const { clouds } = step.context;
                const state = await step.run(async () => {
                    await refuseOtherAccount(run, clouds, id, olds);
                    return handler.update({
                        ...step.context,
                        id,
                        identity: identityOf(news, owner),
                        olds: parseOutputs<Inputs & State>(withoutPlumbing(olds)),
                        news: inputs,
                    });
                });
                run.knows(state);
                const account = olds[accountKey] ?? (await reachedAccount(run, clouds, news));
                return { outs: plainJson({ ...inputs, ...state, ...plumbingOf(news), [accountKey]: account }) };
            } catch (error) {
                throw forUser(error, hide);
            }
        },

        async delete(id, olds) {
            run.isUnderWay = true;
            const hide = hiderIn(olds);
            try {
                await deleting.delete(id, olds, hide);
            } catch (error) {
                throw forUser(error, hide);
            }
        },

        cleanUp: (begun, how) =>
            sweepBegun(begun, { how, handler, run, step: changing("delete", begun.urn, begun.inputs, hiderIn({})) }),
    };
}
