import { type Fleet, type FleetOptions, fleet } from "../../fleet.ts";

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state * 16_807) % 2_147_483_647;
        return state / 2_147_483_647;
    };
}

/** Each piece of the cloud's work takes its usual time, plus or minus up to 30 %. */
const jittered = (usual: number, random: () => number) => () => usual * (0.7 + 0.6 * random());

/** The cloud calls during the lifecycle of this many images. */
export interface Calls {
    readonly images: number;
    readonly create: number;
    /** The calls of the creation that only polled. */
    readonly looks: number;
    readonly refreshLists: number;
    readonly destroy: number;
    /** Milliseconds between the completion of each snapshot and image and the poll that saw it. */
    readonly late: readonly number[];
    /** Virtual milliseconds from the first call until the last create returned. */
    readonly createMs: number;
    readonly throttled: number;
}

const isCall = ({ action }: { action: string }) => !action.startsWith("job.");
const isLook = ({ action }: { action: string }) => /\.(List|Describe)/.test(action);

function lateness(world: Fleet): number[] {
    const calls = world.calls();
    const awaited = calls.filter(isLook);
    return calls
        .filter(({ action }) => /^job\.alibaba\.(customImage|snapshot)\.done$/.test(action))
        .map(({ ids: [id = ""], at, seq }) => {
            const seen = awaited.find((look) => look.seq > seq && look.ids.includes(id));
            return seen ? Date.parse(seen.at) - Date.parse(at) : Number.NaN;
        });
}

export async function measureCalls(options: Omit<FleetOptions, "imageSeconds" | "snapshotSeconds">, seed: number) {
    const random = seeded(seed);
    return measureLife({
        ...options,
        imageSeconds: jittered(180, random),
        snapshotSeconds: jittered(60, random),
    });
}

async function measureLife(options: FleetOptions): Promise<Calls> {
    const world = await fleet(options);
    try {
        const began = world.time.now();
        await world.create();
        const createMs = world.time.now() - began;
        const made = world.calls().filter(isCall);
        const late = lateness(world);
        world.forget();
        await world.refresh();
        const refreshLists = world.calls().filter(isLook).length;
        world.forget();
        await world.destroy();
        return {
            images: options.size,
            create: made.length,
            looks: made.filter(isLook).length,
            refreshLists,
            destroy: world.calls().filter(isCall).length,
            late,
            createMs,
            throttled: made.filter(({ outcome }) => outcome !== "ok").length,
        };
    } finally {
        await world.close();
    }
}

/** The number of calls while this many images, which take ten minutes each, are created. */
export async function measureWaiting(size: number): Promise<number> {
    const world = await fleet({ size, imageSeconds: () => 600 });
    try {
        await world.create();
        return world.count("swas.ListCustomImages");
    } finally {
        await world.close();
    }
}
