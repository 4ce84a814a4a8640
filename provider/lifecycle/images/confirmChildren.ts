import { confirmedTags, type Ownership, pendingTag } from "../ownership";
import type { ImageService } from "./service";

/** Says in the cloud that a state holds what was made for an image, or that it stays. */
export async function confirmChildren(
    service: ImageService,
    children: readonly string[],
    ownership: Ownership,
): Promise<void> {
    if (ownership.key === undefined) await service.tagChildren?.(children, confirmedTags(ownership));
    else await service.untagChildren?.(children, [pendingTag]);
}
