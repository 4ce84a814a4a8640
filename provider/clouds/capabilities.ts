/** A limit of a cloud or of a kind of image: the reason, and where it is documented. */
export interface Limit {
    readonly reason: string;
    readonly source: string;
}

const fullEcsImages = "docs/reference/full-ecs-images.md#limits-of-full-ecs-images";

/** Operations that a full-ECS image never supports, by the argument that would request them. */
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

/** Sharing a full-ECS image that was created with a CSBS backup. */
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

/** The largest number of recipients of one image, and where it is documented. */
export interface MostRecipients {
    readonly count: number;
    readonly source: string;
}

/** Projects that one full-ECS image can be shared with. */
export const mostFullEcsProjects: MostRecipients = { count: 10, source: projectSharing };

/** Projects that one system image can be shared with, by cloud. */
export const mostSystemProjects = {
    otc: { count: 256, source: projectSharing },
    huawei: { count: 128, source: projectSharing },
    // Flexible Engine documents no limit and runs the same service.
    flexibleEngine: { count: 128, source: projectSharing },
} as const satisfies Record<string, MostRecipients>;

const swasLimits = "docs/reference/swas-images.md#quotas";

/** Accounts that one Simple Application Server image can be shared with, in the same region. */
export const swasShareAccounts: MostRecipients = { count: 10, source: swasLimits };

/** Accounts that one ECS image can be shared with, in the same region. */
export const ecsShareAccounts: MostRecipients = { count: 50, source: "docs/reference/ecs.md#sharing" };

/** The part of a shared image that an account does not get. */
export const swasShareOfData =
    "its data disk is not shared: the accounts see its system disk only (docs/reference/swas-images.md#sharing)";

const swasReset = "docs/reference/swas-servers.md#reset";

/** Images that ResetSystem refuses. */
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

/** Using an ECS image for a Simple Application Server. */
export const ecsImageOnSwas: Limit = {
    reason: "a Simple Application Server cannot use an ECS image",
    source: "docs/reference/swas-servers.md#creation",
};

/** What a full-ECS image does to an existing server. */
export const fullEcsImageWipe: Limit = {
    reason: "only the system disk is overwritten: data disks keep their content",
    source: "docs/reference/full-ecs-images.md#changing-the-operating-system",
};

/** Sharing an ECS image with ECS. */
export const ecsImageToEcs: Limit = {
    reason: 'ECS sees its own images: share an EcsImage with { accounts: ["<account id>"] }',
    source: "docs/reference/swas-images.md#sharing",
};

/**
 * The limit of custom images of Simple Application Server. The sources disagree whether it applies to an account or to
 * a region.
 */
export const mostSwasImages = {
    count: 15,
    reason: 'the limit is 15: delete images that you no longer need. Otherwise, "pulumi up" may fail after it has created the snapshot',
    source: `${swasLimits}; error CustomImageQuotaLimit`,
} as const satisfies Limit & { count: number };

/** The largest number of snapshots of a Simple Application Server. */
export const mostSwasSnapshots = 3;

/**
 * The limits of an account for Simple Application Server in one region. The sources do not say whether images and
 * snapshots of all regions count together, so only a number above these limits is certain to be refused.
 */
export const mostOfSwasAccount = {
    servers: { count: 50, source: swasLimits },
    images: { count: 15, source: swasLimits },
    snapshots: { count: 15, source: swasLimits },
} as const;

/**
 * Keeping replaced images together with their snapshots: each of these snapshots counts, and so does that of the next
 * image.
 */
export const swasKeptVersions: Limit = {
    reason: `a server can have at most ${mostSwasSnapshots} snapshots, and each version keeps its own: keep fewer versions, or give each version its own snapshot with source: { snapshot }`,
    source: swasLimits,
};

/** Copying an IMS image to another region. */
export const huaweiImageCopies: Limit = {
    reason: "an image of Open Telekom Cloud cannot be copied to another region, and an image of Huawei Cloud only through an IAM agency: create the image in each region that needs it",
    source: "docs/reference/ims.md#copies",
};

/** Where the sources of a system image are documented. */
export const systemImageSource = "docs/reference/ims.md#creation";

/** The largest system disk that can become a system image. */
export const oversizedSystemDisk = {
    mostGiB: 1024,
    reason: "and an image of one disk can have at most 1024 GiB: use FullEcsImage instead",
    source: "docs/reference/ims.md#image-quotas",
} as const;

/** Copying an image of another owner to another region. */
export const stagingCopy: Limit = {
    reason: "a shared image is copied to another region through a staging copy, which must be deleted at the end",
    source: "docs/reference/ecs.md#copies",
};

/** The limit as one sentence of an error message. */
export function explain(limit: Limit): string {
    return `${limit.reason} (${limit.source})`;
}
