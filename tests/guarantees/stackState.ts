import type { ExportedStack } from "../../provider/dist/pulumi/dynamic/stackStates.js";
import { fullUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import type { Properties } from "../resources/simulated.ts";
import type { Declared, Program } from "./program.ts";
import { dependentsFirst, localUrn, renamedIn, type Stored } from "./storedResources.ts";

/** A create that has begun. */
export interface Begun {
    readonly urn: string;
    readonly inputs: Properties;
}

/** The state of a stack, and the commands that change it without running a program. */
export class StackState {
    protected name: string;
    protected project = "test";
    protected state: Stored[] = [];
    /** Replaced, and not deleted yet. */
    protected replaced: Stored[] = [];
    /** Creates that have begun, and whose end a killed engine did not save, newest first. */
    protected unfinished: Begun[] = [];
    /** The objects that the engine is deleting. */
    protected deleting: { readonly urn: string; readonly id: string }[] = [];

    constructor(name: string) {
        this.name = name;
    }

    protected get begin(): string {
        return `${this.name}::${this.project}::`;
    }

    protected urnOf(one: Pick<Stored, "name" | "type" | "under">): string {
        return `${this.begin}${localUrn(one)}`;
    }

    /** The output of `pulumi stack export`. */
    protected exported(): ExportedStack {
        const resources = this.stored().map((one) => ({
            urn: fullUrn(this.urnOf(one)),
            id: one.id,
            inputs: one.inputs,
            outputs: one.outs,
            ...(one.isOld && { delete: true }),
        }));
        const creating = this.unfinished.map((resource) => ({ type: "creating", resource }));
        const deleting = this.deleting.map((one) => ({ type: "deleting", resource: { urn: one.urn, id: one.id } }));
        return { deployment: { resources, pending_operations: [...creating, ...deleting] } };
    }

    /** The resources in the state; old: replaced, and not deleted yet. */
    stored(): (Stored & { readonly isOld: boolean })[] {
        const old = this.replaced.map((one) => ({ ...one, isOld: true }));
        return [...this.state.map((one) => ({ ...one, isOld: false })), ...old];
    }

    /** `pulumi stack rename`, also to a stack of another project */
    rename(name: string, project = this.project): void {
        const before = fullUrn(this.begin);
        Object.assign(this, { name, project });
        const renamed = (urn: string) => urn.replace(before, fullUrn(this.begin));
        this.unfinished = this.unfinished.map((one) => ({ ...one, urn: renamed(one.urn) }));
    }

    /** `pulumi state rename` */
    renameResource(name: string, to: string): void {
        this.state = this.state.map((one) => renamedIn(one, name, to));
        this.replaced = this.replaced.map((one) => renamedIn(one, name, to));
    }

    /** `pulumi state delete` */
    forget(name: string): void {
        this.store(name, undefined);
    }

    /** `pulumi state move` of these resources, or of everything */
    moveTo(other: StackState, names?: readonly string[]): void {
        const isMoved = ({ name }: Stored) => names?.includes(name) ?? true;
        other.state.push(...this.state.filter(isMoved));
        other.replaced.push(...this.replaced.filter(isMoved));
        this.state = this.state.filter((one) => !isMoved(one));
        this.replaced = this.replaced.filter((one) => !isMoved(one));
    }

    /** `pulumi stack export`, and `pulumi stack import` in another stack. */
    copyTo(other: StackState): void {
        other.state.push(...this.state);
        other.replaced.push(...this.replaced);
    }

    /** The resource under a name. */
    find(name: string): Stored | undefined {
        return this.state.find((stored) => stored.name === name);
    }

    protected valueAt(name: string, output: string): unknown {
        const stored = this.find(name);
        return output === "id" ? stored?.id : stored?.outs[output];
    }

    protected predecessor({ name, wasNamed }: Declared): Stored | undefined {
        return (
            this.state.find((stored) => stored.name === name) ?? this.state.find((stored) => stored.name === wasNamed)
        );
    }

    /** Resources that were replaced or are not declared any more, newest first. */
    protected undeclared(program: Program): Stored[] {
        const names = program.map(({ name }) => name);
        const undeclared = this.state.filter(({ name }) => !names.includes(name));
        return dependentsFirst([...this.replaced, ...undeclared].reverse());
    }

    protected end(begun: Begun): void {
        this.unfinished = this.unfinished.filter((one) => one !== begun);
    }

    protected storeNew(stored: Stored, old: Stored | undefined): void {
        if (old) {
            this.state = this.state.filter((one) => one !== old);
            this.replaced.push(old);
        }
        this.state.push(stored);
    }

    protected store(name: string, stored: Stored | undefined): void {
        this.state = this.state.flatMap((one) => (one.name === name ? (stored ? [stored] : []) : [one]));
    }
}
