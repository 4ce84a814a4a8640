import type { Origin, Surroundings } from "../../dynamic/handler";
import { firstMark, ownerTag } from "../ownership";
import type { ReleasePolicy } from "../releaseOrder";
import { releaseImage } from "./releaseImage";
import type { ImageService } from "./service";

/** The tag of an image that was replaced and is kept: the resource's mark. */
export const versionTag = `${ownerTag}-version-of`;

/** Keeps an image that has been replaced; it is still the resource's, and goes when newer ones push it out. */
export async function keepAsVersion(service: ImageService, id: string, origin: Origin): Promise<void> {
    if (await service.find(id)) await service.setTags(id, { [versionTag]: firstMark(origin) });
}

/** Deletes the resource's oldest kept versions until `count` are left. */
export async function pruneVersions(
    surroundings: Surroundings,
    service: ImageService,
    options: { origin: Origin; count: number; policy: ReleasePolicy; limit: number },
): Promise<void> {
    const { origin, count, policy, limit } = options;
    const mark = firstMark(origin);
    const kept = (await service.all()).filter(({ tags }) => tags[versionTag] === mark);
    const newestFirst = kept.sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""));
    for (const { id } of newestFirst.slice(count)) {
        await releaseImage(surroundings, service, id, { policy, children: undefined, limit });
    }
}
