/**
 * How long the real clouds usually take, ms. Used for the time of the next poll and for progress messages, never as a
 * time limit. Huawei's durations are from public acceptance-test logs (415 s for a system image, 418 to 702 s for a
 * full-ECS image: docs/reference/image-lifecycle.md#published-durations); the others are estimates.
 */
export const expectedMs = {
    swasSnapshot: 60_000,
    swasImage: 180_000,
    swasImageCopy: 600_000,
    swasServer: 90_000,
    swasReset: 120_000,
    ecsInstance: 60_000,
    systemImage: 415_000,
    ecsSystemDisk: 60_000,
    ecsImageCopy: 2_100_000,
    ecsImageCopyInRegion: 600_000,
    fullEcsImage: 418_000,
    huaweiServer: 75_000,
    huaweiChangeOs: 120_000,
} as const;
