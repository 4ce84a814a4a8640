import type { z } from "zod";
import type { Clouds } from "../../clouds/connect";
import type { Time } from "../../core/time";
import type { Holders } from "./holders";
import type { ImageUse } from "./imageUse";
import type { Owner, TaggedObject } from "./owner";
import type { Properties } from "./plainJson";
import type { TimeLimits } from "./timeLimits";

/** The context of every step of a handler. */
export interface HandlerContext {
    /** Connects to the cloud that a resource names. */
    clouds: Clouds;
    time: Time;
    /** Shows on the resource's row what the step waits for. */
    report(message: string): void;
    /** Prints a warning that the user should act on. It stays in the output. */
    warn(message: string): void;
    /**
     * Runs work when the stack's state is known to hold the objects of this run: when the engine ends the plugin after
     * its last step. If the run is killed, the work never runs.
     */
    whenSaved(work: () => Promise<void>): void;
    /** Tells which stack holds an object whose owner the tags do not determine. */
    holders: Holders;
}

/** Who owns an object: the source of every value that must be the same after an interruption. */
export interface ResourceIdentity {
    /** The resource's URN in this run. */
    urn: string;
    /** Undefined if the state has no owner, for example if a test runs a handler alone. */
    owner?: Owner;
    /** The URN under which the object was created. */
    urnOfCreation?: string;
    /** The id of the object that the new one replaces, if the engine tells it. */
    replaces?: string;
}

export interface CreateWork<Inputs, State> extends HandlerContext {
    news: Inputs;
    identity: ResourceIdentity;
    /** An input as part of an id. Pulumi never keeps an id secret, so a secret input becomes a digest. */
    idPart(input: string): string;
    /** Records that the object exists: if the step fails after this, the id and state are kept. */
    checkpoint(id: string, state: State): void;
    /** Records that the object failed and was deleted: nothing is kept, and the next run starts over. */
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
    /** For a delete: the program no longer declares the resource. False if the object is replaced. */
    isFinalDelete: boolean;
    olds: Inputs & State;
    /** Ids of the earlier versions that the resource keeps from now on; undefined if they are not known. */
    keeps?: readonly string[];
    /** For a delete: the inputs of the replacement, if this run has already created it under the same id. */
    successor?: Properties;
}

/** The objects that a change deletes. */
export interface DoomedObjects {
    /** The replaced object, unless it is kept as a version. */
    replaced?: string;
    /** Earlier versions that the change no longer keeps. */
    versions: readonly string[];
    /** False if the change depends on inputs that are not known yet. */
    isCertain: boolean;
    /** The option as the program declares it now; it may be unknown. */
    onDelete: unknown;
}

/** A search for orphans of an interrupted replacement or create. */
export interface SweepWork<Inputs, State> extends HandlerContext {
    /** The object that is kept or has just been deleted; "" if the resource has no object. */
    id: string;
    identity: ResourceIdentity;
    /** The program no longer declares the resource, so no later run searches again. */
    isFinalDelete: boolean;
    olds: Inputs & State;
    /** Returns a list that all resources of the run share. @param place the kind of objects and where they are */
    listed(place: readonly unknown[], list: () => Promise<TaggedObject[]>): Promise<TaggedObject[]>;
    /**
     * Set if a create was interrupted and this run does not declare its resource: whether to delete its orphans or only
     * to name them. `olds` are the inputs of that create.
     */
    begun?: "delete" | "name";
}

/** A reason why the inputs are not accepted. */
export interface Problem {
    property: string;
    /** Clause in lower case, without the property's name and without a full stop at the end. */
    reason: string;
}

/** The context of a check. */
export interface CheckContext extends HandlerContext {
    /** False during `up`, where other resources of the run may have created an object that lists do not show yet. */
    isPreview: boolean;
}

/** A check that finds a failure before anything is changed. */
export interface Check {
    /** Finds no problem if a required input is unknown or malformed. */
    find(work: CheckContext, inputs: Properties): Promise<Problem[]>;
}

/**
 * The logic of one resource type, without Pulumi. `Inputs` are the user's inputs, `State` the computed values. Both
 * together are the resource's outputs.
 */
export interface Handler<Inputs extends object, State extends object> {
    inputs: z.ZodType<Inputs>;
    /** Inputs whose change replaces the object. */
    replaceOn: readonly (keyof Inputs & string)[];
    /** Default time limits of create, update and delete. @default no limit */
    timeLimits?: TimeLimits;
    /**
     * Inputs that must be unique in the cloud: if one stays the same, the old object is deleted before the new one is
     * created.
     */
    uniqueInputs?: readonly (keyof Inputs & string)[];
    /** Further names that a program may use besides the inputs, for the advice about a misspelt name. */
    furtherNames?: readonly string[];
    /** Checks of the objects that `up` would create, in stages. Each runs as soon as its inputs are known. */
    checks?: readonly (readonly Check[])[];
    /** Finds failures before anything is changed. Makes only the requests that it needs. All inputs are known. */
    preflight?(work: HandlerContext & { news: Inputs; olds: Inputs | undefined }): Promise<Problem[]>;
    /** Removes inputs that equal the default, so that writing out a default is no change. Inputs may be unknown. */
    normalise?(inputs: Properties): Properties;
    /**
     * Adds inputs that only the cloud knows, so that a preview shows a change of them in the difference. Inputs may be
     * unknown. The added inputs must stay the same as long as nothing changes.
     */
    previewInputs?(
        work: CheckContext & { inputs: Properties; imageUse: ImageUse | undefined; olds: Inputs | undefined },
    ): Promise<{ inputs: Properties; problems: Problem[] }>;
    /**
     * Why a replacement is certain not to delete the old object, judged by the new inputs alone. Inputs may be unknown.
     */
    replacementProblems?(news: Properties): Problem[];
    /** Why a change is certain not to delete its objects, judged by the cloud. Warns if a deletion may fail. */
    doomedProblems?(work: HandlerContext & { urn: string; olds: Inputs; objects: DoomedObjects }): Promise<Problem[]>;
    /** Whether several resources can have the same id, because the id names a relation only. */
    hasSharedIds?: boolean;
    /** Finds failures that are known even if some inputs are unknown. */
    problems?(inputs: Properties): Problem[];
    create(work: CreateWork<Inputs, State>): Promise<{ id: string; state: State }>;
    /**
     * The object as it is now, or undefined if it does not exist. `inputs` are the values that the cloud has for them.
     */
    read(work: LiveWork<Inputs, State>): Promise<{ inputs: Partial<Inputs>; state: State } | undefined>;
    /** Finishes an interrupted create, then updates the object. */
    update(work: UpdateWork<Inputs, State>): Promise<State>;
    /** Marks the object as held in the cloud, if an earlier run was interrupted before it could. */
    confirm?(work: HandlerContext & { id: string; olds: Inputs & State }): Promise<void>;
    /** Deletes the orphans of an interrupted replacement, if the resource keeps its object or is deleted with it. */
    sweep?(work: SweepWork<Inputs, State>): Promise<void>;
    /** Succeeds if the object does not exist any more, whoever deleted it. */
    delete(work: LiveWork<Inputs, State>): Promise<void>;
}
