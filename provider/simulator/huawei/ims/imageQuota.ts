import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { images } from "../models/image";
import { members } from "../models/member";
import { refuse } from "../rules";
import { imageOrders } from "./imageLife";
import { imageRequestRules } from "./imageRules";
import { imageQuota, imageTaskQuota, memberQuota } from "./quotas";
import { ims } from "./service";

/**
 * Checks the number of images, including those being created, and the number of concurrent creations
 * (docs/reference/ims.md#image-quotas).
 */
export function checkImageQuota({ sim, store }: Pick<Operation, "sim" | "store">): void {
    const present = store.all(images).length;
    const ordered = store.list(imageOrders);
    const pending = ordered.filter(({ id }) => store.get(images, id) === undefined).length;
    if (present + pending >= sim.quotas.of(imageQuota)) throw refuse(imageRequestRules.imageQuota);
    if (ordered.length >= sim.quotas.of(imageTaskQuota)) throw refuse(imageRequestRules.tooManyTasks);
}

function showQuota({ sim, store, project }: Operation): Reply {
    const received = sim.registry
        .list("huawei", members)
        .filter(({ value }) => value.projectId === project.id && value.status === "accepted");
    const quota = sim.quotas.of(memberQuota);
    const resources = [
        { type: "image", used: store.list(images).length, quota: sim.quotas.of(imageQuota) },
        { type: "image_shared", used: received.length, quota },
        { type: "image_member", used: store.list(members).length, quota },
    ];
    return ok({ quotas: { resources: resources.map((resource) => ({ ...resource, min: 1, max: 1000 })) } });
}

/** GET /v1/cloudimages/quota. */
export const imageQuotaRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v1/cloudimages/quota",
        service: ims,
        operation: "ShowImageQuota",
        isRead: true,
        handler: showQuota,
    },
];
