import { protectedFromDeletion } from "../../pulumi/dynamic/commonOptions";
import { heldElsewhere } from "../../pulumi/dynamic/deletionErrors";
import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { digest } from "../../pulumi/dynamic/owner";
import type { ReleasePolicy } from "../deletionPlan";
import { readOwnership, versionOwner, versionTags } from "../ownership/ownership";
import { confirmImage } from "./ownImages";
import { releaseImage } from "./releaseImage";
import type { ImageService } from "./service";

/** Version 0.1.0 tagged kept images with the first owner id of the resource, which its states also use as owner. */
const ownerOf = ({ owner, urn }: ResourceIdentity) => owner?.id ?? digest(urn, 16);

/** Keeps a replaced image. The resource still owns it and deletes it when newer versions exceed `keepVersions`. */
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

/**
 * Tags the children of an earlier version before the version is deleted. No state holds these children, so without the
 * tag an interrupted run would leave no trace of them.
 */
async function tagChildrenForDeletion(service: ImageService, id: string, own: string): Promise<void> {
    if (!service.tagChildren) return;
    const children = await service.children(await service.find(id), undefined);
    const ids = children.flatMap((child) => child.id ?? []);
    if (ids.length > 0) await service.tagChildren(ids, versionTags(own));
}

/**
 * Deletes earlier versions of a resource that are no longer kept: those that the state recorded, and those that an
 * interrupted run tagged.
 *
 * @param options keeps: ids of the versions that are kept; recorded: ids that the state held
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
        /** Whether deleteProtection is set. A preview does not know versions that only their tags show. */
        areProtected: boolean | undefined;
    },
): Promise<void> {
    const { identity, keeps, recorded, policy, limit, areProtected } = options;
    const own = ownerOf(identity);
    // In states of version 0.1.0, two resources may have the same id, so the tag alone does not tell which resource
    // owns a version.
    const isCertain = identity.owner !== undefined && identity.owner.generation > 0;
    const tagged = (await service.all()).filter(({ tags }) => versionOwner(tags) === own);
    const ids = tagged.map(({ id }) => id).filter((id) => isCertain || recorded.includes(id));
    const others = recorded.filter((id) => !ids.includes(id));
    const toDelete = [...ids, ...others].filter((id) => !keeps.includes(id));
    const known = toDelete.filter((id) => recorded.includes(id));
    if (areProtected && known.length > 0) throw protectedFromDeletion(`earlier version ${known.join(", ")}`);
    for (const id of toDelete) {
        const other = await context.holders.otherHolder(id, isCertain ? identity.owner : undefined);
        if (other) {
            context.warn(heldElsewhere(id, other));
            continue;
        }
        if (areProtected) {
            const why = "deleteProtection is set, and an interrupted run kept it as an earlier version";
            context.warn(`image ${id} is not deleted: ${why}. If you no longer need it, delete it in the console.`);
            continue;
        }
        await context.holders.deletedOnce(id, async () => {
            if (policy.children !== "retain") await tagChildrenForDeletion(service, id, own);
            await releaseImage(context, service, id, { policy, children: undefined, limit });
        });
    }
}
