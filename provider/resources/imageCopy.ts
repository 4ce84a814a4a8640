import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { argumentsOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { isCreatedHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** Arguments of an ImageCopy. Default timeouts: create and update "120m", delete "20m". */
export interface ImageCopyArgs extends ImageOptionArgs {
    /** Cloud and region of the image to copy. Changing it replaces the copy. */
    cloud: AlibabaCloud;
    /** The image to copy. Changing it replaces the copy. */
    image: ImageReference<"custom">;
    /** Id of the region to copy to. Changing it replaces the copy. */
    to: string;
    /**
     * Name of the copy; same rules as for a CustomImage. Changing it replaces the copy.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Tags of the copy; same rules as for a CustomImage. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A copy of a Simple Application Server image in another region. Usually declared through `copies` of a `CustomImage`.
 *
 * Alibaba Cloud has no public API for this copy, only the console: on the real cloud, the preview fails and names the
 * alternative.
 *
 * @example
 * const copy = new ImageCopy("golden-shanghai", { cloud: hangzhou, image: golden, to: "cn-shanghai" });
 *
 * @deletion Pulumi deletes the copy in its region. If the copy has shares that were created outside this stack, or if
 * servers were created from it, the deletion fails and the error names them. To change this, set `onDelete`.
 */
export class ImageCopy extends VersionedImage implements ImageResource<"custom"> {
    declare public readonly imageKind?: "custom";
    /** The copy's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "available" when the copy is ready. */
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
        noteImage(this, this.id, { facts: this.asImage().facts, isCreatedHere: isCreatedHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts } {
        return { id: this.id, facts: { kind: "custom", cloud: "alibaba", region: this.region } };
    }
}
