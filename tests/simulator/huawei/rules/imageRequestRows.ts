import type { imageRequestRules } from "../../../../provider/dist/simulator/huawei/ims/imageRules.js";
import { type Bench, partner } from "../client.ts";
import { copyAway } from "./away.ts";
import type { RowsOf } from "./row.ts";
import { aSystemImage, csbs, fromServer, patch, systemImagesPath } from "./scene.ts";

const order = ({ golden: client }: Bench, changes: Record<string, unknown>) =>
    client.post(systemImagesPath, { ...fromServer, ...changes });

export const imageRequestRows: RowsOf<typeof imageRequestRules> = {
    malformedBody: {
        says: "400 IMG.0001 The request message format is invalid.",
        by: (bench) => order(bench, { name: 5 }),
    },
    emptyBody: {
        says: "400 IMG.0007 The request body is empty.",
        by: ({ golden: client }) => client.post(systemImagesPath, undefined),
    },
    nameMissing: {
        says: "400 IMG.0013 The image name is not specified.",
        by: (bench) => order(bench, { name: "" }),
    },
    nameTooLong: {
        says: "400 IMG.0002 The image name contains more than 128 characters.",
        by: (bench) => order(bench, { name: "a".repeat(129) }),
    },
    nameFormat: {
        says: "400 IMG.0003 The image name format is invalid.",
        by: (bench) => order(bench, { name: " a" }),
    },
    descriptionTooLong: {
        says: "400 IMG.0004 The description contains more than 1024 characters.",
        by: (bench) => order(bench, { description: "a".repeat(1025) }),
    },
    descriptionFormat: {
        says: "400 IMG.0054 The image description format is invalid.",
        by: (bench) => order(bench, { description: "a<b" }),
    },
    memoryInvalid: {
        says: "400 IMG.0055 The memory or disk size is invalid.",
        by: async (bench) => patch(bench, await aSystemImage(bench), "/min_ram", "much"),
    },
    tagInvalid: {
        says: "400 IMG.0115 The image tag is invalid.",
        by: (bench) => order(bench, { image_tags: [{ key: "a=b" }] }),
    },
    tagQuota: {
        says: "400 IMG.0116 The number of image tags exceeds the quota.",
        by: (bench) => order(bench, { image_tags: Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` })) }),
    },
    projectMismatch: {
        says: "400 IMG.0030 The project ID and token in the request are invalid.",
        by: ({ golden: client }) => client.get(`/v1/${partner.project}/jobs/none`),
    },
    unsupported: {
        says: "400 IMG.0105 The operation is not supported.",
        options: csbs,
        by: async (bench) => copyAway(bench, await aSystemImage(bench)),
    },
    imageQuota: {
        says: "400 IMG.0015 The number of private images has reached the maximum allowed.",
        options: { quotas: { "huawei.ims.images": 0 } },
        by: (bench) => order(bench, {}),
    },
    tooManyTasks: {
        says: "400 IMG.0060 The number of tasks exceeds the flow control limit.",
        options: { quotas: { "huawei.ims.concurrentTasks": 0 } },
        by: (bench) => order(bench, {}),
    },
    jobMissing: {
        says: "404 IMG.0023 An exception occurred during task query.",
        by: ({ golden: client }) => client.get("/v1/{pid}/jobs/none"),
    },
};
