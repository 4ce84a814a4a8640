import type { Member } from "../models/member";
import { inSeconds } from "../times";

/** A share as both member APIs return it. */
export function memberDocument(member: Member): Record<string, unknown> {
    return {
        status: member.status,
        created_at: inSeconds(member.createdAt),
        updated_at: inSeconds(member.updatedAt),
        image_id: member.imageId,
        member_id: member.projectId,
        schema: "/v2/schemas/member",
    };
}

export function membersDocument(list: readonly Member[]): Record<string, unknown> {
    return { members: list.map(memberDocument), schema: "/v2/schemas/members" };
}
