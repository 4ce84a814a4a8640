import { confirmedTags, heldTags, type Ownership } from "../ownership/ownership";
import type { ImageService } from "./service";

/** Sets the tags of an image's children that say that a state holds them, or that they are kept on purpose. */
export async function confirmChildren(
    service: ImageService,
    children: readonly string[],
    ownership: Ownership,
): Promise<void> {
    await service.tagChildren?.(children, ownership.key === undefined ? confirmedTags(ownership) : heldTags);
}
