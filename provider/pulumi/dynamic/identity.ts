import type { LeavingObject } from "./deletionErrors";
import type { ResourceIdentity } from "./handler";
import { nextOwner, type Owner, ownerIn, ownerKey, ownerText } from "./owner";
import type { Properties } from "./plainJson";
import { storedUrn } from "./plumbing";
import type { CurrentObject, Declared, Run } from "./run";
import type { BegunCreate, StackStates } from "./stackStates";

/** What is done with what an interrupted create left. */
export type Cleanup = "delete" | "name";

export interface CleansUp {
    /** Deletes, or names, what an interrupted create left of a resource that this run does not declare. */
    cleanUp(begun: BegunCreate, how: Cleanup): Promise<void>;
}

/** What the resources of one plugin process share. */
export interface Shared {
    readonly run: Run;
    readonly states: StackStates;
    /** The provider of a type of ours: what is left of a resource is cleaned up by its own, whichever runs. */
    readonly served?: (type: string) => CleansUp | undefined;
}

/** Who owns what a program declares. */
export interface DeclaredOwner {
    /** As it is stored; undefined in a state of version 0.1.0, and in the preview of a create. */
    readonly stored: unknown;
    readonly owner: Owner | undefined;
    /** The object that a new one replaces. */
    readonly replaced?: CurrentObject;
}

/**
 * Tells which resource a call of the engine is about, whatever it was called before.
 *
 * @param names of the inputs
 * @param mayStay whether an object that such inputs replace may be one that cannot be deleted
 */
export function identities(
    { run, states }: Shared,
    names: ReadonlySet<string>,
    mayStay: (news: Properties) => boolean = () => false,
) {
    /** A forced replacement comes without the old inputs and without a comparison: only the state tells of it. */
    async function forcedAt(urn: string, news: Properties): Promise<Owner | undefined> {
        const { keepVersions, deleteProtection } = news;
        const keeps = names.has("previousVersions") && typeof keepVersions === "number" && keepVersions > 0;
        const needsOld = keeps || deleteProtection === true || mayStay(news);
        const stored = needsOld ? await states.at(urn) : undefined;
        if (!stored) return undefined;
        run.resumes(urn, stored.inputs);
        return run.holds(stored.id, { ...stored.outputs, ...stored.inputs }, true);
    }

    const identity = {
        /** The owner of what is declared. Of a replacement the engine asks once more, without the old inputs. */
        async ownerOf(olds: Properties, news: Properties): Promise<DeclaredOwner> {
            const urn = storedUrn(news);
            if (Object.keys(olds).length > 0) return { stored: olds[ownerKey], owner: run.resumes(urn, olds) };
            const replaced = run.replacedAt(urn) ?? (await forcedAt(urn, news));
            if (!replaced) return { stored: news[ownerKey], owner: ownerIn(news) };
            const owner = nextOwner(replaced);
            return { stored: ownerText(owner), owner, replaced: run.currentOf(replaced) };
        },

        /** What is declared of the resource that has an object, also when the engine treats it as a new one. */
        async declarationFor(id: string, olds: Properties, owner: Owner | undefined): Promise<Declared | undefined> {
            const declared = run.declarationOf(owner);
            const asNew = declared ? undefined : run.newAt(storedUrn(olds));
            if (!asNew) return declared;
            const holder = await states.holderOf(id);
            return holder === "unknown" || holder?.urn === asNew.urn ? asNew : undefined;
        },

        /**
         * A destroy does not run the program: what was declared last are the inputs of the newest object. Undefined for
         * that object itself, which has them.
         */
        async lastDeclared(
            id: string,
            isFinalDelete: boolean,
            owner: Owner | undefined,
        ): Promise<Properties | undefined> {
            const newest = isFinalDelete && owner ? await states.currentOf(owner.id) : undefined;
            return newest?.id === id ? undefined : newest?.inputs;
        },

        /** Whether the engine leaves a replaced object alone, which it decides by the option as the state has it. */
        async isKeptByEngine(urn: string): Promise<boolean> {
            const stored = await states.at(urn);
            return stored === undefined || stored.isRetained;
        },

        /** An object whose resource has left the program, as commands have to name it. */
        async leavingObject(id: string, olds: Properties, owner: Owner | undefined): Promise<LeavingObject> {
            const place = await states.placeOf(id, owner, run.stack);
            const left = place?.ids.filter((one) => !run.hasDeleted(one)) ?? [];
            return { id, urn: place?.urn ?? identity.urnOf(olds, owner), isAmbiguous: left.length > 1 };
        },

        /** The URN of this run, where the program has told it. */
        urnOf: (properties: Properties, owner: Owner | undefined): string =>
            run.declarationOf(owner)?.urn ?? storedUrn(properties),

        identityOf: (properties: Properties, owner = ownerIn(properties)): ResourceIdentity => ({
            urn: identity.urnOf(properties, owner),
            owner,
            urnOfCreation: storedUrn(properties),
            replaces: run.currentOf(owner)?.id,
        }),
    };
    return identity;
}
