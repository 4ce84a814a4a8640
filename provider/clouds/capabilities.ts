/** What a cloud or a kind of image cannot do, why, and where that is written. */
export interface Limit {
    readonly reason: string;
    readonly source: string;
}

const fullEcsImages = "docs/reference/full-ecs-images.md#limits-of-full-ecs-images";

/** What a full-ECS image can never do, by the argument that would ask for it. */
export const fullEcsImageLimits = {
    copies: {
        reason: "a full-ECS image cannot be replicated: create one from a server in each region that needs it",
        source: fullEcsImages,
    },
    exportTo: {
        reason: "a full-ECS image cannot be exported: create a system image of the server and export that",
        source: fullEcsImages,
    },
    publish: {
        reason: "a full-ECS image cannot be published as a Marketplace image",
        source: fullEcsImages,
    },
} as const satisfies Record<string, Limit>;

/** Sharing a full-ECS image that was made with a CSBS backup. */
export const csbsImageShare: Limit = {
    reason: "a full-ECS image created with a CSBS backup cannot be shared with other tenants: use a CBR vault (profile cbr), or share a system image",
    source: `${fullEcsImages}; IMS error IMG.0135`,
};

/** Copying a Simple Application Server image to another region. */
export const swasImageCopy: Limit = {
    reason: "Simple Application Server has no public API that copies an image to another region: copy it in the console, or share it with ECS and copy it there",
    source: "docs/reference/swas-images.md#copies-to-other-regions",
};

const projectSharing = "docs/reference/ims.md#shared-images";

/** How many recipients one image may have, and where that is written. */
export interface MostRecipients {
    readonly count: number;
    readonly source: string;
}

/** Projects that may see one full-ECS image. */
export const mostFullEcsProjects: MostRecipients = { count: 10, source: projectSharing };

/** Projects that may see one system image, by whose cloud it is. */
export const mostSystemProjects = {
    otc: { count: 256, source: projectSharing },
    huawei: { count: 128, source: projectSharing },
    // Flexible Engine documents none of its own and runs the same service.
    flexibleEngine: { count: 128, source: projectSharing },
} as const satisfies Record<string, MostRecipients>;

const swasLimits = "docs/reference/swas-images.md#quotas";

/** Accounts that may see one Simple Application Server image, in the same region. */
export const swasShareAccounts: MostRecipients = { count: 10, source: swasLimits };

/** Accounts that may see one ECS image, in the same region. */
export const ecsShareAccounts: MostRecipients = { count: 50, source: "docs/reference/ecs.md#sharing" };

/** What an account does not get of an image that is shared with it. */
export const swasShareOfData =
    "its data disk is not shared: the accounts see its system disk only (docs/reference/swas-images.md#sharing)";

const swasReset = "docs/reference/swas-servers.md#reset";

/** Which images ResetSystem refuses. */
export const swasResetLimits = {
    ownImage: {
        reason: "the image was created from this server: roll the server's disk back to the snapshot in the console instead",
        source: swasReset,
    },
    otherFamily: {
        reason: "a server outside mainland China cannot switch between Linux and Windows",
        source: swasReset,
    },
    dataDisk: {
        reason: "the image has a data disk, and the server has no data disk or a smaller one",
        source: swasReset,
    },
    systemDisk: {
        reason: "the image requires a larger system disk than the server has",
        source: swasReset,
    },
    fromDataImage: {
        reason: "a server that was created from an image with a data disk cannot be reset",
        source: swasReset,
    },
} as const satisfies Record<string, Limit>;

/** An image that ECS made cannot be used where Simple Application Server looks for images. */
export const ecsImageOnSwas: Limit = {
    reason: "a Simple Application Server cannot use an ECS image",
    source: "docs/reference/swas-servers.md#creation",
};

/** What a full-ECS image does to a server that is there already. */
export const fullEcsImageWipe: Limit = {
    reason: "only the system disk is overwritten: data disks keep their content",
    source: "docs/reference/full-ecs-images.md#changing-the-operating-system",
};

/** Sharing with ECS what ECS has already. */
export const ecsImageToEcs: Limit = {
    reason: 'ECS sees its own images: share an EcsImage with { accounts: ["<account id>"] }',
    source: "docs/reference/swas-images.md#sharing",
};

/** Custom images of Simple Application Server: whether the limit is of an account or of a region, the sources disagree. */
export const mostSwasImages = {
    count: 15,
    reason: 'the limit is 15: delete images that you no longer need. Otherwise, "pulumi up" may fail after it has created the snapshot',
    source: `${swasLimits}; error CustomImageQuotaLimit`,
} as const satisfies Limit & { count: number };

/** How many snapshots a Simple Application Server can have. */
export const mostSwasSnapshots = 3;

/**
 * What an account can have of Simple Application Server at most in one region. Of images and snapshots the sources leave
 * open whether all regions count together, so only more than this is known to be refused.
 */
export const mostOfSwasAccount = {
    servers: { count: 50, source: swasLimits },
    images: { count: 15, source: swasLimits },
    snapshots: { count: 15, source: swasLimits },
} as const;

/** Keeping replaced images whose snapshots were made for them: each of them, and the next one's, counts. */
export const swasKeptVersions: Limit = {
    reason: `a server can have at most ${mostSwasSnapshots} snapshots, and each version keeps its own: keep fewer versions, or give each version its own snapshot with source: { snapshot }`,
    source: swasLimits,
};

/** Copying an IMS image to another region. */
export const huaweiImageCopies: Limit = {
    reason: "an image of Open Telekom Cloud cannot be copied to another region, and an image of Huawei Cloud only through an IAM agency: create the image in each region that needs it",
    source: "docs/reference/ims.md#copies",
};

/** Where it is written what a system image can be made of. */
export const systemImageSource = "docs/reference/ims.md#creation";

/** The largest system disk that becomes an image of its own. */
export const oversizedSystemDisk = {
    mostGiB: 1024,
    reason: "and an image of one disk can have at most 1024 GiB: use FullEcsImage instead",
    source: "docs/reference/ims.md#image-quotas",
} as const;

/** Copying an image of somebody else to another region. */
export const stagingCopy: Limit = {
    reason: "a shared image is copied to another region through a staging copy, which must be deleted at the end",
    source: "docs/reference/ecs.md#copies",
};

/** The limit as one sentence of an error. */
export function explain(limit: Limit): string {
    return `${limit.reason} (${limit.source})`;
}
