import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { argumentsOf, placeOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { isCreatedHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** Arguments of an EcsImage. Default timeouts: create and update "120m", delete "20m". */
export interface EcsImageArgs extends ImageOptionArgs {
    /** Cloud and region of the image to copy. Changing it replaces the image. */
    cloud: AlibabaCloud;
    /**
     * An image that ECS can see in that region: the `ImageShare` of a custom image, another `EcsImage`, or an id.
     * Changing it replaces the image.
     */
    image: ImageReference<"ecs">;
    /** Id of the region to copy to. Changing it replaces the image. @default the region of the image to copy */
    to?: string;
    /**
     * 2 to 128 letters, digits, ".", ":", "_" or "-", starting with a letter; unique in the region. Changed in place.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** 2 to 256 characters. Changed in place. If it is removed, the cloud keeps the last one. */
    description?: pulumi.Input<string>;
    /**
     * At most 18 tags; keys of up to 64 characters, without reserved prefixes such as "acs:" and "aliyun". Changed in
     * place.
     */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Encrypt the copy with the account's service key for ECS. An encrypted image cannot be shared with other accounts.
     * Changing it replaces the image.
     * @default same as the image to copy
     */
    encrypted?: pulumi.Input<boolean>;
}

/**
 * An image in ECS that the account owns, copied from an image that ECS can see, for example a shared custom image, in
 * the same or another region. It does not depend on the share or the custom image, which can be deleted. ECS creates
 * billed snapshots for the image, which are deleted with it.
 *
 * ECS can copy a shared image only within its region. To copy an image of a Simple Application Server to another
 * region, the provider creates a staging copy and deletes it at the end.
 *
 * @example
 * const share = new ImageShare("golden-to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });
 * const shop = new EcsImage("shop", { cloud: hangzhou, image: share, to: "cn-shanghai" });
 * new EcsInstance("web", {
 *     cloud: alibaba({ region: "cn-shanghai" }),
 *     image: shop,
 *     instanceType: "ecs.g7.large",
 *     securityGroup: "sg-uf6…",
 *     vSwitch: "vsw-uf6…",
 * });
 *
 * @deletion Pulumi deletes the image, or cancels its copy, then the snapshots that ECS created for it, unless
 * `onDelete.children` is "retain". If the image has shares that were created outside this stack, or if instances were
 * created from it, the deletion fails and the error names them. To change this, set `onDelete`.
 */
export class EcsImage extends VersionedImage implements ImageResource<"ecs"> {
    declare public readonly imageKind?: "ecs";
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "Available" when the image is ready. */
    declare public readonly status: pulumi.Output<string>;
    /** Ids of the snapshots that ECS created for the image. They are deleted with it. */
    declare public readonly ownedSnapshots: pulumi.Output<string[] | undefined>;
    /** "linux" or "windows". */
    declare public readonly osType: pulumi.Output<string | undefined>;
    /** Size of the system disk, GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** Creation time, ISO 8601. */
    declare public readonly createdAt: pulumi.Output<string | undefined>;

    private readonly region: string | undefined;

    constructor(name: string, args: EcsImageArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("EcsImage", name, args);
        const computed = {
            imageName: undefined,
            status: undefined,
            ownedSnapshots: undefined,
            osType: undefined,
            systemDiskGiB: undefined,
            createdAt: undefined,
        };
        super("EcsImage", name, { ...inputs, ...imageInputs(image), ...computed }, options);
        this.region = args.to ?? placeOf(args.cloud)?.region;
        noteImage(this, this.id, { facts: this.asImage().facts, isCreatedHere: isCreatedHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        const { id, region } = this;
        return { id, facts: region === undefined ? undefined : { kind: "ecs", cloud: "alibaba", region } };
    }
}
