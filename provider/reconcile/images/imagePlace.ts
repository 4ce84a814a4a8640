import { z } from "zod";
import type { Problem } from "../../pulumi/dynamic/handler";
import type { Properties } from "../../pulumi/dynamic/plainJson";
import { hasUnknown } from "../../pulumi/dynamic/unknown";

const places = z.object({
    cloud: z.object({ type: z.string(), region: z.string() }),
    imageFacts: z.object({ kind: z.string(), cloud: z.string(), region: z.string() }),
});

/**
 * A server can be created only from an image in its own cloud and region. The check works at preview if the image is a
 * resource.
 */
export function imageRegionProblems(inputs: Properties): Problem[] {
    const parsed = places.safeParse(inputs);
    if (!parsed.success) return [];
    const { cloud, imageFacts: image } = parsed.data;
    if (hasUnknown(cloud) || hasUnknown(image)) return [];
    if (cloud.type === image.cloud && cloud.region === image.region) return [];
    const remedy =
        image.kind === "full-ecs"
            ? "a full-ECS image can be used only in the region where it is available (docs/reference/full-ecs-images.md#limits-of-full-ecs-images)"
            : "copy the image to the server's region and use that copy";
    return [
        {
            property: "image",
            reason: `the image is in ${image.cloud} ${image.region} and the server in ${cloud.type} ${cloud.region}: ${remedy}`,
        },
    ];
}
