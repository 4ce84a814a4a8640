import type { Quota } from "../../core/quotas";

/** The constraints say 50 and the FAQ 100 (docs/reference/ims.md#image-quotas). */
export const imageQuota: Quota = {
    name: "huawei.ims.images",
    value: 100,
    what: "private images of a project in a region, including images that are being created",
    source: "docs/reference/ims.md#image-quotas: 100 in the FAQ, 50 in the constraints",
};

export const imageTaskQuota: Quota = {
    name: "huawei.ims.concurrentTasks",
    value: 40,
    what: "images of a project that can be created at once",
    source: "docs/reference/ims.md#image-quotas: 40 (IMG.0060)",
};

export const wholeMemberQuota: Quota = {
    name: "huawei.ims.membersOfWholeImages",
    value: 10,
    what: "projects that a full-ECS image can be shared with",
    source: "docs/reference/ims.md#shared-images: 10",
};

export const memberQuota: Quota = {
    name: "huawei.ims.members",
    value: 128,
    what: "projects that any other image can be shared with",
    source: "docs/reference/ims.md#shared-images: 128 on Huawei Cloud, 256 on Open Telekom Cloud",
};

export const tagQuota: Quota = {
    name: "huawei.ims.tags",
    value: 10,
    what: "tags of an image",
    source: "docs/reference/ims.md#tags: 10 (IMG.0116)",
};

export const regionCopyQuota: Quota = {
    name: "huawei.ims.regionCopies",
    value: 5,
    what: "copies of an account's images to other regions that run at once, by source region",
    source: "docs/reference/ims.md#image-quotas: 5 (IMG.0149)",
};

export const imsQuotas: readonly Quota[] = [
    regionCopyQuota,
    imageQuota,
    imageTaskQuota,
    wholeMemberQuota,
    memberQuota,
    tagQuota,
];
