import type { AlibabaCloud } from "../../clouds/cloud";
import { contentHashOf } from "../ownership/ownership";

/**
 * What the owner's tag of a copy says that it was made of. A cloud does not tell what a copy was copied from, so this is
 * also how a copy is known to be one of a certain image.
 */
export function copyContentHash(cloud: AlibabaCloud, image: string, name: string | undefined): string {
    return contentHashOf(cloud, image, name);
}

/** The same of an own copy in ECS. */
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
