import type { Clouds } from "../../provider/dist/clouds/connect.js";
import type { RunningSimulator } from "../../provider/dist/simulator/index.js";
import { type CloudObject, type Held, isAmong, keyIn } from "./ownedObjects.ts";
import { groupOf, type Name, names, programOf, type Wanted, type WantedNames } from "./ownershipProgram.ts";
import type { Disturbance, How } from "./ownershipSteps.ts";
import type { Program } from "./program.ts";

/** How to run an up, by the names of resources. */
export interface Run {
    readonly disturbed?: Disturbance;
    readonly replace?: string;
    readonly targets?: readonly string[];
    readonly isRefreshed?: true;
}

/** A stack under test. A run returns whether it succeeded, and throws only for a defect. */
export interface Subject {
    up(program: Program, run: Run): Promise<boolean>;
    destroy(disturbed: Disturbance | undefined): Promise<boolean>;
    refresh(): Promise<unknown>;
    rename(name: string, project: string): Promise<unknown>;
    renameResource(name: string, to: string): Promise<unknown>;
    moveTo(other: Subject, names: readonly string[]): Promise<unknown>;
    held(): Promise<readonly Held[]>;
}

/** The clouds under test, and the stacks that share them. */
export interface Place {
    readonly simulator: RunningSimulator;
    readonly clouds: Clouds;
    /** Opens another stack. */
    open(name: string): Promise<Subject>;
    /** Everything that was printed for the user. */
    told(): string;
    /** Advances the clock, so that all lists are up to date. */
    settle(): void;
    /** Whether lists may omit objects that a run should find. */
    readonly hasLag: boolean;
}

/** A stack, the images that its program wants, and the objects that its state holds. */
export interface Member {
    readonly subject: Subject;
    name: string;
    project: string;
    wanted: WantedNames;
    held: readonly Held[];
}

export const plain: Wanted = { version: 0, keepVersions: 0, use: "" };

/** A refresh drops an image that an interrupted deletion deleted, and warns of its backup or snapshots. */
export const isToldOf = (place: Place, { kind, id }: CloudObject): boolean =>
    /(backup|snapshot)$/i.test(kind) && place.told().includes(id);

/** A SWAS server that was ordered but not tagged yet, or its disk. */
export const isUntagged = (object: CloudObject): boolean =>
    /^alibaba\.(server|disk)$/.test(object.kind) && keyIn(object) === undefined;

const isServer = (object: CloudObject, held: ReadonlySet<string>): boolean =>
    /(server|instance)$/i.test(object.kind) && !isAmong(object, held);

/** The servers and shared images that an error names as obstacles of a deletion. */
export function obstaclesIn(error: unknown, objects: readonly CloudObject[], held: ReadonlySet<string>) {
    const text = String(error);
    const named = objects.filter(({ id }) => text.includes(id));
    const isShare = /still shared with|which is shared with/.test(text);
    return {
        using: /still used by/.test(text) ? named.filter((one) => isServer(one, held)) : [],
        shared: isShare ? named.filter(({ kind }) => /image$/i.test(kind)) : [],
    };
}

/** The n-th of the names that the program wants, if there are any. */
export function nthOf({ wanted }: Member, nth: number): Name[] {
    const declared = names.filter((name) => wanted[name]);
    return declared.slice(nth % declared.length, (nth % declared.length) + 1);
}

export function want(member: Member, name: Name, as: Wanted | undefined): void {
    if (names.some((other) => member.wanted[other]?.wasNamed === name)) return;
    const { version, keepVersions, use } = as ?? plain;
    const wanted = { ...member.wanted[name], version, keepVersions, use };
    member.wanted = { ...member.wanted, [name]: as && wanted };
}

export function runOf(member: Member, { disturbed, isRefreshed, replace, target }: How): Run {
    const [replaced] = replace === undefined ? [] : nthOf(member, replace);
    const [targeted] = target === undefined ? [] : nthOf(member, target);
    // The plugin does not learn of an alias in the same run, so it cannot tell what a forced replacement replaces.
    const { wasNamed, wasUnder } = (replaced && member.wanted[replaced]) || plain;
    const isNamed = wasNamed === undefined && wasUnder === undefined;
    const isHeld = isNamed && member.held.some(({ name, isOld }) => name === replaced && !isOld);
    const all = [...programOf(member.wanted), ...member.held].map(({ name }) => name);
    return {
        disturbed,
        isRefreshed,
        ...(replaced && isHeld ? { replace: replaced } : {}),
        ...(targeted ? { targets: all.filter((name) => groupOf(name) === targeted) } : {}),
    };
}
