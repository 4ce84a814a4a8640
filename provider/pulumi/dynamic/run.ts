import { Departures } from "./departures";
import { digest, type Owner, ownerIn, type TaggedObject } from "./owner";
import { type Properties, sameJson } from "./plainJson";
import { previousVersionsOf } from "./previousVersions";
import { textsIn } from "./textsIn";
import { fullUrn, localPart, stackPart } from "./urn";

/** The object that a resource has now. */
export interface CurrentObject {
    readonly id: string;
    readonly previousVersions: readonly string[];
    /** The properties in the state. */
    readonly properties: Properties;
}

/** The declaration of a resource in this run. */
export interface Declared {
    readonly urn: string;
    readonly owner: Owner;
    readonly inputs: Properties;
}

/**
 * What one plugin process, which is one run of the engine, has seen. Resources are identified by their owner, not by
 * the URN in a state, which may be out of date or may now be the URN of another resource. All resources of a process
 * share one run.
 */
export class Run {
    /** Owners of the resources that had an object when the run began, by the local part of the program's URN. */
    private readonly before = new Map<string, Owner>();
    /**
     * The same for resources that the engine has only compared or deleted, by the local part of the URN in the state.
     */
    private readonly beforeByState = new Map<string, Owner>();
    private readonly declared = new Map<string, Declared>();
    private readonly current = new Map<string, CurrentObject>();
    /** Ids of objects that the state holds, with their owner ids. */
    private readonly held = new Map<string, string>();
    private readonly created = new Set<string>();
    /** Every string in the properties of current objects, which includes the ids of their snapshots and backups. */
    private readonly texts = new Set<string>();
    private readonly compared = new Set<string>();
    private readonly deleted = new Set<string>();
    /** Owner ids of the resources whose deletion has begun, because the program or the stack no longer has them. */
    private readonly deleting = new Set<string>();
    readonly departures = new Departures();
    private readonly accounts = new Map<string, Promise<string | undefined>>();
    private readonly lists = new Map<string, Promise<TaggedObject[]>>();
    /** Whether the run has created, changed or deleted anything. Always false in a preview. */
    public isUnderWay = false;
    /** The part of the stack's URNs that names the stack, as soon as it is known. */
    public stack: string | undefined;
    private readonly warnings = new Set<string>();
    private readonly doneOnce = new Map<string, Promise<unknown>>();

    /** Whether no resource of this run has shown the same warning before. */
    isFirst(warning: string): boolean {
        if (this.warnings.has(warning)) return false;
        this.warnings.add(warning);
        return true;
    }

    /** Runs the work once in a run. All callers wait for it. */
    async once(key: string, work: () => Promise<unknown>): Promise<void> {
        const done = this.doneOnce.get(key) ?? work();
        this.doneOnce.set(key, done);
        await done;
    }

    hasBegun(key: string): boolean {
        return this.doneOnce.has(key);
    }

    /** The account that a cloud's keys belong to. Looked up once in a run. */
    account(cloud: object, ask: () => Promise<string | undefined>): Promise<string | undefined> {
        const key = JSON.stringify(cloud);
        const known = this.accounts.get(key) ?? ask();
        this.accounts.set(key, known);
        return known;
    }

    /** Records that the program declares a resource that already has an object. */
    resumes(urn: string, olds: Properties): Owner | undefined {
        const owner = this.ownerOf(olds, urn);
        if (!owner) return undefined;
        this.before.set(localPart(urn), owner);
        for (const id of previousVersionsOf(olds)) this.held.set(id, owner.id);
        return owner;
    }

    /** A list that is requested only once in a run. */
    listed(place: readonly unknown[], list: () => Promise<TaggedObject[]>): Promise<TaggedObject[]> {
        const key = JSON.stringify(place);
        const known = this.lists.get(key) ?? list();
        this.lists.set(key, known);
        return known;
    }

    /** Records a declaration of the program. */
    declares(urn: string, owner: Owner, inputs: Properties): void {
        this.declared.set(owner.id, { urn, owner, inputs });
        this.stack ??= stackPart(urn);
    }

    /** Whether the program declares the resource of a create that an earlier run began. */
    declaresAgain({ urn, owner }: { readonly urn: string; readonly owner: Owner | undefined }): boolean {
        const local = localPart(urn);
        return [...this.declared.values()].some((one) => one.owner.id === owner?.id || localPart(one.urn) === local);
    }

    /** The owner of the object that a resource with this URN replaces; undefined if the resource is new. */
    replacedAt(urn: string): Owner | undefined {
        const local = localPart(urn);
        const known = this.before.get(local);
        if (known) return known;
        const byState = this.beforeByState.get(local);
        const isDeclaredElsewhere = [...this.before.values()].some(({ id }) => id === byState?.id);
        return isDeclaredElsewhere ? undefined : byState;
    }

    /** Records an object that the state holds, with its properties in the state. */
    holds(id: string, properties: Properties, isCurrent: boolean): Owner | undefined {
        const owner = this.ownerOfObject(id, properties);
        if (!owner) return undefined;
        this.held.set(id, owner.id);
        const previousVersions = previousVersionsOf(properties);
        for (const version of previousVersions) this.held.set(version, owner.id);
        this.beforeByState.set(localPart(fullUrn(String(properties.__urn ?? ""))), owner);
        if (isCurrent) this.knows(properties);
        if (isCurrent) this.current.set(owner.id, { id, previousVersions, properties });
        return owner;
    }

    /** Records an object that this run created or adopted, and the objects that were created for it. */
    creates(id: string, outputs: object): void {
        this.created.add(id);
        this.knows(outputs);
    }

    /** Records the properties of a current object. */
    knows(properties: object): void {
        for (const text of textsIn(properties)) this.texts.add(text);
    }

    /** Records an object that existed before an interrupted create adopted it. */
    keepsAdopted(id: string): void {
        if (!this.held.has(id)) this.held.set(id, "");
    }

    /** Records an object that this run deleted. */
    deletes(id: string): void {
        this.deleted.add(id);
    }

    hasDeleted(id: string): boolean {
        return this.deleted.has(id);
    }

    /**
     * Records that the engine has compared an object with its declaration, so the program still declares the resource.
     */
    compares(id: string): void {
        this.compared.add(id);
    }

    /** Records that the deletion of a resource has begun. */
    beginsDeletion(owner: Owner | undefined): void {
        if (owner) this.deleting.add(owner.id);
    }

    isDeleting(owner: Owner | undefined): boolean {
        return owner !== undefined && this.deleting.has(owner.id);
    }

    isCompared(id: string): boolean {
        return this.compared.has(id);
    }

    hasCreated(id: string): boolean {
        return this.created.has(id);
    }

    currentOf(owner: Owner | undefined): CurrentObject | undefined {
        return owner && this.current.get(owner.id);
    }

    declarationOf(owner: Owner | undefined): Declared | undefined {
        return owner && this.declared.get(owner.id);
    }

    /** The declaration with this URN, if the program declares the resource as new. */
    newAt(urn: string): Declared | undefined {
        const local = localPart(urn);
        if (this.before.has(local)) return undefined;
        return [...this.declared.values()].find((one) => localPart(one.urn) === local);
    }

    /** Whether the object is the current object of another resource. */
    isCurrentElsewhere(id: string, owner: Owner | undefined): boolean {
        return [...this.current].some(([ownerId, current]) => ownerId !== owner?.id && current.id === id);
    }

    /** The declared inputs of all other resources. */
    declaredBeside(owner: Owner | undefined): Properties[] {
        return [...this.declared].flatMap(([id, { inputs }]) => (id === owner?.id ? [] : [inputs]));
    }

    /** Whether the state is known to hold the object, or this run created it. */
    isHeld(id: string): boolean {
        return this.held.has(id) || this.created.has(id) || this.texts.has(id);
    }

    /**
     * In a state of version 0.1.0, two resources can have the same URN, if one was renamed and another took its name.
     * The renamed resource is identified by its current name.
     */
    private ownerOf(olds: Properties, urn: string): Owner | undefined {
        const owner = ownerIn(olds);
        if (!owner || owner.generation > 0) return owner;
        const isRenamed = localPart(fullUrn(String(olds.__urn ?? ""))) !== localPart(urn);
        return isRenamed ? { ...owner, id: digest(`${owner.id}\n${localPart(urn)}`, 16) } : owner;
    }

    private ownerOfObject(id: string, properties: Properties): Owner | undefined {
        const owner = ownerIn(properties);
        if (!owner || owner.generation > 0) return owner;
        const known = this.held.get(id);
        if (known !== undefined) return { id: known, generation: 0 };
        const legacy = [...this.declared.values()].filter(
            (one) => one.owner.generation === 0 && one.inputs.__urn === properties.__urn,
        );
        const inputsOf = (one: Declared) =>
            Object.fromEntries(Object.keys(one.inputs).map((key) => [key, properties[key]]));
        return (legacy.find((one) => sameJson(one.inputs, inputsOf(one))) ?? legacy[0])?.owner ?? owner;
    }
}
