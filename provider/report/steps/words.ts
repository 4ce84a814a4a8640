import type { HandlerName } from "../../pulumi/dynamic/resource";
import { acceptingAccounts, cloudOf, recipientsOf, regionOf, textAt } from "../plan/facts";
import { valueText } from "../plan/values";
import type { PlannedAction } from "./order";

const nouns: Record<HandlerName, string> = {
    CustomImage: "image",
    ImageCopy: "copy",
    FullEcsImage: "full-server image",
    ImageShare: "share",
    SystemDiskReplacement: "system disk",
    EcsImage: "ECS image",
    SimpleServer: "server",
    EcsInstance: "instance",
    HuaweiServer: "server",
    RolloutPause: "pause",
};

/** A resource of this type in plain words: "share", "image". */
export const nounOf = (type: HandlerName): string => nouns[type];

/** An operation on a resource of this type in plain words, without its name: "create image", "unshare". */
export function operationText(type: HandlerName, operation: PlannedAction["operation"] | "keep"): string {
    if (type === "ImageShare" && operation === "delete") return "unshare";
    if (type === "ImageShare" && operation === "create") return "share";
    if (type === "SystemDiskReplacement") return operation === "delete" ? "release system disk" : "replace system disk";
    if (type === "RolloutPause" && operation === "update") return "pause";
    return `${operation} ${nouns[type]}`;
}

/** Where, or with whom: "in cn-hangzhou", "with ECS", "from ECS". */
export function placeOf({ change, operation }: PlannedAction): string {
    const properties = operation === "delete" ? change.olds?.outputs : change.news?.inputs;
    if (change.type === "ImageShare") {
        const recipients = [...recipientsOf(properties), ...acceptingAccounts(properties)].join(", ");
        return `${operation === "delete" ? "from" : "with"} ${recipients || "recipients that are not known yet"}`;
    }
    if (change.type === "SystemDiskReplacement") return `of server ${plain(properties?.server)}`;
    if (change.type === "RolloutPause") return `for ${plain(properties?.pause)}`;
    return `in ${regionOf(change, properties)}`;
}

/** One part of a creation. */
interface CreationPart {
    text: string;
    /** The child of the image that the part creates. */
    child?: "snapshot" | "backup";
}

/** The parts of a creation that consists of several, in their order. */
export function creationParts({ change }: PlannedAction): CreationPart[] {
    const where = cloudOf(change, change.news?.inputs);
    const source = Object(change.news?.inputs.source);
    if (change.type === "CustomImage" && where.type === "alibaba" && "server" in source) {
        return [
            { text: `creating a snapshot of server ${plain(source.server)}`, child: "snapshot" },
            { text: "creating the image from it" },
        ];
    }
    const to = textAt(change.news?.inputs, "to");
    const isStaged = Object(change.news?.inputs.imageFacts).kind === "custom";
    if (change.type === "EcsImage" && isStaged && to !== undefined) {
        // ECS copies an image of Simple Application Server only within its region.
        return [
            { text: `copying the image within ${where.region}` },
            { text: `copying the staging copy to ${to}`, child: "snapshot" },
            { text: "deleting the staging copy and its snapshot" },
        ];
    }
    if (change.type === "FullEcsImage" && "server" in source) {
        return [{ text: `creating a backup of server ${plain(source.server)} and the image from it`, child: "backup" }];
    }
    return [];
}

const plain = (value: unknown) => valueText(value).replace(/^"(.*)"$/, "$1");
