import { isImage, isServer, onDeleteOf, textAt, versionsPushedOut } from "../plan/facts";
import type { PlannedAction } from "./order";

/** Whether a step can be undone, how, and until when. */
export interface Undo {
    isPossible: boolean;
    /** How it can be undone, or why it cannot. */
    how: string;
    /** The number of the step that deletes what the undo requires. */
    untilStep?: number;
}

/** @param laterDeletions the images that are deleted: step numbers by image id */
export function undoOf(
    action: PlannedAction,
    {
        isKept,
        isBlocked,
        erases,
        laterDeletions,
    }: {
        isKept: boolean;
        isBlocked: boolean;
        erases: string | undefined;
        laterDeletions: ReadonlyMap<string, number>;
    },
): Undo {
    const { change, operation } = action;
    const image = textAt(change.olds?.outputs, "image");
    const until = image === undefined ? undefined : laterDeletions.get(image);
    const yes = (how: string): Undo => ({ isPossible: true, how });
    const no = (how: string): Undo => ({ isPossible: false, how });
    const whileImageExists = (undo: Undo): Undo => ({ ...undo, ...(until !== undefined && { untilStep: until }) });
    if (change.type === "RolloutPause") return yes("a pause changes nothing");
    if (isBlocked) return yes("the step fails and changes nothing");
    const versions = operation === "create" ? [] : versionsPushedOut(change);
    // The earlier program would create another image, from the current contents of its source.
    if (isKept && versions.length === 0 && operation === "delete" && isImage(change))
        return no(
            "the earlier program would create another image; to use the kept image, set imageVersion: previous, or " +
                "refer to the output previous",
        );
    if (isKept && versions.length === 0) return yes("the object is kept");
    if (erases !== undefined) {
        if (image === undefined) return no("the data is lost permanently");
        const again =
            operation === "delete"
                ? "another server can be created from its image"
                : "the disk can get the earlier image again";
        return whileImageExists(no(`the data is lost permanently; ${again}`));
    }
    if ((isKept || operation === "update") && versions.length > 0)
        return no(
            `${versions.length === 1 ? "earlier version" : "earlier versions"} ${versions.join(", ")} cannot be restored`,
        );
    if (operation === "update") return yes("the earlier program reverts the change");
    if (operation === "create") {
        const isPermanent = change.type === "SimpleServer" && Object(change.news?.inputs.onDelete).refund !== true;
        return isPermanent
            ? no("Simple Application Server cannot delete a server, and onDelete.refund is not true")
            : yes("the earlier program deletes it");
    }
    if (change.type === "ImageShare") {
        const mustAccept = "projects" in Object(change.olds?.outputs.with);
        return whileImageExists(yes(`share it again${mustAccept ? "; the recipients must accept again" : ""}`));
    }
    if (change.type === "SimpleServer" && !onDeleteOf(change).refund) return yes("the server is not deleted");
    if (isServer(change)) return no("the server and its disks are deleted");
    if (change.type === "ImageCopy") return whileImageExists(yes("copy the image again"));
    if (isImage(change)) return no("a new image would capture the current contents of its source");
    return yes("the server does not change");
}
