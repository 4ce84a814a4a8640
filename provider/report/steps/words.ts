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

/** "share", "image": what people call a resource of this type. */
export const nounOf = (type: HandlerName): string => nouns[type];

/** What is done to a resource: "replace image", without its name. */
export function deedOf(action: PlannedAction): string {
    const { change, does } = action;
    const noun = nouns[change.type];
    if (change.type === "ImageShare" && does === "delete") return "unshare";
    if (change.type === "ImageShare" && does === "create") return "share";
    if (change.type === "SystemDiskReplacement")
        return does === "delete" ? "let go of system disk" : "replace system disk";
    if (change.type === "RolloutPause" && does === "update") return "pause";
    return `${does} ${noun}`;
}

/** Where, and with whom: "in cn-hangzhou", "with ECS". */
export function placeOf({ change, does }: PlannedAction): string {
    const properties = does === "delete" ? change.olds?.outputs : change.news?.inputs;
    if (change.type === "ImageShare")
        return `with ${[...recipientsOf(properties), ...acceptingAccounts(properties)].join(", ") || "recipients that are not known yet"}`;
    if (change.type === "SystemDiskReplacement") return `of server ${plain(properties?.server)}`;
    if (change.type === "RolloutPause") return `for ${plain(properties?.pause)}`;
    return `in ${regionOf(change, properties)}`;
}

/** What is done one after the other to make it. */
export function partsOfMaking({ change }: PlannedAction): string[] {
    const where = cloudOf(change, change.news?.inputs);
    const source = Object(change.news?.inputs.source);
    if (change.type === "CustomImage" && where.type === "alibaba" && "server" in source) {
        return [`making a snapshot of server ${plain(source.server)}`, "making the image of it"];
    }
    const to = textAt(change.news?.inputs, "to");
    const isOfOther = Object(change.news?.inputs.imageFacts).kind === "custom";
    if (change.type === "EcsImage" && isOfOther && to !== undefined) {
        // ECS copies an image of Simple Application Server only within its region.
        return [
            `copying the image within ${where.region}`,
            `copying that to ${to}`,
            "deleting the copy in between and its snapshot",
        ];
    }
    if (change.type === "FullEcsImage" && "server" in source) {
        return [`making the image with a backup of server ${plain(source.server)}`];
    }
    return [];
}

const plain = (value: unknown) => valueText(value).replace(/^"(.*)"$/, "$1");
