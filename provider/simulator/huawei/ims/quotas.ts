import type { Quota } from "../../core/quotas";

/** R17: OTC says 50 in its constraints and 100 in its FAQ. */
export const imageQuota: Quota = {
    name: "huawei.ims.images",
    value: 100,
    what: "private images of a project in a region, those in the making included",
    source: "OTC ims-faq: 100; constraints: 50",
};

export const imageTaskQuota: Quota = {
    name: "huawei.ims.concurrentTasks",
    value: 40,
    what: "images of a project that are made at once",
    source: "HW22 constraints: 40 concurrent create tasks (IMG.0060)",
};

export const wholeMemberQuota: Quota = {
    name: "huawei.ims.membersOfWholeImages",
    value: 10,
    what: "projects that a full-ECS image is shared with",
    source: "OTC restrictions: 10 tenants",
};

export const memberQuota: Quota = {
    name: "huawei.ims.members",
    value: 128,
    what: "projects that any other image is shared with",
    source: "HW22: 128; OTC: 256",
};

export const tagQuota: Quota = {
    name: "huawei.ims.tags",
    value: 10,
    what: "tags of an image",
    source: "OTC image_tag_format.rst: 10 (IMG.0116)",
};

export const regionCopyQuota: Quota = {
    name: "huawei.ims.regionCopies",
    value: 5,
    what: "copies of an account's images to other regions that run at once, by source region",
    source: "HW22 constraints: 5 for a tenant (IMG.0149)",
};

export const imsQuotas: readonly Quota[] = [
    regionCopyQuota,
    imageQuota,
    imageTaskQuota,
    wholeMemberQuota,
    memberQuota,
    tagQuota,
];
