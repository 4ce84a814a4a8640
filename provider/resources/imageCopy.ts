import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { argumentsOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { isMadeHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** What an ImageCopy takes. Timeouts: create and update "120m", delete "20m" when left out. */
export interface ImageCopyArgs extends ImageOptionArgs {
    /** Where the image to copy is. Changing it makes a new copy. */
    cloud: AlibabaCloud;
    /** The image to copy. Changing it makes a new copy. */
    image: ImageReference<"custom">;
    /** Region id to copy to. Changing it makes a new copy. */
    to: string;
    /** The copy's name, as for a CustomImage. Changing it makes a new copy. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** As for a CustomImage. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A copy of a Simple Application Server image in another region. Usually made by `copies` of a `CustomImage`.
 *
 * The public API has no such action (only the console): against the real cloud it fails at preview and says so.
 *
 * @example
 * const copy = new ImageCopy("golden-shanghai", { cloud: hangzhou, image: golden, to: "cn-shanghai" });
 *
 * @deletion The copy goes, in its own region. Shares that others made, and servers made from it, stop the deletion
 * with an error that names them, unless `onDelete` says what to do.
 */
export class ImageCopy extends VersionedImage implements ImageResource<"custom"> {
    declare public readonly imageKind?: "custom";
    /** The copy's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "available" once it can be used. */
    declare public readonly status: pulumi.Output<string>;

    private readonly region: string;

    constructor(name: string, args: ImageCopyArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("ImageCopy", name, args);
        super(
            "ImageCopy",
            name,
            { ...inputs, ...imageInputs(image), imageName: undefined, status: undefined },
            options,
        );
        this.region = args.to;
        noteImage(this, this.id, { facts: this.asImage().facts, isMadeHere: isMadeHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts } {
        return { id: this.id, facts: { kind: "custom", cloud: "alibaba", region: this.region } };
    }
}
