import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { enginePlaces, isRunnable, pulumiHome } from "../../engine/places";
import { type Owner, ownerIn, urnKey } from "./owner";
import { hasSecret, type Properties } from "./plainJson";
import { previousVersionsOf } from "./previousVersions";
import { fullUrn, localPart, stackNameOf, stackPart } from "./urn";

/** Whether the state of a stack holds an object; "unknown" if the states cannot be read. */
export type Holding = "held" | "free" | "unknown";

/** A resource in a state. */
export interface StoredResource {
    readonly urn: string;
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    /** Whether the engine keeps the object when it is replaced or deleted. */
    readonly isRetained: boolean;
    /** "deleting" if it waits for its deletion; "creating" if its create has begun and not ended. */
    readonly phase: "held" | "deleting" | "creating";
}

export interface ObjectPlace {
    readonly urn: string;
    /** Including objects that wait for their deletion. */
    readonly ids: readonly string[];
}

/** A create that has begun and whose end is in no state. */
export interface BegunCreate {
    /** The URN under which it began. */
    readonly urn: string;
    readonly owner: Owner | undefined;
    readonly inputs: Properties;
}

export interface UnfinishedCreates {
    /** In the stack itself, newest first. */
    readonly here: readonly BegunCreate[];
    /** Whether other stacks have some. */
    readonly areElsewhere: boolean;
}

/** The states of all stacks in this backend. Used only if the clouds alone do not show who owns an object. */
export interface StackStates {
    holding(id: string): Promise<Holding>;
    /** The resource that has this owner id now. */
    currentOf(ownerId: string): Promise<StoredResource | undefined>;
    /** The resource that has this URN. */
    at(urn: string): Promise<StoredResource | undefined>;
    /** The resource that holds this object, also if the object waits for its deletion. */
    holderOf(id: string): Promise<{ readonly urn: string } | "unknown" | undefined>;
    /**
     * The resources that hold an object as their current or an earlier version. There are several if it was imported
     * twice or a state was copied.
     */
    holdersOf(id: string): Promise<readonly StoredResource[]>;
    /**
     * Where an object of this owner is held: its URN now, and the ids of all objects with that URN.
     *
     * @param stack the part of a URN that names the stack to prefer, because a copied state has the same owners
     */
    placeOf(id: string, owner: Owner | undefined, stack?: string): Promise<ObjectPlace | undefined>;
    /** The stack whose engine is deleting the object, as the part of a URN that names the stack. */
    deletingIn(id: string): Promise<string | undefined>;
    /**
     * The resources with this value of an input, including those that wait for their deletion or whose create has
     * begun; "unknown" if a resource has that input as a secret.
     */
    withInput(name: string, value: unknown): Promise<readonly StoredResource[] | "unknown">;
    /** Creates that have begun and whose end is in no state, of a resource with this type, parents and name. */
    unfinishedCreates(urn: string): Promise<UnfinishedCreates>;
    /** All such creates of a stack, newest first. @param stack the part of a URN that names the stack */
    begunIn(stack: string): Promise<readonly BegunCreate[]>;
}

const properties = z.record(z.string(), z.unknown());
const resource = z.object({
    urn: z.string(),
    id: z.string().optional(),
    delete: z.boolean().optional(),
    retainOnDelete: z.boolean().optional(),
    inputs: properties.optional(),
    outputs: properties.optional(),
});
const exported = z.object({
    deployment: z.object({
        resources: z.array(resource).optional(),
        pending_operations: z.array(z.object({ type: z.string(), resource })).optional(),
    }),
});

/** The output of `pulumi stack export`. */
export type ExportedStack = z.infer<typeof exported>;

/** States that cannot be read. */
export const unreadableStates: StackStates = statesOf(async () => undefined);

type Read = () => Promise<readonly ExportedStack[] | undefined>;

/**
 * @param read reads the states of all stacks; undefined if not all of them can be read
 * @param readNamed reads only the states of stacks with a name, which takes less time
 */
export function statesOf(read: Read, readNamed: (name: string) => ReturnType<Read> = read): StackStates {
    const resources = async () => (await read())?.flatMap(({ deployment }) => deployment.resources ?? []);
    const stored = async (isWanted: (one: z.infer<typeof resource>) => boolean) => {
        const found = (await resources())?.find((one) => one.id !== undefined && !one.delete && isWanted(one));
        return found && asStored(found);
    };
    const pending = async (type: "creating" | "deleting", stacks: ReturnType<Read> = read()) =>
        ((await stacks) ?? [])
            .flatMap(({ deployment }) => deployment.pending_operations ?? [])
            .flatMap((one) => (one.type === type ? [one.resource] : []));
    return {
        async holding(id) {
            const stacks = await read();
            if (!stacks) return "unknown";
            // Outputs contain ids too: of kept versions, of snapshots, and of inputs of other resources.
            return stacks.some(({ deployment }) => holdsText(deployment.resources, id)) ? "held" : "free";
        },
        currentOf: (ownerId) => stored(({ inputs }) => ownerIn(inputs ?? {})?.id === ownerId),
        at: (urn) => stored((one) => one.urn === urn),
        async holderOf(id) {
            const all = await resources();
            return all ? all.find((one) => one.id === id) : "unknown";
        },
        async holdersOf(id) {
            const held = ((await resources()) ?? []).filter(
                ({ id: own, outputs = {} }) => own === id || previousVersionsOf(outputs).includes(id),
            );
            return held.map((one) => asStored(one));
        },
        async deletingIn(id) {
            const found = (await pending("deleting")).find((one) => one.id === id);
            return found && stackPart(found.urn);
        },
        async placeOf(id, owner, stack) {
            const held = (await resources()) ?? [];
            const everywhere = held.filter((one) => one.id === id);
            const here = everywhere.filter(({ urn }) => stack !== undefined && urn.startsWith(stack));
            const same = here.length > 0 ? here : everywhere;
            const isOwned = ({ inputs = {} }: (typeof held)[number]) => owner && ownerIn(inputs)?.id === owner.id;
            const found = same.find(isOwned) ?? same[0];
            if (!found) return undefined;
            const { urn } = found;
            return { urn, ids: held.flatMap((one) => (one.urn === urn && one.id !== undefined ? [one.id] : [])) };
        },
        async withInput(name, value) {
            const all = await resources();
            if (!all) return "unknown";
            const begun = (await pending("creating")).map((one) => asStored(one, "creating"));
            const everything = [...all.map((one) => asStored(one)), ...begun];
            if (everything.some(({ inputs }) => hasSecret(inputs[name]))) return "unknown";
            return everything.filter(({ inputs }) => inputs[name] === value);
        },
        async unfinishedCreates(urn) {
            const stack = stackPart(urn);
            const begun = (await pending("creating")).filter((one) => localPart(one.urn) === localPart(urn));
            const here = begun.filter((one) => one.urn.startsWith(stack));
            return { here: here.map(asBegun), areElsewhere: here.length < begun.length };
        },
        async begunIn(stack) {
            const begun = await pending("creating", readNamed(stackNameOf(stack)));
            return begun.filter((one) => one.urn.startsWith(stack)).map(asBegun);
        },
    };
}

function asBegun({ inputs = {} }: z.infer<typeof resource>): BegunCreate {
    return { urn: fullUrn(String(inputs[urnKey] ?? "")), owner: ownerIn(inputs), inputs };
}

function asStored(one: z.infer<typeof resource>, begun?: "creating"): StoredResource {
    const { urn, id = "", inputs = {}, outputs = {} } = one;
    const phase = begun ?? (one.delete ? "deleting" : "held");
    return { urn, id, inputs, outputs, isRetained: one.retainOnDelete === true, phase };
}

function holdsText(value: unknown, text: string): boolean {
    if (typeof value === "string") return value === text || value.startsWith(`${text}/`);
    if (typeof value !== "object" || value === null) return false;
    return Object.values(value).some((inner) => holdsText(inner, text));
}

const call = promisify(execFile);
const names = z.array(z.object({ name: z.string() }));
/** The maximum number of stacks to read. A backend may have more than can be read during a run. */
const mostStacks = 50;
/** How many engine processes read states at the same time. */
const atOnce = 4;
/** Time limit of each engine call, ms. */
const callTimeoutMs = 30_000;

/** If the engine ends its plugin together with the commands that it runs, interrupted reads are repeated once. */
const mostReads = 2;

/** Reads the states with the engine's own command, once in each process. This needs no lock and no passphrase. */
export function statesOfBackend(environment: NodeJS.ProcessEnv): StackStates {
    let reading: Promise<ExportedStack[] | undefined> | undefined;
    let reads = 0;
    const read = () => {
        reads++;
        return readAll(environment).catch(() => {
            if (reads < mostReads) reading = undefined;
            return undefined;
        });
    };
    const all = () => {
        reading ??= read();
        return reading;
    };
    const named = new Map<string, Promise<ExportedStack[] | undefined>>();
    return statesOf(all, (name) => {
        const known = reading ?? named.get(name) ?? readAll(environment, name).catch(all);
        named.set(name, known);
        return known;
    });
}

/** @param only reads the states of stacks with this name only */
async function readAll(environment: NodeJS.ProcessEnv, only?: string): Promise<ExportedStack[]> {
    const places = enginePlaces(pulumiHome(environment));
    const program = isRunnable(places.pulumi) ? places.pulumi : "pulumi";
    const env = { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const ask = async (...args: string[]): Promise<unknown> => {
        const options = { env, timeout: callTimeoutMs, maxBuffer: 512 * 1024 * 1024 };
        const { stdout } = await call(program, [...args, "--non-interactive"], options);
        return JSON.parse(stdout);
    };
    const everywhere = names.parse(await ask("stack", "ls", "--all", "--json"));
    const found = everywhere.length <= mostStacks ? everywhere : names.parse(await ask("stack", "ls", "--json"));
    const isRequested = (name: string) => only === undefined || name.split("/").at(-1) === only;
    const left = found.filter(({ name }) => isRequested(name)).slice(0, mostStacks);
    const stacks: ExportedStack[] = [];
    while (left.length > 0) {
        const exports = left.splice(0, atOnce).map(({ name }) => ask("stack", "export", "--stack", name));
        stacks.push(...(await Promise.all(exports)).map((one) => exported.parse(one)));
    }
    return stacks;
}
