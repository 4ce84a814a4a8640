import type * as pulumi from "@pulumi/pulumi";
import type { ImageUse } from "../pulumi/dynamic/imageUse";
import { imageUseOf } from "./programImages";

/**
 * "custom": a Simple Application Server's image. "ecs": an own image of Alibaba Cloud ECS. "system": the system disk of a
 * Huawei server. "full-ecs": a Huawei server with its data disks.
 */
export type ImageKind = "custom" | "ecs" | "system" | "full-ecs";

/** What a program knows of an image before the cloud does. */
export interface ImageFacts {
    kind: ImageKind;
    cloud: "alibaba" | "huawei";
    region: string;
    profile?: "csbs" | "cbr";
}

/** A resource that stands for an image. */
export interface ImageResource<Kind extends ImageKind = ImageKind> {
    /** The image's id, once whoever depends on this resource may use it, and what a preview can know of it. */
    asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined };
    /** Never set: it lets the compiler refuse an image where one of another kind is needed. */
    readonly imageKind?: Kind;
}

/** An image: its id, or the resource that makes, copies or shares it. Passing the resource lets previews check more. */
export type ImageReference<Kind extends ImageKind = ImageKind> = pulumi.Input<string> | ImageResource<Kind>;

export function isResource<Kind extends ImageKind>(image: ImageReference<Kind>): image is ImageResource<Kind> {
    return typeof image === "object" && image !== null && "asImage" in image;
}

/** The inputs that an image argument becomes, and what the program says besides. */
export function imageInputs<Kind extends ImageKind>(
    image: ImageReference<Kind>,
): {
    image: pulumi.Input<string>;
    imageFacts: ImageFacts | undefined;
    __imageUse: Promise<ImageUse | undefined>;
} {
    const plumbing = { __imageUse: imageUseOf(image) };
    if (!isResource(image)) return { image, imageFacts: undefined, ...plumbing };
    const { id, facts } = image.asImage();
    return { image: id, imageFacts: facts, ...plumbing };
}
