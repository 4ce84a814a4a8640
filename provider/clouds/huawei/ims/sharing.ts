import { z } from "zod";
import { list, optionalText, text } from "../../answerFields";
import { noContent, path, type Rest } from "../rest";

const member = z
    .object({
        image_id: optionalText,
        member_id: text,
        status: text,
        created_at: optionalText,
        updated_at: optionalText,
    })
    .transform((found) => ({
        imageId: found.image_id,
        /** The project it is shared with. */
        projectId: found.member_id,
        /** "pending", "accepted" or "rejected". */
        status: found.status,
        createdAt: found.created_at,
        updatedAt: found.updated_at,
    }));

const members = z.object({ members: list(member) }).transform((found) => found.members);

export type ImageMember = z.output<typeof member>;

/** Shares with other projects, through the Glance operations, which are complete when they are answered. */
export function sharingOperations(rest: Rest) {
    return {
        /** The projects an image is shared with. */
        members: (imageId: string): Promise<ImageMember[]> =>
            rest.ask({
                operation: "ListMembers",
                method: "GET",
                path: path`/v2/images/${imageId}/members`,
                answer: members,
                idempotent: true,
            }),

        /** Shares an image with a project; it is pending until that project accepts. */
        addMember: (imageId: string, projectId: string): Promise<ImageMember> =>
            rest.ask({
                operation: "AddMember",
                method: "POST",
                path: path`/v2/images/${imageId}/members`,
                body: { member: projectId },
                answer: member,
                idempotent: true,
            }),

        /**
         * Accepts or rejects a share. The request requires the receiving project's own credentials.
         * @param change vaultId: the vault to which the backup behind a whole image is copied; required to accept an
         *   image of CBR
         */
        updateMember: (
            imageId: string,
            projectId: string,
            change: { status: "accepted" | "rejected"; vaultId?: string },
        ): Promise<ImageMember> =>
            rest.ask({
                operation: "UpdateMember",
                method: "PUT",
                path: path`/v2/images/${imageId}/members/${projectId}`,
                body: { status: change.status, vault_id: change.vaultId },
                answer: member,
                idempotent: true,
            }),

        /** Removes a share. @throws CloudError `isGone` if there is no such share */
        removeMember: (imageId: string, projectId: string): Promise<void> =>
            rest.ask({
                operation: "DeleteMember",
                method: "DELETE",
                path: path`/v2/images/${imageId}/members/${projectId}`,
                answer: noContent,
                idempotent: true,
            }),
    };
}
