import type { AlibabaCloud } from "../../clouds/cloud";
import { contentHashOf } from "../ownership/ownership";

/**
 * The content hash in the owner tag of a copy. No cloud tells what a copy was copied from, so this hash also identifies
 * the copies of an image.
 */
export function copyContentHash(cloud: AlibabaCloud, image: string, name: string | undefined): string {
    return contentHashOf(cloud, image, name);
}

/** The same for an own copy in ECS. */
export function ecsCopyContentHash(copy: {
    cloud: AlibabaCloud;
    image: string;
    to: string | undefined;
    encrypted: boolean | undefined;
    name: string | undefined;
    description: string | undefined;
}): string {
    return contentHashOf(copy.cloud, copy.image, copy.to, copy.encrypted, copy.name, copy.description);
}
