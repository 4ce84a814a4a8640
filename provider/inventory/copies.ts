import type { AlibabaCloud } from "../clouds/cloud";
import { copyContentHash, ecsCopyContentHash } from "../reconcile/images/copyContentHash";
import type { ImageStatus, RegionStatus } from "./status";

interface Placed {
    region: RegionStatus;
    image: ImageStatus;
}

/**
 * The same with every image's copies in the regions that were read. No cloud tells what an image was copied from: its
 * owner's tag does, by the digest of what it was made of. Copies that no stack made are not recognised.
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

/** As the program that made the copy may have named the source's cloud. */
function cloudsOf({ region, account }: RegionStatus): AlibabaCloud[] {
    const plain: AlibabaCloud = { type: "alibaba", region };
    return account === undefined ? [plain] : [{ ...plain, account }, plain];
}

/** All that the tag of a copy of this source may say: what the cloud shows may have been given or not. */
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
