import { isImage, isServer, onDeleteOf, textAt, versionsPushedOut } from "../plan/facts";
import type { PlannedAction } from "./order";

/** Whether an act can be undone, how, and until when. */
export interface Undo {
    isPossible: boolean;
    how: string;
    /** The number of the step that takes the way back away. */
    untilStep?: number;
}

/** @param laterDeletions the deletions of images that really happen: their numbers by the images' ids */
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
    const { change, does } = action;
    const image = textAt(change.olds?.outputs, "image");
    const until = image === undefined ? undefined : laterDeletions.get(image);
    const yes = (how: string): Undo => ({ isPossible: true, how });
    const no = (how: string): Undo => ({ isPossible: false, how });
    const whileThere = (how: string): Undo => ({
        isPossible: true,
        how,
        ...(until !== undefined && { untilStep: until }),
    });
    if (change.type === "RolloutPause") return yes("nothing is changed, only time passes");
    if (isBlocked) return yes("nothing is done");
    const versions = does === "create" ? [] : versionsPushedOut(change);
    // The earlier program would create another image, of what its source holds then.
    if (isKept && versions.length === 0 && does === "delete" && isImage(change))
        return no(
            "the earlier program would create another image; to use the kept one, set imageVersion: previous, or refer to " +
                "the output previous",
        );
    if (isKept && versions.length === 0) return yes("the object stays");
    if (erases !== undefined) {
        if (image === undefined) return no("the data is lost for good");
        const again =
            does === "delete" ? "another such server can be made of its image" : "the earlier image can be put back";
        return { ...no(`the data is lost for good; ${again}`), ...(until !== undefined && { untilStep: until }) };
    }
    if ((isKept || does === "update") && versions.length > 0) return no(`${versions.join(", ")} is gone for good`);
    if (does === "update") return yes("the earlier program changes it back");
    if (does === "create") {
        const isForGood = change.type === "SimpleServer" && Object(change.news?.inputs.onDelete).refund !== true;
        return isForGood
            ? no("Simple Application Server cannot delete a server")
            : yes("the earlier program takes it away again");
    }
    if (change.type === "ImageShare") {
        const mustAccept = "projects" in Object(change.olds?.outputs.with);
        return whileThere(`by sharing it again${mustAccept ? ", which the recipients must accept again" : ""}`);
    }
    if (change.type === "SimpleServer" && !onDeleteOf(change).refund) return yes("nothing is taken away");
    if (isServer(change)) return no("the server and its disks are gone");
    if (change.type === "ImageCopy") return whileThere("by copying the image again");
    if (isImage(change)) return no("another image would hold what its source holds then");
    return yes("nothing is done to the server");
}
