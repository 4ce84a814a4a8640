import { z } from "zod";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import type { Properties } from "../../pulumi/dynamic/plainJson";
import type { ImageService, SeenShare } from "../images/service";
import { everyoneOf } from "./recipients";

/** The inputs that distinguish an ImageShare from other resources of an image. */
const anyShare = z.object({
    with: z.union([
        z.literal("ecs"),
        z.object({ accounts: z.array(z.string()) }),
        z.object({ projects: z.array(z.string()) }),
    ]),
    accept: z.array(z.object({ cloud: z.looseObject({ type: z.literal("huawei"), region: z.string() }) })).optional(),
    acceptedBy: z.array(z.string()).optional(),
});

/**
 * The shares of an image that only interrupted creates of this stack's ImageShares can have created. No state holds
 * them, so nothing else removes them before the image is deleted.
 */
export async function begunShares<Seen extends Pick<SeenShare, "to">>(
    context: Pick<HandlerContext, "clouds" | "holders">,
    id: string,
    shares: readonly Seen[],
): Promise<Seen[]> {
    if (shares.length === 0) return [];
    const { holders } = context;
    const input = { name: "image", value: id };
    const begun = await recipientsIn(context, await holders.begunWith(input));
    if (begun.length === 0) return [];
    const beside = await recipientsIn(context, await holders.othersWith(undefined, input));
    return shares.filter(({ to }) => begun.includes(to) && !beside.includes(to));
}

/** Removes these shares. @returns whether there were any */
export async function removeBegunShares(context: HandlerContext, service: ImageService, id: string): Promise<boolean> {
    const image = await service.find(id);
    const own = await begunShares(context, id, image ? await service.shares(image) : []);
    for (const { recipient, remove } of own) {
        context.report(`unsharing from ${recipient}: an interrupted run created this share`);
        await remove();
    }
    return own.length > 0;
}

async function recipientsIn(
    { clouds }: Pick<HandlerContext, "clouds">,
    shares: readonly Properties[],
): Promise<string[]> {
    const found: string[] = [];
    for (const share of shares) {
        const { data } = anyShare.safeParse(share);
        if (data) found.push(...(await everyoneOf(clouds, data)));
    }
    return found;
}
