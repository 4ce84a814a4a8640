import type { UndeclaredObject } from "./deletionErrors";
import type { ResourceIdentity } from "./handler";
import { nextOwner, type Owner, ownerIn, ownerKey, ownerText } from "./owner";
import type { Properties } from "./plainJson";
import { storedUrn } from "./plumbing";
import type { CurrentObject, Declared, Run } from "./run";
import type { BegunCreate, StackStates } from "./stackStates";

/** What to do with the orphans of an interrupted create: delete them, or name them in a warning. */
export type Cleanup = "delete" | "name";

export interface CleansUp {
    /** Deletes or names the orphans of an interrupted create whose resource this run does not declare. */
    cleanUp(begun: BegunCreate, how: Cleanup): Promise<void>;
}

/** What the resources of one plugin process share. */
export interface Shared {
    readonly run: Run;
    readonly states: StackStates;
    /** The provider of one of our resource types. It cleans up after its own type, whichever resource runs. */
    readonly served?: (type: string) => CleansUp | undefined;
}

/** The owner of a resource that the program declares. */
export interface DeclaredOwner {
    /** As stored; undefined in a state of version 0.1.0, and in the preview of a create. */
    readonly stored: unknown;
    readonly owner: Owner | undefined;
    /** The object that the new one replaces. */
    readonly replaced?: CurrentObject;
}

/**
 * Determines which resource a call of the engine is about, also if the resource had another name before.
 *
 * @param names the names of the inputs
 * @param mayStay whether the object that these inputs replace may be impossible to delete
 */
export function identities(
    { run, states }: Shared,
    names: ReadonlySet<string>,
    mayStay: (news: Properties) => boolean = () => false,
) {
    /**
     * For a forced replacement, the engine passes no old inputs and makes no comparison. Only the state has the old
     * object.
     */
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
        /** The owner of a declared resource. The engine checks a replacement a second time, without the old inputs. */
        async ownerOf(olds: Properties, news: Properties): Promise<DeclaredOwner> {
            const urn = storedUrn(news);
            if (Object.keys(olds).length > 0) return { stored: olds[ownerKey], owner: run.resumes(urn, olds) };
            const replaced = run.replacedAt(urn) ?? (await forcedAt(urn, news));
            if (!replaced) return { stored: news[ownerKey], owner: ownerIn(news) };
            const owner = nextOwner(replaced);
            return { stored: ownerText(owner), owner, replaced: run.currentOf(replaced) };
        },

        /** The declaration of the resource that has an object, also if the engine treats the resource as new. */
        async declarationFor(id: string, olds: Properties, owner: Owner | undefined): Promise<Declared | undefined> {
            const declared = run.declarationOf(owner);
            const asNew = declared ? undefined : run.newAt(storedUrn(olds));
            if (!asNew) return declared;
            const holder = await states.holderOf(id);
            return holder === "unknown" || holder?.urn === asNew.urn ? asNew : undefined;
        },

        /**
         * A destroy does not run the program: the last declaration is the inputs of the newest object. Undefined for
         * the newest object itself, which has those inputs.
         */
        async lastDeclared(
            id: string,
            isFinalDelete: boolean,
            owner: Owner | undefined,
        ): Promise<Properties | undefined> {
            const newest = isFinalDelete && owner ? await states.currentOf(owner.id) : undefined;
            return newest?.id === id ? undefined : newest?.inputs;
        },

        /** Whether the engine keeps a replaced object. It uses the option in the state, not the declared one. */
        async isKeptByEngine(urn: string): Promise<boolean> {
            const stored = await states.at(urn);
            return stored === undefined || stored.isRetained;
        },

        /** An object whose resource the program no longer declares, as commands must name it. */
        async undeclaredObject(id: string, olds: Properties, owner: Owner | undefined): Promise<UndeclaredObject> {
            const place = await states.placeOf(id, owner, run.stack);
            const left = place?.ids.filter((one) => !run.hasDeleted(one)) ?? [];
            return { id, urn: place?.urn ?? identity.urnOf(olds, owner), isAmbiguous: left.length > 1 };
        },

        /** The URN in this run, if the program has declared the resource. */
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
