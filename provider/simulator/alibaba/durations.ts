import type { Simulation } from "../core/simulation";

interface Duration {
    readonly ms: number;
    /** "measured" where somebody timed the cloud or one like it; "ours" where nobody did. */
    readonly basis: "measured" | "ours";
    readonly source: string;
}

const second = 1000;
const minute = 60 * second;

/** How long the cloud works on what it is asked, in virtual time. A world may override any by name. */
export const durations = {
    snapshot: {
        ms: 60 * second,
        basis: "ours",
        source: "docs/reference/image-lifecycle.md#published-durations: 42 s on AWS",
    },
    customImage: {
        ms: 3 * minute,
        basis: "ours",
        source: "docs/reference/image-lifecycle.md#published-durations: 42 s (AWS) to 702 s (Huawei)",
    },
    customImageCopy: {
        ms: 10 * minute,
        basis: "ours",
        source: "docs/reference/image-lifecycle.md#published-durations: 384 s (AWS), 672 s (Huawei)",
    },
    serverPending: { ms: 30 * second, basis: "ours", source: "a part of the 90 s that a server takes" },
    serverStart: { ms: 60 * second, basis: "measured", source: "Linux starts 44 to 97 s (Mao, Humphrey 2012)" },
    serverStop: { ms: 20 * second, basis: "ours", source: "none" },
    serverRefund: { ms: 10 * minute, basis: "ours", source: "none; of a refund that does not release at once" },
    expiredServerKept: {
        ms: 7 * 24 * 60 * minute,
        basis: "ours",
        source: "none; how long an expired server can still be renewed before it is released",
    },
    serverReset: { ms: 3 * minute, basis: "ours", source: "none; a disk is written anew and the server starts" },
    serverUpgrade: { ms: 60 * second, basis: "ours", source: "none; about a restart" },
    diskReset: { ms: 30 * second, basis: "ours", source: "none" },
    command: { ms: 2 * second, basis: "ours", source: "none" },
    ecsImageCopySameRegion: { ms: 10 * minute, basis: "ours", source: "none; as long as a custom image's copy" },
    ecsImageCopy: { ms: 35 * minute, basis: "measured", source: "terraform-provider-alicloud PR 4382: about 35 min" },
    ecsImageUsable: {
        ms: 30 * second,
        basis: "ours",
        source: "Available comes before Usable (PR 10176); span unknown",
    },
    ecsInstancePending: { ms: 20 * second, basis: "ours", source: "a part of the 60 s that an instance takes" },
    ecsInstanceStart: { ms: 40 * second, basis: "measured", source: "Linux starts 44 to 97 s (Mao, Humphrey 2012)" },
    ecsInstanceStop: { ms: 20 * second, basis: "ours", source: "none" },
    listed: { ms: 0, basis: "ours", source: "how long a new object is missing from lists; a world makes it longer" },
    ecsShareSeen: { ms: 0, basis: "ours", source: "how long ECS does not see a share yet; a world makes it longer" },
} as const satisfies Record<string, Duration>;

export type DurationName = keyof typeof durations;

const setting = "alibaba.durations";

/** Keeps what the world file says instead, in seconds. */
export function overrideDurations(sim: Simulation, seconds: Partial<Record<DurationName, number>>): void {
    sim.settings.set(setting, seconds);
}

/** Milliseconds of virtual time. */
export function durationOf(sim: Simulation, name: DurationName): number {
    const override = sim.settings.get<Partial<Record<DurationName, number>>>(setting)?.[name];
    return override === undefined ? durations[name].ms : override * second;
}
