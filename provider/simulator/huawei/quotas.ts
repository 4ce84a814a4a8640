import { imageQuotaOf } from "./imageRequests";
import { images, members } from "./objects";
import { ok, type Route } from "./operation";

/** GET /v1/cloudimages/quota. */
export const quotaRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v1/cloudimages/quota",
        service: "ims",
        operation: "ShowImageQuota",
        isRead: true,
        handler: ({ sim, shelf, project }) => {
            const shares = shelf.list(members);
            const received = sim.registry
                .list("huawei", members)
                .filter(({ value }) => value.projectId === project.id && value.status === "accepted");
            const used = {
                image: shelf.list(images).length,
                image_shared: received.length,
                image_member: shares.length,
            };
            const resources = Object.entries(used).map(([type, count]) => ({
                type,
                used: count,
                quota: type === "image" ? imageQuotaOf(sim) : 256,
                min: 1,
                max: 1000,
            }));
            return ok({ quotas: { resources } });
        },
    },
];
