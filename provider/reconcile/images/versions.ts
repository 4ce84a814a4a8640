import { protectedFromDeletion } from "../../pulumi/dynamic/commonOptions";
import { heldElsewhere } from "../../pulumi/dynamic/deletionErrors";
import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { digest } from "../../pulumi/dynamic/owner";
import type { ReleasePolicy } from "../deletionPlan";
import { readOwnership, versionOwner, versionTags } from "../ownership/ownership";
import { confirmImage } from "./ownImages";
import { releaseImage } from "./releaseImage";
import type { ImageService } from "./service";

/** Version 0.1.0 tagged kept images with the first mark of the resource, which is the owner id of its states. */
const ownerOf = ({ owner, urn }: ResourceIdentity) => owner?.id ?? digest(urn, 16);

/** Keeps an image that has been replaced; it is still the resource's, and is deleted when newer ones push it out. */
export async function keepAsVersion(
    service: ImageService,
    id: string,
    identity: ResourceIdentity,
    children: readonly string[],
): Promise<void> {
    const image = await service.find(id);
    if (!image) return;
    const ownership = readOwnership(image.tags);
    // The state held it until now, and holds it as an earlier version from now on.
    if (ownership?.isPending) await confirmImage(service, { id, children, ownership });
    await service.setTags(id, versionTags(ownerOf(identity)));
}

/** No state holds what was made for an earlier version: a run that is killed between the two leaves a trace of it. */
async function doomChildren(service: ImageService, id: string, own: string): Promise<void> {
    if (!service.tagChildren) return;
    const children = await service.children(await service.find(id), undefined);
    const ids = children.flatMap((child) => child.id ?? []);
    if (ids.length > 0) await service.tagChildren(ids, versionTags(own));
}

/**
 * Deletes earlier versions of a resource that are not kept any more: those that the state recorded, and those that an
 * interrupted run had tagged.
 *
 * @param options keeps has the ids that stay; recorded those that the state held
 */
export async function pruneVersions(
    context: HandlerContext,
    service: ImageService,
    options: {
        identity: ResourceIdentity;
        keeps: readonly string[];
        recorded: readonly string[];
        policy: ReleasePolicy;
        limit: number;
        /** Whether deleteProtection is set. A preview cannot know of versions that only their tags show. */
        areProtected: boolean | undefined;
    },
): Promise<void> {
    const { identity, keeps, recorded, policy, limit, areProtected } = options;
    const own = ownerOf(identity);
    // States of version 0.1.0 may give two resources one id, so that the tag alone does not tell whose a version is.
    const isCertain = identity.owner !== undefined && identity.owner.generation > 0;
    const tagged = (await service.all()).filter(({ tags }) => versionOwner(tags) === own);
    const ids = tagged.map(({ id }) => id).filter((id) => isCertain || recorded.includes(id));
    const others = recorded.filter((id) => !ids.includes(id));
    const doomed = [...ids, ...others].filter((id) => !keeps.includes(id));
    const known = doomed.filter((id) => recorded.includes(id));
    if (areProtected && known.length > 0) throw protectedFromDeletion(`earlier version ${known.join(", ")}`);
    for (const id of doomed) {
        const other = await context.holders.otherHolder(id, isCertain ? identity.owner : undefined);
        if (other) {
            context.warn(heldElsewhere(id, other));
            continue;
        }
        if (areProtected) {
            const why = "deleteProtection is set; an interrupted run kept it as an earlier version";
            context.warn(`image ${id} is not deleted: ${why}. Delete it in the console when nothing needs it.`);
            continue;
        }
        await context.holders.deletedOnce(id, async () => {
            if (policy.children !== "retain") await doomChildren(service, id, own);
            await releaseImage(context, service, id, { policy, children: undefined, limit });
        });
    }
}
