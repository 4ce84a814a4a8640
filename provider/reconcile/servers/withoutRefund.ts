import { BlockedDeletion } from "../../pulumi/dynamic/deletionErrors";

/** Why a server of Simple Application Server stays, which can only be given back for a refund. */
export function refundNeeded({ id, name }: { id: string; name?: string }): BlockedDeletion {
    return new BlockedDeletion({
        why: `server ${id}${name ? ` (${name})` : ""} cannot be deleted: Simple Application Server can only refund it`,
        byHand: "request the refund in the console",
        options: ["onDelete: { refund: true }"],
    });
}
