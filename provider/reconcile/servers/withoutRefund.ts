import { BlockedDeletion } from "../../pulumi/dynamic/deletionErrors";

/** Why a server of Simple Application Server is not deleted: the cloud can only refund it. */
export function refundNeeded({ id, name }: { id: string; name?: string }): BlockedDeletion {
    return new BlockedDeletion({
        why: `server ${id}${name ? ` (${name})` : ""} cannot be deleted: Simple Application Server can only refund it`,
        byHand: "request the refund in the console",
        options: ["onDelete: { refund: true }"],
    });
}
