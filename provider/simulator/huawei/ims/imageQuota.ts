import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { images } from "../holdings/image";
import { members } from "../holdings/member";
import { refuse } from "../rules";
import { imageOrders } from "./imageLife";
import { imageRequestRules } from "./imageRules";
import { imageQuota, imageTaskQuota, memberQuota } from "./quotas";
import { ims } from "./service";

/** Images that are there or were ordered, and how many are being made (docs/reference/ims.md#image-quotas). */
export function checkImageQuota({ sim, shelf }: Pick<Operation, "sim" | "shelf">): void {
    const present = shelf.all(images).length;
    const ordered = shelf.list(imageOrders);
    const coming = ordered.filter(({ id }) => shelf.get(images, id) === undefined).length;
    if (present + coming >= sim.quotas.of(imageQuota)) throw refuse(imageRequestRules.imageQuota);
    if (ordered.length >= sim.quotas.of(imageTaskQuota)) throw refuse(imageRequestRules.tooManyTasks);
}

function showQuota({ sim, shelf, project }: Operation): Reply {
    const received = sim.registry
        .list("huawei", members)
        .filter(({ value }) => value.projectId === project.id && value.status === "accepted");
    const quota = sim.quotas.of(memberQuota);
    const resources = [
        { type: "image", used: shelf.list(images).length, quota: sim.quotas.of(imageQuota) },
        { type: "image_shared", used: received.length, quota },
        { type: "image_member", used: shelf.list(members).length, quota },
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
