/** What a cloud or a kind of image cannot do, why, and where that is written. */
export interface Limit {
    readonly reason: string;
    readonly source: string;
}

const fullEcsImages = "Huawei Cloud, Creating a Full-ECS Image from an ECS, Constraints";

/** What a full-ECS image can never do, by the argument that would ask for it. */
export const fullEcsImageLimits = {
    copies: {
        reason: "a full-ECS image cannot be replicated: make one from the server in each region that needs it",
        source: fullEcsImages,
    },
    exportTo: {
        reason: "a full-ECS image cannot be exported: make a system image of the server and export that",
        source: fullEcsImages,
    },
    publish: {
        reason: "a full-ECS image cannot be published as a Marketplace image",
        source: fullEcsImages,
    },
} as const satisfies Record<string, Limit>;

/** Sharing a full-ECS image that was made with a CSBS backup. */
export const csbsImageShare: Limit = {
    reason: "a full-ECS image made with a CSBS backup cannot be shared with other tenants: use a CBR vault (profile cbr), or share a system image",
    source: `${fullEcsImages}; IMS error IMG.0135`,
};

/** Copying a Simple Application Server image to another region. */
export const swasImageCopy: Limit = {
    reason: "Simple Application Server has no public API that copies an image to another region: copy it in the console, or share it with ECS and copy it there",
    source: "SWAS-OPEN 2020-06-01 has no such action in any official SDK; the console's page is help document 199378",
};

/** How many snapshots a Simple Application Server can have. */
export const mostSwasSnapshots = 3;

/** Keeping replaced images whose snapshots were made for them: each of them, and the next one's, counts. */
export const swasKeptVersions: Limit = {
    reason: `a server has at most ${mostSwasSnapshots} snapshots, and every version keeps its own: keep fewer, or give each version its snapshot with source: { snapshot }`,
    source: "SWAS-OPEN 2020-06-01, CreateSnapshot: three snapshots for the disks of each server",
};

/** Most projects that one full-ECS image can be shared with (Open Telekom Cloud, image sharing restrictions). */
export const mostFullEcsImageRecipients = 10;

/** The limit as one sentence of an error. */
export function explain(limit: Limit): string {
    return `${limit.reason} (${limit.source})`;
}
