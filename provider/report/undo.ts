import { isImage, isServer, onDeleteOf } from "./facts";
import type { Act } from "./order";

/** Whether an act can be undone, and how. */
export function undoOf(
    { change, does }: Act,
    { isKept, erases }: { isKept: boolean; erases: string | undefined },
): { isPossible: boolean; how: string } {
    const yes = (how: string) => ({ isPossible: true, how });
    const no = (how: string) => ({ isPossible: false, how });
    if (erases !== undefined) return no(`what is on ${erases} is lost`);
    if (change.type === "RolloutPause") return yes("nothing is changed, only time passes");
    if (isKept) return yes("the object stays");
    if (does === "update") return yes("the earlier program changes it back");
    if (does === "create") {
        const isForGood = change.type === "SimpleServer" && Object(change.news?.inputs.onDelete).refund !== true;
        return isForGood
            ? no("Simple Application Server cannot delete a server")
            : yes("the earlier program takes it away again");
    }
    if (change.type === "ImageShare") {
        const mustAccept = "projects" in Object(change.olds?.outputs.with);
        return yes(`by sharing it again${mustAccept ? ", which the recipients must accept again" : ""}`);
    }
    if (change.type === "SimpleServer" && !onDeleteOf(change).refund) return yes("nothing is taken away");
    if (isServer(change)) return no("the server and its disks are gone");
    if (change.type === "ImageCopy") return yes("by copying the image again, while it is there");
    if (isImage(change)) return no("another image holds what its source holds then");
    return yes("nothing is done to the server");
}
