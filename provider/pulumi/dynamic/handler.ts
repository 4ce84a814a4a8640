import type { z } from "zod";
import type { Clouds } from "../../clouds/connect";
import type { Time } from "../../core/time";
import type { Holders } from "./holders";
import type { ImageUse } from "./imageUse";
import type { Owner, TaggedObject } from "./owner";
import type { Properties } from "./plainJson";
import type { TimeLimits } from "./timeLimits";

/** What surrounds every step of a handler. */
export interface HandlerContext {
    /** Opens connections to the cloud that a resource names. */
    clouds: Clouds;
    time: Time;
    /** Shows what is being waited for, on the resource's own row. */
    report(message: string): void;
    /** Tells the user something that they should act on; stays in the output. */
    warn(message: string): void;
    /**
     * Does something once the stack's state is known to hold what this run made: when the engine ends the plugin in
     * good order. Never, when the run is killed.
     */
    whenSaved(work: () => Promise<void>): void;
    /** Who holds an object that no tag tells the owner of for certain. */
    holders: Holders;
}

/** Whose object it is: the seed of everything that must be the same again after an interruption. */
export interface ResourceIdentity {
    /** The resource's URN in this run. */
    urn: string;
    /** Undefined where the state tells no owner, as in a test of a handler alone. */
    owner?: Owner;
    /** The URN under which the object was created. */
    urnOfCreation?: string;
    /** The id of the object that the new one replaces, as far as the engine tells. */
    replaces?: string;
}

export interface CreateWork<Inputs, State> extends HandlerContext {
    news: Inputs;
    identity: ResourceIdentity;
    /** An input as part of an id, which Pulumi never keeps secret: a digest of it when it is secret. */
    idPart(input: string): string;
    /** Notes that the object exists: whatever fails from now on, its id and state are kept. */
    checkpoint(id: string, state: State): void;
    /** Notes that the object failed and was cleared away: nothing is kept, the next run begins anew. */
    clearCheckpoint(): void;
}

export interface UpdateWork<Inputs, State> extends HandlerContext {
    id: string;
    identity: ResourceIdentity;
    olds: Inputs & State;
    news: Inputs;
}

export interface LiveWork<Inputs, State> extends HandlerContext {
    id: string;
    identity: ResourceIdentity;
    /** Of a delete: the resource goes for good. False while the program that declares it runs, so for a replacement. */
    isFinalDelete: boolean;
    olds: Inputs & State;
    /** Ids of the earlier versions that the resource keeps from now on; undefined while that is not known. */
    keeps?: readonly string[];
    /** Of a delete: the inputs of what replaces the object, where this run has created it under the same id already. */
    successor?: Properties;
}

/** The objects that a change deletes. */
export interface DoomedObjects {
    /** The object that is replaced, unless it is kept as a version. */
    replaced?: string;
    /** Earlier versions that are kept no longer. */
    versions: readonly string[];
    /** False while the change depends on inputs that are not known yet. */
    isCertain: boolean;
    /** The option as declared now; it may be unknown. */
    onDelete: unknown;
}

/** What an interrupted replacement of a resource may have left is looked for, or what an interrupted create did. */
export interface SweepWork<Inputs, State> extends HandlerContext {
    /** The object that stays, or has just been deleted; "" when the resource has none. */
    id: string;
    identity: ResourceIdentity;
    /** The resource is deleted for good: no later run looks again. */
    isFinalDelete: boolean;
    olds: Inputs & State;
    /** A list that answers for many resources of the run. @param place what is listed where */
    listed(place: readonly unknown[], list: () => Promise<TaggedObject[]>): Promise<TaggedObject[]>;
    /**
     * The create of a resource that this run does not declare was interrupted: what it left is deleted, or only named.
     * `olds` are the inputs that it had.
     */
    begun?: "delete" | "name";
}

/** A reason why the inputs cannot work. */
export interface Problem {
    property: string;
    /** Lower-case clause without the property's name and without a full stop. */
    reason: string;
}

/** What surrounds a check. */
export interface CheckContext extends HandlerContext {
    /** False in an `up`, where other resources of the run may have created something that lists do not show yet. */
    isPreview: boolean;
}

/** Something that would fail, and that can be found out before anything is done. */
export interface Check {
    /** Finds nothing while an input that the check needs is unknown or malformed. */
    find(work: CheckContext, inputs: Properties): Promise<Problem[]>;
}

/**
 * The logic of one kind of resource, without Pulumi. `Inputs` is what the user wrote, `State` what was computed; both
 * together are the resource's outputs.
 */
export interface Handler<Inputs extends object, State extends object> {
    inputs: z.ZodType<Inputs>;
    /** Inputs whose change makes a new object. */
    replaceOn: readonly (keyof Inputs & string)[];
    /** How long create, update and delete may take when `timeouts` does not say. @default no end */
    timeLimits?: TimeLimits;
    /** Inputs that the cloud allows only once: while one stays, the old object goes before the new one comes. */
    uniqueInputs?: readonly (keyof Inputs & string)[];
    /** Names that a program may give besides the inputs, for the advice about a misspelt one. */
    furtherNames?: readonly string[];
    /** Checks of what `up` would create, in stages. Each runs as soon as the inputs that it needs are known. */
    checks?: readonly (readonly Check[])[];
    /** What can be known to fail before anything is done; asks the cloud only what is needed. Inputs are all known. */
    preflight?(work: HandlerContext & { news: Inputs; olds: Inputs | undefined }): Promise<Problem[]>;
    /** Leaves out what says no more than the default, so that writing it out is no change. Inputs may be unknown. */
    normalise?(inputs: Properties): Properties;
    /**
     * What the cloud knows and a preview must show: inputs that are added to those given, so that a change of them is
     * part of the difference. Inputs may be unknown; what is added must stay the same while nothing changes.
     */
    previewInputs?(
        work: CheckContext & { inputs: Properties; imageUse: ImageUse | undefined; olds: Inputs | undefined },
    ): Promise<{ inputs: Properties; problems: Problem[] }>;
    /** Why the object that a replacement deletes is certain to stay, as the new inputs alone tell. They may be unknown. */
    replacementProblems?(news: Properties): Problem[];
    /** Why objects that a change deletes are certain to stay, as the cloud tells. Warns of what may stay. */
    doomedProblems?(work: HandlerContext & { urn: string; olds: Inputs; objects: DoomedObjects }): Promise<Problem[]>;
    /** Whether several resources can have the same id, because it only names a relation. */
    hasSharedIds?: boolean;
    /** What can be known to fail although some inputs are not known yet. */
    problems?(inputs: Properties): Problem[];
    create(work: CreateWork<Inputs, State>): Promise<{ id: string; state: State }>;
    /** The object as it is now, or undefined when it is gone. `inputs` are what the cloud says of them. */
    read(work: LiveWork<Inputs, State>): Promise<{ inputs: Partial<Inputs>; state: State } | undefined>;
    /** Finishes what an interrupted create began, then makes the object as wanted. */
    update(work: UpdateWork<Inputs, State>): Promise<State>;
    /** Says in the cloud that the state holds the object, when an earlier run was interrupted before it could. */
    confirm?(work: HandlerContext & { id: string; olds: Inputs & State }): Promise<void>;
    /** Deletes what an interrupted replacement left, when the resource keeps its object or is deleted with it. */
    sweep?(work: SweepWork<Inputs, State>): Promise<void>;
    /** Succeeds when the object is gone, whoever took it away. */
    delete(work: LiveWork<Inputs, State>): Promise<void>;
}
