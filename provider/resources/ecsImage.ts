import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { argumentsOf, placeOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { isMadeHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** What an EcsImage takes. Timeouts: create and update "120m", delete "20m" when left out. */
export interface EcsImageArgs extends ImageOptionArgs {
    /** Where the image to copy is. Changing it makes a new image. */
    cloud: AlibabaCloud;
    /**
     * An image that ECS sees there: pass the `ImageShare` of a custom image, another `EcsImage`, or an id. Changing it
     * makes a new image.
     */
    image: ImageReference<"ecs">;
    /** Region id to copy to. Changing it makes a new image. @default the region of the image to copy */
    to?: string;
    /**
     * 2 to 128 letters, digits, ".", ":", "_" or "-", a letter first; one of a kind in the region. Changed in place.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** 2 to 256 characters. Changed in place; the cloud keeps the last one when it is left out. */
    description?: pulumi.Input<string>;
    /** At most 19; keys of up to 64 characters, without reserved prefixes such as "acs:" and "aliyun". Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Encrypt the copy with the account's key for ECS. Such an image cannot be shared with other accounts. Changing it
     * makes a new image.
     * @default as the image to copy is
     */
    encrypted?: pulumi.Input<boolean>;
}

/**
 * An image of the account's own in ECS, copied from one that ECS sees: of a shared custom image, for example, in the same
 * or another region. It stays when the share and the custom image go. The snapshots that ECS makes with it, which cost
 * money, go with it.
 *
 * Simple Application Server's images reach ECS of another region by a copy in between, which is removed at the end:
 * ECS copies what others share only within a region.
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
 * @deletion The image goes, or its copying ends, then the snapshots that ECS made with it, unless `onDelete.children` is
 * "retain". Shares that others made, and instances made from it, stop the deletion with an error that names them,
 * unless `onDelete` says what to do.
 */
export class EcsImage extends VersionedImage implements ImageResource<"ecs"> {
    declare public readonly imageKind?: "ecs";
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "Available" once it can be used. */
    declare public readonly status: pulumi.Output<string>;
    /** Snapshots that ECS made with the image; they go with it. */
    declare public readonly ownedSnapshots: pulumi.Output<string[] | undefined>;
    /** "linux" or "windows". */
    declare public readonly osType: pulumi.Output<string | undefined>;
    /** Of the system disk, GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** When the cloud made it, ISO 8601. */
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
        noteImage(this, this.id, { facts: this.asImage().facts, isMadeHere: isMadeHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        const { id, region } = this;
        return { id, facts: region === undefined ? undefined : { kind: "ecs", cloud: "alibaba", region } };
    }
}
