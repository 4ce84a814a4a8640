import type * as pulumi from "@pulumi/pulumi";
import type { ImageUse } from "../pulumi/dynamic/imageUse";
import { imageUseOf } from "./programImages";

/**
 * "custom": an image of a Simple Application Server. "ecs": an ECS image that the account owns. "system": an image of a
 * Huawei Cloud server's system disk. "full-ecs": an image of a whole Huawei Cloud server with its data disks.
 */
export type ImageKind = "custom" | "ecs" | "system" | "full-ecs";

/** What a program knows about an image before the cloud has it. */
export interface ImageFacts {
    kind: ImageKind;
    cloud: "alibaba" | "huawei";
    region: string;
    profile?: "csbs" | "cbr";
}

/** A resource that provides an image: it creates, copies or shares one. */
export interface ImageResource<Kind extends ImageKind = ImageKind> {
    /**
     * The image's id, available when dependents of this resource may use the image, and the facts that a preview can
     * use.
     */
    asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined };
    /** Never set. With it the compiler rejects an image of the wrong kind. */
    readonly imageKind?: Kind;
}

/**
 * An image: its id, or the resource that creates, copies or shares it. If the resource is passed, previews check more.
 */
export type ImageReference<Kind extends ImageKind = ImageKind> = pulumi.Input<string> | ImageResource<Kind>;

export function isResource<Kind extends ImageKind>(image: ImageReference<Kind>): image is ImageResource<Kind> {
    return typeof image === "object" && image !== null && "asImage" in image;
}

/** The inputs for an image argument, and what the program declares about the image. */
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
