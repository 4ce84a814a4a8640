import type * as pulumi from "@pulumi/pulumi";

/** What a program knows of an image before the cloud does. */
export interface ImageFacts {
    kind: "custom" | "full-ecs";
    cloud: "alibaba" | "huawei";
    region: string;
    profile?: "csbs" | "cbr";
}

/** A resource that stands for an image. */
export interface ImageResource {
    /** The image's id, once whoever depends on this resource may use it, and what a preview can know of it. */
    asImage(): { id: pulumi.Output<string>; facts: pulumi.Input<ImageFacts> };
}

/** An image: its id, or the resource that makes, copies or shares it. Passing the resource lets previews check more. */
export type ImageReference = pulumi.Input<string> | ImageResource;

function isResource(image: ImageReference): image is ImageResource {
    return typeof image === "object" && image !== null && "asImage" in image;
}

/** The inputs that an image argument becomes. */
export function imageInputs(image: ImageReference): {
    image: pulumi.Input<string>;
    imageFacts: pulumi.Input<ImageFacts> | undefined;
} {
    if (!isResource(image)) return { image, imageFacts: undefined };
    const { id, facts } = image.asImage();
    return { image: id, imageFacts: facts };
}
