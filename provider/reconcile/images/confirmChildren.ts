import { confirmedTags, heldTags, type Ownership } from "../ownership/ownership";
import type { ImageService } from "./service";

/** Says in the cloud that a state holds what was made for an image, or that it stays. */
export async function confirmChildren(
    service: ImageService,
    children: readonly string[],
    ownership: Ownership,
): Promise<void> {
    await service.tagChildren?.(children, ownership.key === undefined ? confirmedTags(ownership) : heldTags);
}
