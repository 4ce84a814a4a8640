import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { DynamicProvider } from "../../provider/dist/pulumi/dynamic/adapter.js";
import type { Shared } from "../../provider/dist/pulumi/dynamic/identity.js";
import { unknownValue } from "../../provider/dist/pulumi/dynamic/unknown.js";
import { fullUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import { type Properties, randomOwner, type Simulated } from "../resources/simulated.ts";
import {
    type Declared,
    isResourceType,
    type Program,
    type ResourceType,
    referred,
    resolved,
    serve,
} from "./program.ts";
import { StackState } from "./stackState.ts";
import type { Stored } from "./storedResources.ts";

/** The operation of an up on a resource. */
export type Operation = "create" | "same" | "update" | "replace" | "delete";

/** Options of an up. */
export interface UpOptions {
    /** `--target`: the names of the resources to update. */
    readonly targets?: readonly string[];
    /** `--refresh` */
    readonly isRefreshed?: boolean;
    /** `--replace`: without the old inputs and without a comparison. */
    readonly replace?: string;
}

const provider = "exports.handler = …";

/**
 * A stack of several resources under a simulated engine. It performs the steps of the real engine for dynamic resources
 * in the same order, and its state contains every completed step. Each operation is a separate plugin process.
 */
export class ProgramStack extends StackState {
    private readonly world: Simulated;
    private plugin = new Map<ResourceType, DynamicProvider>();
    private process: Shared;

    constructor(world: Simulated, name = "dev") {
        super(name);
        this.world = world;
        this.process = world.newProcess();
        world.addStack(() => this.exported());
    }

    private newProcess(): void {
        this.plugin = new Map();
        this.process = {
            ...this.world.newProcess(),
            served: (type) => (isResourceType(type) ? this.served(type) : undefined),
        };
    }

    /** The operations that an up would perform, by resource. Changes nothing. */
    async preview(program: Program): Promise<Record<string, Operation>> {
        this.newProcess();
        const operations: Record<string, Operation> = {};
        const isNew = (name: string) => operations[name] === "create" || operations[name] === "replace";
        for (const declared of program) {
            const old = this.predecessor(declared);
            const news = await this.checked(declared, old?.inputs ?? {}, { isUnknown: isNew, isPreview: true });
            operations[declared.name] = old ? await this.difference(old, news) : "create";
        }
        for (const stored of this.undeclared(program)) operations[stored.name] ??= "delete";
        return operations;
    }

    /** Updates the clouds to match the program. @returns the operations @throws the error that the user would see */
    up(program: Program, options: UpOptions = {}): Promise<Record<string, Operation>> {
        return this.inProcess(() => this.steps(program, options));
    }

    /** The engine shuts its plugin down gracefully, also after a failure. */
    private async inProcess<T>(work: () => Promise<T>): Promise<T> {
        this.newProcess();
        try {
            return await work();
        } finally {
            await this.world.shutDownGracefully();
        }
    }

    private async steps(program: Program, options: UpOptions): Promise<Record<string, Operation>> {
        if (options.isRefreshed) await this.readAll();
        const { targets, replace } = options;
        const isTargeted = ({ name }: { readonly name: string }) => targets?.includes(name) ?? true;
        const operations: Record<string, Operation> = {};
        for (const declared of program.filter(isTargeted)) {
            const old = declared.name === replace ? this.find(replace) : undefined;
            if (old) await this.create(declared, program, old);
            operations[declared.name] = old ? "replace" : await this.step(declared, program);
        }
        for (const stored of this.undeclared(program).filter(isTargeted)) {
            await this.delete(stored);
            operations[stored.name] ??= "delete";
        }
        return operations;
    }

    /** Reads all resources. @returns what has changed, by resource */
    refresh(): Promise<Record<string, "gone" | "drifted">> {
        return this.inProcess(() => this.readAll());
    }

    private async readAll(): Promise<Record<string, "gone" | "drifted">> {
        const found: Record<string, "gone" | "drifted"> = {};
        for (const stored of [...this.state]) {
            const { id, props = {}, inputs = {} } = await this.served(stored.type).read(stored.id, stored.outs);
            if (id === undefined) found[stored.name] = "gone";
            else if (!isDeepStrictEqual(inputs, stored.inputs)) found[stored.name] = "drifted";
            this.store(stored.name, id === undefined ? undefined : { ...stored, inputs, outs: props });
        }
        this.unfinished = [];
        return found;
    }

    async destroy(): Promise<void> {
        await this.inProcess(async () => {
            for (const stored of this.undeclared([])) await this.delete(stored);
        });
        assert.deepEqual([...this.state, ...this.replaced], []);
    }

    private async step(declared: Declared, program: Program): Promise<Operation> {
        const old = this.predecessor(declared);
        if (!old) {
            await this.create(declared, program);
            return "create";
        }
        const news = await this.checked(declared, old.inputs);
        const operation = await this.difference(old, news);
        if (operation === "replace") await this.replace(old, declared, program, news);
        if (operation === "update") {
            const { outs } = await this.served(declared.type).update(old.id, old.outs, news);
            this.store(old.name, { ...this.storedAs(declared, news, program), id: old.id, outs, isPartial: false });
        }
        const { name, under } = declared;
        if (operation === "same") this.store(old.name, { ...old, name, under });
        return operation;
    }

    private async replace(old: Stored, declared: Declared, program: Program, news: Properties): Promise<void> {
        const { deleteBeforeReplace } = await this.served(declared.type).diff(old.id, old.outs, news);
        if (!deleteBeforeReplace) {
            await this.create(declared, program, old);
            return;
        }
        for (const dependent of await this.replacedWith(old.name, program)) {
            await this.delete(dependent);
        }
        await this.delete(old);
        await this.create(declared, program);
    }

    /** The dependents to delete before a resource that is deleted before its replacement is created, newest first. */
    private async replacedWith(name: string, program: Program): Promise<Stored[]> {
        const deletedFirst = new Set([name]);
        const found: Stored[] = [];
        for (const stored of this.state.filter((one) => one.dependsOn.some((other) => deletedFirst.has(other)))) {
            const declared = program.find((one) => one.name === stored.name);
            if (!declared) continue;
            const unknown = resolved(declared.inputs, ({ of, output }) =>
                deletedFirst.has(of) ? unknownValue : this.valueAt(of, output),
            );
            const { __urn, __owner } = stored.inputs;
            const news = { ...unknown, __urn, __owner, __provider: provider };
            const { replaces } = await this.served(stored.type).diff(stored.id, stored.outs, news);
            if (replaces.length === 0) continue;
            deletedFirst.add(stored.name);
            found.unshift(stored);
        }
        return found;
    }

    private async create(declared: Declared, program: Program, old?: Stored): Promise<void> {
        const news = await this.checked(declared, {});
        const stored = this.storedAs(declared, news, program);
        const begun = { urn: fullUrn(this.urnOf(declared)), inputs: news };
        this.unfinished.unshift(begun);
        try {
            const { id, outs } = await this.served(declared.type).create(news);
            if (this.world.killed()) throw new Error("killed before the state was saved");
            this.end(begun);
            this.storeNew({ ...stored, id, outs, isPartial: false }, old);
        } catch (error) {
            if (this.world.killed() === "engine") throw error;
            this.end(begun);
            if (this.world.killed()) throw error;
            // If the error has an id, the engine keeps the partially created resource.
            if (error instanceof Error && "id" in error && "properties" in error) {
                const outs: Properties = { ...Object(error.properties) };
                this.storeNew({ ...stored, id: String(error.id), outs, isPartial: true }, old);
            }
            throw error;
        }
    }

    private storedAs(declared: Declared, inputs: Properties, program: Program) {
        const { name, type, under } = declared;
        const known = program.map((one) => one.name);
        const dependsOn = referred(declared.inputs).filter((other) => known.includes(other));
        return { name, type, under, inputs, dependsOn };
    }

    private async delete(stored: Stored): Promise<void> {
        this.deleting = [{ urn: fullUrn(this.urnOf(stored)), id: stored.id }];
        try {
            await this.served(stored.type).delete(stored.id, stored.outs);
        } finally {
            this.deleting = [];
        }
        if (this.world.killed()) throw new Error("killed before the state was saved");
        this.state = this.state.filter((one) => one !== stored);
        this.replaced = this.replaced.filter((one) => one !== stored);
    }

    private async difference(old: Stored, news: Properties): Promise<Operation> {
        if ((await this.served(old.type).diff(old.id, old.outs, news)).replaces.length > 0) return "replace";
        return old.isPartial || !isDeepStrictEqual(old.inputs, news) ? "update" : "same";
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
        const urn = this.urnOf(declared);
        const news = { ...given, __urn: urn, __owner: isPreview ? unknownValue : randomOwner(), __provider: provider };
        const { inputs, failures } = await this.served(declared.type).check(olds, news);
        if (failures.length > 0) throw new Error(failures.map((one) => one.reason).join("\n"));
        return { ...inputs, __provider: provider };
    }

    private served(type: ResourceType): DynamicProvider {
        const served = this.plugin.get(type) ?? serve[type](this.world, this.process);
        this.plugin.set(type, served);
        return served;
    }
}
