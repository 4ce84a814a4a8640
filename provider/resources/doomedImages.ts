import type { DoomedObjects, HandlerContext, Problem } from "../pulumi/dynamic/handler";
import { stackPart } from "../pulumi/dynamic/urn";
import type { ReleasePolicy } from "../reconcile/deletionPlan";
import { imageOptions } from "../reconcile/images/options";
import { describeImage, type ImageService, type SeenImage, type SeenShare } from "../reconcile/images/service";
import { optionalLookup } from "../reconcile/optionalLookup";
import { storedRecipients } from "./sharesBeside";

/** Who removes a share before its image is deleted. "perhaps": it is unknown whether anybody does. */
type Remover = "this stack" | "nobody" | "perhaps";

type Work = HandlerContext & { urn: string; objects: DoomedObjects };

/**
 * Reasons why a change is certain to fail when it deletes images. `up` deletes at its end, after the ImageShares of the
 * stack, so only a share that no ImageShare declares still exists then. A deletion that may fail is a warning.
 */
export async function doomedImageProblems<Image extends SeenImage>(
    work: Work,
    open: () => Promise<ImageService<Image>>,
): Promise<Problem[]> {
    const { objects } = work;
    const given = imageOptions.onDelete.safeParse(objects.onDelete);
    if (!given.success) return [];
    const policy = given.data ?? {};
    const found = await optionalLookup(work, "the dependents of images that this change deletes", async () => {
        const service = await open();
        const { replaced, versions } = objects;
        const current = replaced === undefined ? [] : await problemsOf(work, service, replaced, policy);
        const pushedOut: Problem[] = [];
        for (const id of versions) {
            // An earlier version that is in use is kept.
            pushedOut.push(...(await problemsOf(work, service, id, { ...policy, ifInUse: "retain" })));
        }
        return [...current, ...pushedOut];
    });
    return found ?? [];
}

async function problemsOf<Image extends SeenImage>(
    work: Work,
    service: ImageService<Image>,
    id: string,
    { unshare, ifInUse = "block" }: ReleasePolicy,
): Promise<Problem[]> {
    const image = await service.find(id);
    if (!image) return [];
    const users = ifInUse === "wait" ? [] : await service.users(image);
    if (users.length > 0 && ifInUse === "retain") return [];
    const what = describeImage(service, id, image);
    const others: string[] = [];
    if (ifInUse === "block") {
        // This change may move or delete a server that a state holds.
        for (const user of users) if (await isForeign(work, user.id)) others.push(user.what);
    }
    const shares = unshare ? [] : await service.shares(image);
    const removers = await Promise.all(shares.map((share) => removerOf(work, id, share)));
    const sharedFor = (remover: Remover) =>
        shares.filter((_, index) => removers[index] === remover).map(({ recipient }) => recipient);
    const undeclared = sharedFor("nobody");
    const mayRemain = sharedFor("perhaps");
    const { isCertain, replaced } = work.objects;
    const change = id === replaced ? `replaces ${what}` : `deletes the earlier version ${what}`;
    if (undeclared.length > 0 && isCertain) {
        const reason =
            `is not set, and this change ${change}, which is shared with ${undeclared.join(", ")} without an ImageShare: ` +
            "remove the share in the console, or set onDelete: { unshare: true }";
        return [{ property: "onDelete.unshare", reason }];
    }
    const obstacles = [
        ...(others.length > 0 ? [`used by ${others.join(", ")}`] : []),
        ...([...undeclared, ...mayRemain].length > 0
            ? [`shared with ${[...undeclared, ...mayRemain].join(", ")}`]
            : []),
    ];
    if (obstacles.length > 0) {
        work.warn(
            `this change ${change}, which is ${obstacles.join(" and ")}. ` +
                "If this is still the case when the image is deleted, the deletion fails",
        );
    }
    return [];
}

/** Whether no resource of this stack holds the server. */
async function isForeign({ holders, urn }: Work, server: string): Promise<boolean> {
    if ((await holders.holding(server)) === "free") return true;
    const urns = await holders.urnsHolding(server);
    return urns.length > 0 && urns.every((one) => stackPart(one) !== stackPart(urn));
}

/** An ImageShare of another stack may be deleted by then. */
async function removerOf(work: Work, image: string, { to }: SeenShare): Promise<Remover> {
    const stored = await storedRecipients(work, image);
    if (stored === "unknown") return "perhaps";
    const holders = stored.filter(({ recipients }) => recipients.includes(to));
    if (holders.length === 0) return "nobody";
    return holders.some(({ urn }) => stackPart(urn) === stackPart(work.urn)) ? "this stack" : "perhaps";
}
