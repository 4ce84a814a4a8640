import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../clouds/cloud";
import { MachineImageResource } from "../dynamic/resource";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/**
 * Who may see an image. "ecs": ECS in the same Alibaba Cloud account and region. Projects: tenants of Huawei Cloud in
 * the same region, by project id (at most 10 for a full-ECS image, which must be made through a CBR vault).
 */
export type ImageRecipients = "ecs" | { projects: pulumi.Input<pulumi.Input<string>[]> };

export interface ImageShareArgs {
    /** Where the image is. Changing it makes a new share. */
    cloud: Cloud;
    /** The image to share. Changing it makes a new share. */
    image: ImageReference;
    /** Who may see it. Projects are added and removed in place. */
    with: ImageRecipients;
    /** How long to wait until the recipient sees the image. @default create "10m", delete "10m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * An image made visible to somebody else. Goes before its image when both are deleted or replaced.
 *
 * @example
 * const share = new ImageShare("golden-to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });
 * const web = new EcsInstance("web", { cloud: hangzhou, image: share, instanceType: "ecs.g7.large", … });
 */
export class ImageShare extends MachineImageResource implements ImageResource {
    /** The image's id, once the recipient can see it: what depends on the share refers to this. */
    declare public readonly image: pulumi.Output<string>;

    private readonly facts: pulumi.Input<ImageFacts> | undefined;
    private readonly shownCloud: Cloud;

    constructor(name: string, args: ImageShareArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = args;
        const reference = imageInputs(image);
        super("ImageShare", name, { ...inputs, ...reference }, options);
        this.facts = reference.imageFacts;
        this.shownCloud = args.cloud;
    }

    public asImage(): { id: pulumi.Output<string>; facts: pulumi.Input<ImageFacts> } {
        const { type, region } = this.shownCloud;
        return { id: this.image, facts: this.facts ?? { kind: "custom", cloud: type, region } };
    }
}
