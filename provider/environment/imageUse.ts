import { ecsImageOnSwas, explain, fullEcsImageLimits, huaweiImageCopies } from "../clouds/capabilities";
import type { Cloud } from "../clouds/cloud";
import { sameJson } from "../pulumi/dynamic/plainJson";
import type { ImageFacts } from "../resources/imageReference";
import type { DeclaredImage } from "./images";
import { cloudOfImage, factsOf, isOpen, type Model } from "./model";
import type { DeclaredServer } from "./servers";

/** The user of an image: servers, or an EcsImage that copies it. */
export interface ImageUser {
    kind: DeclaredServer["kind"] | "EcsImage";
    cloud: Cloud;
}

/** How an image is used: directly, through its copy in a region, or through a share; or why it cannot be used. */
export type ImageUse =
    | { by: "image"; facts: ImageFacts }
    | { by: "copy"; region: string; facts: ImageFacts }
    | { by: "share"; share: string; facts: ImageFacts }
    | { refused: string };

/** How a user in a cloud uses an image; undefined if the file does not determine it. */
export function useOf(model: Model, name: string, { kind, cloud }: ImageUser): ImageUse | undefined {
    const image = model.images.get(name);
    const home = image && cloudOfImage(model, image);
    const facts = image && factsOf(model, image);
    if (!home || !facts || isOpen(facts.region)) return undefined;
    if (image.kind === "CustomImage" && image.copies?.some(isOpen)) return undefined;
    const refuse = (reason: string): ImageUse => ({ refused: `${name} cannot be used there: ${reason}` });
    const wantsHuawei = kind === "HuaweiServer";
    if (wantsHuawei !== (home.type === "huawei")) {
        return refuse(`it is an image of ${titles[home.type]}, which ${kind} cannot use`);
    }
    if (facts.kind === "ecs" && kind === "SimpleServer") return refuse(explain(ecsImageOnSwas));
    const isElsewhere = facts.region !== cloud.region;
    if (isElsewhere && home.type === "huawei") {
        return refuse(explain(facts.kind === "full-ecs" ? fullEcsImageLimits.copies : huaweiImageCopies));
    }
    if (isElsewhere && kind !== "SimpleServer") {
        return refuse(
            `it is in ${facts.region}: add an EcsImage that copies it with to: ${cloud.region}, and use that`,
        );
    }
    if (home.account !== cloud.account)
        return sharedUse(model, image, { kind, cloud }, facts) ?? refuse(notShared(cloud));
    if (kind === "SimpleServer" && isElsewhere)
        return copyUse(image, cloud.region, facts) ?? refuse(noCopy(name, cloud.region));
    if (kind === "SimpleServer" || kind === "HuaweiServer" || facts.kind === "ecs") return { by: "image", facts };
    const share = Object.entries(image.shares ?? {}).find(([, given]) => given.with === "ecs")?.[0];
    return share === undefined
        ? refuse("it is not shared with ECS: add shares: { ecs: { with: ecs } } to the image")
        : { by: "share", share, facts };
}

const titles = { alibaba: "Alibaba Cloud", huawei: "Huawei Cloud or Open Telekom Cloud" };

const noCopy = (name: string, region: string) => `it has no copy in ${region}: add ${region} to images.${name}.copies`;

function notShared({ type, account }: Cloud): string {
    const recipient = account === undefined ? "the stack's account" : `account ${account}`;
    return type === "huawei"
        ? `it is not shared with ${recipient}: add a share that the account accepts, with accept: [{ cloud: … }]`
        : `it is not shared with ${recipient}: add a share with the account's id, with: { accounts: [ … ] }`;
}

function copyUse(image: DeclaredImage, region: string, facts: ImageFacts): ImageUse | undefined {
    const copies: readonly string[] = image.kind === "CustomImage" ? (image.copies ?? []) : [];
    return copies.includes(region) ? { by: "copy", region, facts: { ...facts, region } } : undefined;
}

/** Use through a share with the user's account: one that it accepts, or on Alibaba Cloud the first with accounts. */
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
