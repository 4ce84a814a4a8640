import { connectClouds, newShared } from "../provider/dist/clouds/connect.js";
import { adapt, type DynamicProvider } from "../provider/dist/pulumi/dynamic/adapter.js";
import { customImage } from "../provider/dist/resources/customImage.handler.js";
import { type LoggedCall, type RunningSimulator, startSimulator } from "../provider/dist/simulator/index.js";
import { account, regions, roomy, serverId, worldOf } from "./fleetWorld.ts";
import { type VirtualTime, virtualTime } from "./virtualTime.ts";

export interface FleetOptions {
    /** How many servers, at most 100. */
    size: number;
    /** Whether all are in one region, which allows at most 50. @default false: half in each of two regions */
    inOneRegion?: boolean;
    /** Calls per minute of each action that the cloud allows. @default unlimited */
    callsPerMinute?: number;
    /** Configuration of the provider, by full key. */
    config?: Record<string, string>;
    /** Seconds that the cloud takes for an image. @default 180, as in the simulator */
    imageSeconds?: () => number;
    /** Seconds that the cloud takes for a snapshot. @default 60, as in the simulator */
    snapshotSeconds?: () => number;
}

/** An image of one of the servers. */
export interface Member {
    readonly inputs: Record<string, unknown>;
    id: string;
    outs: Record<string, unknown>;
    /** Virtual time at which create returned, in ms. */
    doneAt: number;
}

/** Many simulated servers, and one plugin process that runs the same operation on an image of each in parallel. */
export interface Fleet {
    simulator: RunningSimulator;
    time: VirtualTime;
    members: Member[];
    create(): Promise<void>;
    refresh(): Promise<void>;
    destroy(): Promise<void>;
    calls(): LoggedCall[];
    /** Number of calls of this action since the last `forget`, with any outcome. */
    count(action: string): number;
    forget(): void;
    close(): Promise<void>;
}

/** Gives each operation of the cloud its own duration. */
function varyDurations({ sim }: RunningSimulator, { imageSeconds, snapshotSeconds }: FleetOptions): void {
    const drawn = () => ({ customImage: imageSeconds?.() ?? 180, snapshot: snapshotSeconds?.() ?? 60 });
    const schedule = sim.schedule.bind(sim);
    sim.settings.set("alibaba.durations", drawn());
    sim.schedule = (...job) => {
        schedule(...job);
        sim.settings.set("alibaba.durations", drawn());
    };
}

export async function fleet(options: FleetOptions): Promise<Fleet> {
    const perRegion = options.inOneRegion ? options.size : Math.ceil(options.size / regions.length);
    const simulator = await startSimulator({
        clock: "frozen",
        world: worldOf(options.size, perRegion),
        quotas: { ...roomy, "alibaba.swas.callsPerMinute": options.callsPerMinute ?? 0 },
    });
    const { sim } = simulator;
    varyDurations(simulator, options);
    const time = virtualTime({ now: () => sim.clock.now(), advance: (ms) => sim.advance(ms) });
    const config: Record<string, string | undefined> = {
        "machine-images:endpoint": simulator.url,
        "machine-images:alibabaAccessKeyId": account.key,
        "machine-images:alibabaAccessKeySecret": account.secret,
        ...options.config,
    };
    const read = (key: string) => config[key];
    const clouds = connectClouds({ config: read, environment: {}, time, random: () => 0.5, shared: newShared() });
    const saved: (() => Promise<void>)[] = [];
    const open = (): DynamicProvider =>
        adapt(customImage, () => ({
            clouds,
            time,
            report: () => {},
            warn: () => {},
            whenSaved: (work) => void saved.push(work),
        }));
    const members = Array.from({ length: options.size }, (_, index): Member => {
        const cloud = { type: "alibaba", region: regions[Math.floor(index / perRegion)] };
        const urn = `dev::test::~Test::golden-${index}`;
        const inputs = { cloud, source: { server: serverId(index) }, __urn: urn, __provider: "exports.handler = …" };
        return { inputs, id: "", outs: {}, doneAt: Number.NaN };
    });
    let plugin = open();
    let seen = 0;
    const all = (work: (member: Member) => Promise<void>) => {
        plugin = open();
        return time.run(async () => {
            await Promise.all(members.map(work));
        });
    };
    return {
        simulator,
        time,
        members,
        create: () =>
            all(async (member) => {
                const { inputs } = await plugin.check({}, member.inputs);
                Object.assign(member, await plugin.create(inputs));
                member.doneAt = time.now();
            }),
        refresh: () =>
            all(async (member) => {
                await plugin.read(member.id, member.outs);
            }),
        destroy: () => all((member) => plugin.delete(member.id, member.outs)),
        calls: () => sim.calls.list(seen, 200_000),
        count: (action) => sim.calls.list(seen, 200_000).filter((call) => call.action === action).length,
        forget: () => {
            seen = sim.calls.list(seen, 200_000).at(-1)?.seq ?? seen;
        },
        close: () => simulator.close(),
    };
}
