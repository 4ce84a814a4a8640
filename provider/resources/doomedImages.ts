import type { DoomedObjects, HandlerContext, Problem } from "../pulumi/dynamic/handler";
import { stackPart } from "../pulumi/dynamic/urn";
import type { ReleasePolicy } from "../reconcile/deletionPlan";
import { imageOptions } from "../reconcile/images/options";
import { describeImage, type ImageService, type SeenImage, type SeenShare } from "../reconcile/images/service";
import { optionalLookup } from "../reconcile/optionalLookup";
import { storedRecipients } from "./sharesBeside";

/** Who is known to remove a share before its image is deleted: "nobody", or "perhaps" somebody. */
type Remover = "this stack" | "nobody" | "perhaps";

type Work = HandlerContext & { urn: string; objects: DoomedObjects };

/**
 * Why a change is certain to fail once it deletes images. What an `up` deletes is deleted at its end, when the ImageShares
 * of the stack are gone: a share that none of them has is still there. What may fail is a warning.
 */
export async function doomedImageProblems<Image extends SeenImage>(
    work: Work,
    open: () => Promise<ImageService<Image>>,
): Promise<Problem[]> {
    const { objects } = work;
    const given = imageOptions.onDelete.safeParse(objects.onDelete);
    if (!given.success) return [];
    const policy = given.data ?? {};
    const found = await optionalLookup(work, "what is in the way of a deletion", async () => {
        const service = await open();
        const { replaced, versions } = objects;
        const current = replaced === undefined ? [] : await problemsOf(work, service, replaced, policy);
        const pushedOut: Problem[] = [];
        for (const id of versions) {
            // An earlier version that something uses stays.
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
        // What a state holds may be moved or deleted by this very change.
        for (const user of users) if (await isForeign(work, user.id)) others.push(user.what);
    }
    const shares = unshare ? [] : await service.shares(image);
    const removers = await Promise.all(shares.map((share) => removerOf(work, id, share)));
    const sharedFor = (remover: Remover) =>
        shares.filter((_, index) => removers[index] === remover).map(({ recipient }) => recipient);
    const stays = sharedFor("nobody");
    const mayStay = sharedFor("perhaps");
    const { isCertain, replaced } = work.objects;
    const act = id === replaced ? `replaces ${what}` : `deletes the earlier version ${what}`;
    if (stays.length > 0 && isCertain) {
        const reason =
            `is not set, and this change ${act}, which is shared with ${stays.join(", ")}, and not by an ImageShare: ` +
            "remove the share in the console, or set onDelete: { unshare: true }";
        return [{ property: "onDelete.unshare", reason }];
    }
    const obstacles = [
        ...(others.length > 0 ? [`used by ${others.join(", ")}`] : []),
        ...([...stays, ...mayStay].length > 0 ? [`shared with ${[...stays, ...mayStay].join(", ")}`] : []),
    ];
    if (obstacles.length > 0) {
        work.warn(`this change ${act}, which is ${obstacles.join(" and ")}: the deletion fails if it still is then`);
    }
    return [];
}

/** Whether no resource of this stack holds the server. */
async function isForeign({ holders, urn }: Work, server: string): Promise<boolean> {
    if ((await holders.holding(server)) === "free") return true;
    const urns = await holders.urnsHolding(server);
    return urns.length > 0 && urns.every((one) => stackPart(one) !== stackPart(urn));
}

/** An ImageShare of another stack may be gone by then. */
async function removerOf(work: Work, image: string, { to }: SeenShare): Promise<Remover> {
    const stored = await storedRecipients(work, image);
    if (stored === "unknown") return "perhaps";
    const holders = stored.filter(({ recipients }) => recipients.includes(to));
    if (holders.length === 0) return "nobody";
    return holders.some(({ urn }) => stackPart(urn) === stackPart(work.urn)) ? "this stack" : "perhaps";
}
