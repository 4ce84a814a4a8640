import { ecsImageOnSwas, explain, fullEcsImageLimits, huaweiImageCopies } from "../clouds/capabilities";
import type { Cloud } from "../clouds/cloud";
import { sameJson } from "../pulumi/dynamic/plainJson";
import type { ImageFacts } from "../resources/imageReference";
import type { DeclaredImage } from "./images";
import { cloudOfImage, factsOf, isOpen, type Model } from "./model";
import type { DeclaredServer } from "./servers";

/** Who uses an image: servers, or an EcsImage that copies it. */
export interface ImageUser {
    kind: DeclaredServer["kind"] | "EcsImage";
    cloud: Cloud;
}

/** As what an image is used: itself, its copy in a region, or a share by which the user sees it; or why it cannot be. */
export type ImageUse =
    | { by: "image"; facts: ImageFacts }
    | { by: "copy"; region: string; facts: ImageFacts }
    | { by: "share"; share: string; facts: ImageFacts }
    | { refused: string };

/** How a user in a cloud comes to an image; undefined when the file does not say enough. */
export function useOf(model: Model, name: string, { kind, cloud }: ImageUser): ImageUse | undefined {
    const image = model.images.get(name);
    const home = image && cloudOfImage(model, image);
    const facts = image && factsOf(model, image);
    if (!home || !facts || isOpen(facts.region)) return undefined;
    if (image.kind === "CustomImage" && image.copies?.some(isOpen)) return undefined;
    const refuse = (reason: string): ImageUse => ({ refused: `${name} cannot be used there: ${reason}` });
    const wantsHuawei = kind === "HuaweiServer";
    if (wantsHuawei !== (home.type === "huawei")) {
        return refuse(`it is an image of ${titles[home.type]}, and ${kind} is of the other cloud`);
    }
    if (facts.kind === "ecs" && kind === "SimpleServer") return refuse(explain(ecsImageOnSwas));
    const isElsewhere = facts.region !== cloud.region;
    if (isElsewhere && home.type === "huawei") {
        return refuse(explain(facts.kind === "full-ecs" ? fullEcsImageLimits.copies : huaweiImageCopies));
    }
    if (isElsewhere && kind !== "SimpleServer") {
        const other = `it is in ${facts.region}: make an EcsImage of it with to: ${cloud.region}, and use that`;
        return refuse(other);
    }
    if (home.account !== cloud.account)
        return sharedUse(model, image, { kind, cloud }, facts) ?? refuse(stranger(cloud));
    if (kind === "SimpleServer" && isElsewhere)
        return copyUse(image, cloud.region, facts) ?? refuse(noCopy(name, cloud.region));
    if (kind === "SimpleServer" || kind === "HuaweiServer" || facts.kind === "ecs") return { by: "image", facts };
    const share = Object.entries(image.shares ?? {}).find(([, given]) => given.with === "ecs")?.[0];
    return share === undefined
        ? refuse("ECS does not see it: add shares: { ecs: { with: ecs } } to the image")
        : { by: "share", share, facts };
}

const titles = { alibaba: "Alibaba Cloud", huawei: "Huawei Cloud or Open Telekom Cloud" };

const noCopy = (name: string, region: string) => `it has no copy in ${region}: add ${region} to images.${name}.copies`;

const stranger = ({ type, account = "the stack's" }: Cloud) =>
    type === "huawei"
        ? `account ${account} does not see it: add a share that it accepts, with accept: [{ cloud: … }]`
        : `account ${account} does not see it: add a share with its id, with: { accounts: [ … ] }`;

function copyUse(image: DeclaredImage, region: string, facts: ImageFacts): ImageUse | undefined {
    const copies: readonly string[] = image.kind === "CustomImage" ? (image.copies ?? []) : [];
    return copies.includes(region) ? { by: "copy", region, facts: { ...facts, region } } : undefined;
}

/** By a share with the user's account: one that it accepts, or on Alibaba Cloud the first with accounts. */
function sharedUse(
    model: Model,
    image: DeclaredImage,
    { kind, cloud }: ImageUser,
    facts: ImageFacts,
): ImageUse | undefined {
    const shares = Object.entries(image.shares ?? {});
    const place = ({ type, region, account }: Cloud) => ({ type, region, account });
    const found = shares.find(([, share]) => {
        if (cloud.type === "huawei") {
            return share.accept?.some((accepting) => {
                const recipient = model.clouds.get(accepting.cloud);
                return recipient !== undefined && sameJson(place(recipient), place(cloud));
            });
        }
        const isSeenThere = (facts.kind === "ecs") === (kind !== "SimpleServer") && facts.region === cloud.region;
        return isSeenThere && typeof share.with === "object" && "accounts" in share.with;
    });
    return found && { by: "share", share: found[0], facts };
}
