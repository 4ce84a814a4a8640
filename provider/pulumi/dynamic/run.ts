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
    /** As the state holds it. */
    readonly properties: Properties;
}

/** What the program declares of a resource in this run. */
export interface Declared {
    readonly urn: string;
    readonly owner: Owner;
    readonly inputs: Properties;
}

/**
 * What one plugin process, so one run of the engine, has seen. Resources are told apart by their owner, never by the
 * URN that a state holds: that one may be out of date, or the name of another resource by now. All resources of a
 * process share one.
 */
export class Run {
    /** The resources that had an object when the run began, by the local part of the URN that the program gives. */
    private readonly before = new Map<string, Owner>();
    /** The same of resources that the engine has only asked to compare or delete, by the URN of their state. */
    private readonly beforeByState = new Map<string, Owner>();
    private readonly declared = new Map<string, Declared>();
    private readonly current = new Map<string, CurrentObject>();
    /** Objects that the state holds, and whose. */
    private readonly held = new Map<string, string>();
    private readonly created = new Set<string>();
    /** Every text in the properties of current objects: the ids of their snapshots and backups are among them. */
    private readonly texts = new Set<string>();
    private readonly compared = new Set<string>();
    private readonly deleted = new Set<string>();
    /** The resources that have left the program, or are destroyed with their stack. */
    private readonly leaving = new Set<string>();
    readonly departures = new Departures();
    private readonly accounts = new Map<string, Promise<string | undefined>>();
    private readonly lists = new Map<string, Promise<TaggedObject[]>>();
    /** Whether something was created, changed or deleted, which no preview does. */
    public isUnderWay = false;
    /** The part of the stack's URNs that names it, as soon as it is known. */
    public stack: string | undefined;
    private readonly warnings = new Set<string>();
    private readonly doneOnce = new Map<string, Promise<unknown>>();

    /** Whether no resource of the run has said the same before. */
    isFirst(warning: string): boolean {
        if (this.warnings.has(warning)) return false;
        this.warnings.add(warning);
        return true;
    }

    /** Does something once in a run; whoever asks for it waits for it. */
    async once(key: string, work: () => Promise<unknown>): Promise<void> {
        const done = this.doneOnce.get(key) ?? work();
        this.doneOnce.set(key, done);
        await done;
    }

    hasBegun(key: string): boolean {
        return this.doneOnce.has(key);
    }

    /** The account that a cloud's keys reach, asked for once in a run. */
    account(cloud: object, ask: () => Promise<string | undefined>): Promise<string | undefined> {
        const key = JSON.stringify(cloud);
        const known = this.accounts.get(key) ?? ask();
        this.accounts.set(key, known);
        return known;
    }

    /** Notes that a program declares a resource that has an object already. */
    resumes(urn: string, olds: Properties): Owner | undefined {
        const owner = this.ownerOf(olds, urn);
        if (!owner) return undefined;
        this.before.set(localPart(urn), owner);
        for (const id of previousVersionsOf(olds)) this.held.set(id, owner.id);
        return owner;
    }

    /** A list that is asked for once in a run. */
    listed(place: readonly unknown[], list: () => Promise<TaggedObject[]>): Promise<TaggedObject[]> {
        const key = JSON.stringify(place);
        const known = this.lists.get(key) ?? list();
        this.lists.set(key, known);
        return known;
    }

    /** Notes what the program declares. */
    declares(urn: string, owner: Owner, inputs: Properties): void {
        this.declared.set(owner.id, { urn, owner, inputs });
        this.stack ??= stackPart(urn);
    }

    /** Whether the program declares the resource whose create has begun in an earlier run. */
    declaresAgain({ urn, owner }: { readonly urn: string; readonly owner: Owner | undefined }): boolean {
        const local = localPart(urn);
        return [...this.declared.values()].some((one) => one.owner.id === owner?.id || localPart(one.urn) === local);
    }

    /** The owner of the object that one of this URN replaces; undefined when the resource is new. */
    replacedAt(urn: string): Owner | undefined {
        const local = localPart(urn);
        const known = this.before.get(local);
        if (known) return known;
        const byState = this.beforeByState.get(local);
        const isDeclaredElsewhere = [...this.before.values()].some(({ id }) => id === byState?.id);
        return isDeclaredElsewhere ? undefined : byState;
    }

    /** Notes an object that the state holds, with the properties that it holds of it. */
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

    /** Notes an object that this run created or adopted, with what was made for it. */
    creates(id: string, outputs: object): void {
        this.created.add(id);
        this.knows(outputs);
    }

    /** Notes the properties that a current object has. */
    knows(properties: object): void {
        for (const text of textsIn(properties)) this.texts.add(text);
    }

    /** Notes an object that was there before a create that was interrupted took it over. */
    leavesAlone(id: string): void {
        if (!this.held.has(id)) this.held.set(id, "");
    }

    /** Notes an object that this run deleted. */
    deletes(id: string): void {
        this.deleted.add(id);
    }

    hasDeleted(id: string): boolean {
        return this.deleted.has(id);
    }

    /** Notes that the engine has compared an object with what is declared: its resource is still part of the program. */
    compares(id: string): void {
        this.compared.add(id);
    }

    /** Notes that the deletion of a resource has begun. */
    leaves(owner: Owner | undefined): void {
        if (owner) this.leaving.add(owner.id);
    }

    isDeleting(owner: Owner | undefined): boolean {
        return owner !== undefined && this.leaving.has(owner.id);
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

    /** What the program declares under a URN as if it were new. */
    newAt(urn: string): Declared | undefined {
        const local = localPart(urn);
        if (this.before.has(local)) return undefined;
        return [...this.declared.values()].find((one) => localPart(one.urn) === local);
    }

    /** Whether the object is what another resource has now. */
    isCurrentElsewhere(id: string, owner: Owner | undefined): boolean {
        return [...this.current].some(([ownerId, current]) => ownerId !== owner?.id && current.id === id);
    }

    /** What other resources declare. */
    declaredBeside(owner: Owner | undefined): Properties[] {
        return [...this.declared].flatMap(([id, { inputs }]) => (id === owner?.id ? [] : [inputs]));
    }

    /** Whether the state is known to hold the object, or this run created it. */
    isHeld(id: string): boolean {
        return this.held.has(id) || this.created.has(id) || this.texts.has(id);
    }

    /**
     * Two resources of a state of version 0.1.0 may hold the same URN: one was renamed, and another took its name. The
     * one that was renamed is told apart by its name now.
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
