import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { DynamicProvider } from "../../provider/dist/dynamic/adapter.js";
import type { Shared } from "../../provider/dist/dynamic/identity.js";
import type { ExportedStack } from "../../provider/dist/dynamic/stackStates.js";
import { unknownValue } from "../../provider/dist/dynamic/unknown.js";
import { fullUrn } from "../../provider/dist/dynamic/urn.js";
import { drawnOwner, type Properties, type Simulated } from "../resources/simulated.ts";
import { type Declared, type Program, type ResourceType, referred, resolved, serve } from "./program.ts";

/** A resource in the stack's state. */
interface Stored {
    readonly name: string;
    readonly type: ResourceType;
    readonly inputs: Properties;
    readonly outs: Properties;
    readonly id: string;
    readonly dependsOn: readonly string[];
    /** It was created, or changed, only in part: the next up finishes it. */
    readonly isPartial: boolean;
}

/** What an up does with a resource. */
export type Operation = "create" | "same" | "update" | "replace" | "delete";

const provider = "exports.handler = …";

/**
 * A stack of several resources under an engine that takes, in order, the steps that the real one takes with dynamic
 * resources, and whose state holds every step that has ended. Each operation is a plugin process of its own.
 */
export class ProgramStack {
    private readonly world: Simulated;
    private name: string;
    private state: Stored[] = [];
    /** Replaced, and not deleted yet. */
    private replaced: Stored[] = [];
    /** Creates that have begun, and whose end a killed engine did not save. */
    private unfinished: { readonly urn: string; readonly inputs: Properties }[] = [];
    private plugin = new Map<ResourceType, DynamicProvider>();
    private process: Shared;

    constructor(world: Simulated, name = "dev") {
        this.world = world;
        this.name = name;
        this.process = world.newProcess();
        world.addStack(() => this.exported());
    }

    private newProcess(): void {
        this.plugin = new Map();
        this.process = this.world.newProcess();
    }

    private urnOf(type: ResourceType, name: string): string {
        return `${this.name}::test::~:${type}::${name}`;
    }

    /** What `pulumi stack export` prints. */
    private exported(): ExportedStack {
        const stored = [...this.state, ...this.replaced.map((one) => ({ ...one, delete: true }))];
        const resources = stored.map((one) => ({
            urn: fullUrn(this.urnOf(one.type, one.name)),
            id: one.id,
            inputs: one.inputs,
            outputs: one.outs,
            ...("delete" in one && { delete: true }),
        }));
        const pending_operations = this.unfinished.map((resource) => ({ type: "creating", resource }));
        return { deployment: { resources, pending_operations } };
    }

    /** `pulumi stack rename` */
    rename(name: string): void {
        const renamed = (urn: string) => urn.replace(fullUrn(this.name), fullUrn(name));
        this.unfinished = this.unfinished.map((one) => ({ ...one, urn: renamed(one.urn) }));
        this.name = name;
    }

    /** `pulumi state rename` */
    renameResource(name: string, to: string): void {
        const moved = <T extends Stored>(one: T): T => ({
            ...one,
            name: one.name === name ? to : one.name,
            dependsOn: one.dependsOn.map((other) => (other === name ? to : other)),
        });
        this.state = this.state.map(moved);
        this.replaced = this.replaced.map(moved);
    }

    /** `pulumi state move` of everything */
    moveTo(other: ProgramStack): void {
        other.state.push(...this.state);
        other.replaced.push(...this.replaced);
        this.state = [];
        this.replaced = [];
    }

    /** What is there under a name. */
    find(name: string): { readonly id: string; readonly outs: Properties } | undefined {
        return this.state.find((stored) => stored.name === name);
    }

    /** What an up would do, by resource; nothing is done. */
    async preview(program: Program): Promise<Record<string, Operation>> {
        this.newProcess();
        const operations: Record<string, Operation> = {};
        const isNew = (name: string) => operations[name] === "create" || operations[name] === "replace";
        for (const declared of program) {
            const old = this.predecessor(declared);
            const news = await this.checked(declared, old?.inputs ?? {}, { isUnknown: isNew, isPreview: true });
            operations[declared.name] = old ? this.difference(old, news) : "create";
        }
        for (const stored of this.leaving(program)) operations[stored.name] ??= "delete";
        return operations;
    }

    /** Makes the clouds what the program says, and answers what was done. @throws what the user would be shown */
    async up(program: Program): Promise<Record<string, Operation>> {
        this.newProcess();
        const operations: Record<string, Operation> = {};
        for (const declared of program) operations[declared.name] = await this.step(declared, program);
        for (const stored of this.leaving(program)) {
            await this.delete(stored);
            operations[stored.name] ??= "delete";
        }
        await this.world.endInGoodOrder();
        return operations;
    }

    /** `pulumi up --replace`: without the old inputs and without a comparison. */
    async replaceByForce(program: Program, name: string): Promise<void> {
        this.newProcess();
        const declared = program.find((one) => one.name === name);
        const old = this.state.find((one) => one.name === name);
        assert.ok(declared && old);
        for (const one of program) {
            if (one === declared) await this.create(declared, program, old);
            else await this.step(one, program);
        }
        for (const stored of this.leaving(program)) await this.delete(stored);
        await this.world.endInGoodOrder();
    }

    /** Reads everything; answers what had changed, by resource. */
    async refresh(): Promise<Record<string, "gone" | "drifted">> {
        this.newProcess();
        const found: Record<string, "gone" | "drifted"> = {};
        for (const stored of [...this.state]) {
            const { id, props = {}, inputs = {} } = await this.served(stored.type).read(stored.id, stored.outs);
            if (id === undefined) found[stored.name] = "gone";
            else if (!isDeepStrictEqual(inputs, stored.inputs)) found[stored.name] = "drifted";
            this.store(stored.name, id === undefined ? undefined : { ...stored, inputs, outs: props });
        }
        this.unfinished = [];
        await this.world.endInGoodOrder();
        return found;
    }

    async destroy(): Promise<void> {
        this.newProcess();
        for (const stored of this.leaving([])) await this.delete(stored);
        await this.world.endInGoodOrder();
        assert.deepEqual([...this.state, ...this.replaced], []);
    }

    private async step(declared: Declared, program: Program): Promise<Operation> {
        const old = this.predecessor(declared);
        if (!old) {
            await this.create(declared, program);
            return "create";
        }
        const news = await this.checked(declared, old.inputs);
        const operation = this.difference(old, news);
        if (operation === "replace") await this.replace(old, declared, program, news);
        if (operation === "update") {
            const { outs } = await this.served(declared.type).update(old.id, old.outs, news);
            this.store(old.name, { ...this.storedAs(declared, news, program), id: old.id, outs, isPartial: false });
        }
        if (operation === "same") this.store(old.name, { ...old, name: declared.name });
        return operation;
    }

    private async replace(old: Stored, declared: Declared, program: Program, news: Properties): Promise<void> {
        const { deleteBeforeReplace } = this.served(declared.type).diff(old.id, old.outs, news);
        if (!deleteBeforeReplace) {
            await this.create(declared, program, old);
            return;
        }
        for (const dependent of this.replacedWith(old.name, program)) {
            await this.delete(dependent);
        }
        await this.delete(old);
        await this.create(declared, program);
    }

    /** What must go before something that goes before its replacement comes, the last made first. */
    private replacedWith(name: string, program: Program): Stored[] {
        const going = new Set([name]);
        const found: Stored[] = [];
        for (const stored of this.state.filter((one) => one.dependsOn.some((other) => going.has(other)))) {
            const declared = program.find((one) => one.name === stored.name);
            if (!declared) continue;
            const unknown = resolved(declared.inputs, ({ of, output }) =>
                going.has(of) ? unknownValue : this.valueAt(of, output),
            );
            const { __urn, __owner } = stored.inputs;
            const news = { ...unknown, __urn, __owner, __provider: provider };
            const { replaces } = this.served(stored.type).diff(stored.id, stored.outs, news);
            if (replaces.length === 0) continue;
            going.add(stored.name);
            found.unshift(stored);
        }
        return found;
    }

    private async create(declared: Declared, program: Program, old?: Stored): Promise<void> {
        const news = await this.checked(declared, {});
        const stored = this.storedAs(declared, news, program);
        const begun = { urn: fullUrn(this.urnOf(declared.type, declared.name)), inputs: news };
        this.unfinished.push(begun);
        try {
            const { id, outs } = await this.served(declared.type).create(news);
            this.end(begun);
            this.storeNew({ ...stored, id, outs, isPartial: false }, old);
        } catch (error) {
            if (this.world.isDead()) throw error;
            this.end(begun);
            // An error that carries an id: the engine keeps the half-made resource.
            if (error instanceof Error && "id" in error && "properties" in error) {
                const outs: Properties = { ...Object(error.properties) };
                this.storeNew({ ...stored, id: String(error.id), outs, isPartial: true }, old);
            }
            throw error;
        }
    }

    private end(begun: (typeof this.unfinished)[number]): void {
        this.unfinished = this.unfinished.filter((one) => one !== begun);
    }

    private storedAs(declared: Declared, inputs: Properties, program: Program) {
        const { name, type } = declared;
        const known = program.map((one) => one.name);
        const dependsOn = referred(declared.inputs).filter((other) => known.includes(other));
        return { name, type, inputs, dependsOn };
    }

    private storeNew(stored: Stored, old: Stored | undefined): void {
        if (old) {
            this.state = this.state.filter((one) => one !== old);
            this.replaced.push(old);
        }
        this.state.push(stored);
    }

    private store(name: string, stored: Stored | undefined): void {
        this.state = this.state.flatMap((one) => (one.name === name ? (stored ? [stored] : []) : [one]));
    }

    private async delete(stored: Stored): Promise<void> {
        await this.served(stored.type).delete(stored.id, stored.outs);
        this.state = this.state.filter((one) => one !== stored);
        this.replaced = this.replaced.filter((one) => one !== stored);
    }

    /** What has been replaced or is not declared any more, the last made first. */
    private leaving(program: Program): Stored[] {
        const names = program.map(({ name }) => name);
        const undeclared = this.state.filter(({ name }) => !names.includes(name));
        const leaving = [...this.replaced, ...undeclared].reverse();
        const ordered: Stored[] = [];
        while (leaving.length > 0) {
            const index = leaving.findIndex((one) => !leaving.some(({ dependsOn }) => dependsOn.includes(one.name)));
            ordered.push(...leaving.splice(Math.max(index, 0), 1));
        }
        return ordered;
    }

    private difference(old: Stored, news: Properties): Operation {
        if (this.served(old.type).diff(old.id, old.outs, news).replaces.length > 0) return "replace";
        return old.isPartial || !isDeepStrictEqual(old.inputs, news) ? "update" : "same";
    }

    private predecessor({ name, wasNamed }: Declared): Stored | undefined {
        return (
            this.state.find((stored) => stored.name === name) ?? this.state.find((stored) => stored.name === wasNamed)
        );
    }

    private async checked(
        declared: Declared,
        olds: Properties,
        {
            isUnknown = () => false,
            isPreview = false,
        }: { isUnknown?: (name: string) => boolean; isPreview?: boolean } = {},
    ): Promise<Properties> {
        const given = resolved(declared.inputs, ({ of, output }) =>
            isUnknown(of) ? unknownValue : this.valueAt(of, output),
        );
        const urn = this.urnOf(declared.type, declared.name);
        const news = { ...given, __urn: urn, __owner: isPreview ? unknownValue : drawnOwner(), __provider: provider };
        const { inputs, failures } = await this.served(declared.type).check(olds, news);
        if (failures.length > 0) throw new Error(failures.map((one) => one.reason).join("\n"));
        return { ...inputs, __provider: provider };
    }

    private valueAt(name: string, output: string): unknown {
        const stored = this.find(name);
        return output === "id" ? stored?.id : stored?.outs[output];
    }

    private served(type: ResourceType): DynamicProvider {
        const served = this.plugin.get(type) ?? serve[type](this.world, this.process);
        this.plugin.set(type, served);
        return served;
    }
}
