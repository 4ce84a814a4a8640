import type { AlibabaCloud } from "../clouds/cloud";
import { copyContentHash, ecsCopyContentHash } from "../reconcile/images/copyContentHash";
import type { ImageStatus, RegionStatus } from "./status";

interface Placed {
    region: RegionStatus;
    image: ImageStatus;
}

/**
 * Adds to every image its copies in the regions that were read. No cloud tells what an image was copied from. The
 * content hash in the owner tag does, so copies that no stack created are not recognized.
 */
export function withCopies(regions: readonly RegionStatus[]): RegionStatus[] {
    const all = regions.flatMap((region) => region.images.map((image): Placed => ({ region, image })));
    const ofAlibaba = all.filter(({ region }) => region.cloud === "alibaba");
    return regions.map((region) => ({
        ...region,
        images: region.images.map((image) => ({
            ...image,
            copies: ofAlibaba
                .filter((candidate) => candidate.image !== image && isCopy(candidate, { region, image }))
                .map(({ region: { region: name }, image: { id, status } }) => ({ id, region: name, status })),
        })),
    }));
}

function isCopy(candidate: Placed, source: Placed): boolean {
    const contentHash = candidate.image.owner?.contentHash;
    if (contentHash === undefined || source.region.cloud !== "alibaba") return false;
    if (candidate.region.account !== source.region.account) return false;
    return cloudsOf(source.region).some((cloud) => contentsOf(candidate, source, cloud).includes(contentHash));
}

/** The ways in which the program that created the copy may have named the source's cloud. */
function cloudsOf({ region, account }: RegionStatus): AlibabaCloud[] {
    const plain: AlibabaCloud = { type: "alibaba", region };
    return account === undefined ? [plain] : [{ ...plain, account }, plain];
}

/**
 * All content hashes that a copy of this source may have: the name and the description that the cloud shows may or may
 * not have been set by the user.
 */
function contentsOf({ region, image }: Placed, source: Placed, cloud: AlibabaCloud): string[] {
    const names = [undefined, image.name];
    const isElsewhere = region.region !== source.region.region;
    if (image.kind === "custom image") {
        if (!isElsewhere || source.image.kind !== "custom image") return [];
        return names.map((name) => copyContentHash(cloud, source.image.id, name));
    }
    const to = isElsewhere ? region.region : undefined;
    return names.flatMap((name) =>
        [undefined, image.description].flatMap((description) =>
            [undefined, true, false].map((encrypted) =>
                ecsCopyContentHash({ cloud, image: source.image.id, to, encrypted, name, description }),
            ),
        ),
    );
}
