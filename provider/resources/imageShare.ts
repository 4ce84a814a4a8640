import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud, HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../dynamic/resource";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

interface CommonArgs {
    /** How long to wait until the recipient sees the image. @default create "10m", delete "10m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/** A share with ECS in the same Alibaba Cloud account and region. */
interface EcsShareArgs extends CommonArgs {
    /** Where the image is. Changing it makes a new share. */
    cloud: AlibabaCloud;
    /** The image to share. Changing it makes a new share. */
    image: ImageReference<"custom">;
    with: "ecs";
}

/** A share with other tenants of Huawei Cloud in the same region. */
interface ProjectShareArgs extends CommonArgs {
    /** Where the image is. Changing it makes a new share. An image made by CSBS cannot be shared. */
    cloud: HuaweiCloud<"cbr">;
    /** The image to share. Changing it makes a new share. */
    image: ImageReference<"full-ecs">;
    /** Project ids, at most 10 for a full-ECS image; added and removed in place. */
    with: { projects: pulumi.Input<pulumi.Input<string>[]> };
}

/** Who may see which image. */
export type ImageShareArgs = EcsShareArgs | ProjectShareArgs;

/**
 * An image made visible to somebody else. Goes before its image when both are deleted or replaced.
 *
 * @example
 * const share = new ImageShare("golden-to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });
 * const web = new EcsInstance("web", { cloud: hangzhou, image: share, instanceType: "ecs.g7.large", … });
 *
 * @deletion The recipients that this share names lose the image; it waits until the cloud says so. An image that is
 * gone already is shared with nobody.
 */
export class ImageShare extends MachineImageResource implements ImageResource {
    /** The image's id, once the recipient can see it: what depends on the share refers to this. */
    declare public readonly image: pulumi.Output<string>;

    private readonly facts: ImageFacts | undefined;

    constructor(name: string, args: ImageShareArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = args;
        const reference = imageInputs<ImageFacts["kind"]>(image);
        super("ImageShare", name, { ...inputs, ...reference }, options);
        this.facts = reference.imageFacts;
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        return { id: this.image, facts: this.facts };
    }
}
