import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import { images } from "./image";

export interface Member {
    readonly imageId: string;
    readonly projectId: string;
    readonly status: "pending" | "accepted" | "rejected";
    readonly vaultId: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** Stored with the owner's image, by memberKey. */
export const members = kind<Member>("huawei.member");

export const memberKey = (imageId: string, projectId: string): string => `${imageId}/${projectId}`;

/** The shares of an image, oldest first. */
export function membersOf(store: RegionStore, imageId: string): Member[] {
    const projectIds = store.get(images, imageId)?.sharedWith ?? [];
    return projectIds.flatMap((projectId) => store.get(members, memberKey(imageId, projectId)) ?? []);
}
