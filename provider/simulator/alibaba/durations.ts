import type { Simulation } from "../core/simulation";

interface Duration {
    readonly ms: number;
    /** "measured" if the cloud or a similar cloud was timed; "assumed" otherwise. */
    readonly basis: "measured" | "assumed";
    readonly source: string;
}

const second = 1000;
const minute = 60 * second;

/** Durations of asynchronous work, in virtual time. A world can override each duration by name. */
export const durations = {
    snapshot: {
        ms: 60 * second,
        basis: "assumed",
        source: "docs/reference/image-lifecycle.md#published-durations: 42 s on AWS",
    },
    customImage: {
        ms: 3 * minute,
        basis: "assumed",
        source: "docs/reference/image-lifecycle.md#published-durations: 42 s (AWS) to 702 s (Huawei)",
    },
    customImageCopy: {
        ms: 10 * minute,
        basis: "assumed",
        source: "docs/reference/image-lifecycle.md#published-durations: 384 s (AWS), 672 s (Huawei)",
    },
    serverPending: { ms: 30 * second, basis: "assumed", source: "part of the 90 s that a server takes" },
    serverStart: { ms: 60 * second, basis: "measured", source: "Linux starts 44 to 97 s (Mao, Humphrey 2012)" },
    serverStop: { ms: 20 * second, basis: "assumed", source: "none" },
    serverRefund: { ms: 10 * minute, basis: "assumed", source: "none; applies to a refund without immediate release" },
    expiredServerKept: {
        ms: 7 * 24 * 60 * minute,
        basis: "assumed",
        source: "none; how long an expired server can be renewed before it is released",
    },
    serverReset: { ms: 3 * minute, basis: "assumed", source: "none; the disk is rewritten and the server starts" },
    serverUpgrade: { ms: 60 * second, basis: "assumed", source: "none; about as long as a restart" },
    diskReset: { ms: 30 * second, basis: "assumed", source: "none" },
    command: { ms: 2 * second, basis: "assumed", source: "none" },
    ecsImageCopySameRegion: { ms: 10 * minute, basis: "assumed", source: "none; same as the copy of a custom image" },
    ecsImageCopy: { ms: 35 * minute, basis: "measured", source: "terraform-provider-alicloud PR 4382: about 35 min" },
    ecsImageUsable: {
        ms: 30 * second,
        basis: "assumed",
        source: "Available precedes Usable (PR 10176); the duration is unknown",
    },
    ecsInstancePending: { ms: 20 * second, basis: "assumed", source: "part of the 60 s that an instance takes" },
    ecsInstanceStart: { ms: 40 * second, basis: "measured", source: "Linux starts 44 to 97 s (Mao, Humphrey 2012)" },
    ecsInstanceStop: { ms: 20 * second, basis: "assumed", source: "none" },
    listed: { ms: 0, basis: "assumed", source: "delay until lists show a new object; a world can increase it" },
    ecsShareSeen: { ms: 0, basis: "assumed", source: "delay until ECS shows a shared image; a world can increase it" },
} as const satisfies Record<string, Duration>;

export type DurationName = keyof typeof durations;

const setting = "alibaba.durations";

/** Stores the overrides of the world file, in seconds. */
export function overrideDurations(sim: Simulation, seconds: Partial<Record<DurationName, number>>): void {
    sim.settings.set(setting, seconds);
}

/** The duration in milliseconds of virtual time. */
export function durationOf(sim: Simulation, name: DurationName): number {
    const override = sim.settings.get<Partial<Record<DurationName, number>>>(setting)?.[name];
    return override === undefined ? durations[name].ms : override * second;
}
