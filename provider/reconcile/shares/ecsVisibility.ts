import { z } from "zod";
import type { AlibabaRegion } from "../../clouds/connect";
import type { HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { imageUse } from "../../pulumi/dynamic/imageUse";
import type { Properties } from "../../pulumi/dynamic/plainJson";
import { hasUnknown } from "../../pulumi/dynamic/unknown";
import { optionalLookup } from "../optionalLookup";

const reason = (image: string) =>
    `${image} is not shared with ECS: declare an ImageShare that has with: "ecs" for it, and use the share as the image`;

const given = z.object({ image: z.unknown(), imageUse });

/** Refuses an image that does not exist yet and that the program does not share with ECS. */
export function unsharedImageProblems(inputs: Properties): Problem[] {
    const parsed = given.safeParse(inputs);
    if (!parsed.success || !hasUnknown(parsed.data.image)) return [];
    const { facts, ecsShare } = parsed.data.imageUse;
    const isUnshared = facts?.kind === "custom" && ecsShare === "none";
    return isUnshared ? [{ property: "image", reason: reason("the image of a Simple Application Server") }] : [];
}

/** Refuses an existing image of Simple Application Server that is not shared with ECS. */
export async function invisibleImageProblems(
    work: Pick<HandlerContext, "clouds" | "warn">,
    { swas, ecs, region }: AlibabaRegion,
    { image: id, imageUse: use }: { image: string; imageUse: z.infer<typeof imageUse> },
): Promise<Problem[]> {
    const { facts, ecsShare } = use;
    if (ecsShare === "declared" || (facts !== undefined && facts.kind !== "custom")) return [];
    const seen = await optionalLookup(work, `the images of ECS in ${region}`, async () => ({
        image: (await ecs.sharedImage(id)) ?? (await ecs.ownImage(id)),
    }));
    if (!seen || seen.image) return [];
    const image = await optionalLookup(work, `the custom images of ${region}`, () => swas.customImage(id));
    // A shared image may become visible a little later.
    return !image || image.inShare ? [] : [{ property: "image", reason: reason(`image ${id}`) }];
}
