/** Why a server of Simple Application Server stays, which can only be given back for a refund. */
export function whyServerStays({ id, name }: { id: string; name?: string }): string {
    return (
        `server ${id}${name ? ` (${name})` : ""} cannot be deleted: Simple Application Server has no such action. ` +
        "Set onDelete: { refund: true } and run up, to give it back and be refunded, " +
        "or keep it with the resource option retainOnDelete"
    );
}
