import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";
import { noteShare } from "./programImages";

/** Other Alibaba Cloud accounts to share an image with. */
export interface AccountRecipients {
    /** Account ids, not RAM user ids, on the same site (China or International). */
    accounts: pulumi.Input<pulumi.Input<string>[]>;
}

/** Projects of other Huawei Cloud or Open Telekom Cloud tenants to share an image with. */
export interface ProjectRecipients {
    /** Project ids in the region of the image. */
    projects: pulumi.Input<pulumi.Input<string>[]>;
}

interface CommonArgs {
    /** How long to wait until the recipient can see the image. @default create "10m", delete "10m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/** A share with ECS in the same Alibaba Cloud account and region. */
interface EcsShareArgs extends CommonArgs {
    /** Cloud and region of the image. Changing it replaces the share. */
    cloud: AlibabaCloud;
    /** The image to share with ECS. Changing it replaces the share. */
    image: ImageReference<"custom">;
    /** "ecs": ECS in the same account and region. Changed in place. */
    with: "ecs";
}

/** A share with other Alibaba Cloud accounts in the same region. */
interface AccountShareArgs extends CommonArgs {
    /** Cloud and region of the image. Changing it replaces the share. */
    cloud: AlibabaCloud;
    /**
     * The image to share with accounts: an image of a Simple Application Server, which the accounts see in that service
     * (system disk only), or an `EcsImage`, which they see in ECS. Changing it replaces the share.
     */
    image: ImageReference<"custom" | "ecs">;
    /**
     * Account ids, not RAM user ids, on the same site (China or International): at most 10 for an image of a Simple
     * Application Server, at most 50 for an ECS image. Changed in place. Accounts that others added are not
     * removed, and prevent the deletion of the image.
     */
    with: AccountRecipients;
}

/** A recipient whose own credentials accept the share, so that its project can use the image immediately. */
export interface ShareAcceptance {
    /** The recipient's cloud, in the region of the image: `huawei({ region: "eu-de", account: "partner" })`. */
    cloud: HuaweiCloud;
    /**
     * Id of the recipient's CBR vault for server backups, with room for all disks. Required for a full-ECS image,
     * because the cloud copies its backup there. Not allowed for a system image.
     */
    vault?: pulumi.Input<string>;
}

/** Arguments of every share with other Huawei Cloud tenants in the same region. */
interface ProjectShareArgs extends CommonArgs {
    /**
     * Project ids: at most 10 for a full-ECS image, 256 (Open Telekom Cloud) or 128 (Huawei Cloud) for a system image.
     * Changed in place. Recipients that others added are not removed.
     */
    with: ProjectRecipients;
    /**
     * Recipients whose accounts are configured in this stack. The image is shared with each of them, even if `with`
     * does not list its project, and each accepts the share. If a recipient rejects the image later, a refresh detects
     * it and the next `up` accepts again. Changed in place.
     *
     * Without `accept`, a share is pending until the recipient accepts it.
     */
    accept?: pulumi.Input<ShareAcceptance[]>;
}

/** A system image, or a full-ECS image that CBR created, shared with other projects. */
interface CbrShareArgs extends ProjectShareArgs {
    /** Cloud and region of the image. Changing it replaces the share. */
    cloud: HuaweiCloud;
    /** Huawei Cloud: the image to share with projects. Changing it replaces the share. */
    image: ImageReference<"full-ecs" | "system">;
}

/** A share in a cloud that creates full-ECS images with CSBS. Such images cannot be shared. */
interface CsbsShareArgs extends ProjectShareArgs {
    /** Cloud and region of the image. Changing it replaces the share. */
    cloud: HuaweiCloud;
    /**
     * With profile "csbs": a system image, because full-ECS images cannot be shared. Changing it replaces the share.
     */
    image: ImageReference<"system">;
}

/** Arguments of an ImageShare, by the cloud of the image. */
export type ImageShareArgs<In extends Cloud = Cloud> = In extends AlibabaCloud
    ? EcsShareArgs | AccountShareArgs
    : In extends HuaweiCloud<"cbr">
      ? CbrShareArgs
      : CsbsShareArgs;

type AnyArgs = EcsShareArgs | AccountShareArgs | CbrShareArgs | CsbsShareArgs;

/**
 * Access to an image for ECS, other accounts or other projects. If a share and its image are both deleted or replaced,
 * the share is deleted first.
 *
 * @example
 * const share = new ImageShare("golden-to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });
 * const web = new EcsInstance("web", {
 *     cloud: hangzhou,
 *     image: share,
 *     instanceType: "ecs.g7.large",
 *     securityGroup: "sg-bp1…",
 *     vSwitch: "vsw-bp1…",
 * });
 *
 * new ImageShare("golden-to-partner", { cloud: hangzhou, image: golden, with: { accounts: ["1000000000000002"] } });
 * new ImageShare("erp-to-partner", {
 *     cloud: frankfurt,
 *     image: erp,
 *     with: { projects: [] },
 *     accept: [{ cloud: huawei({ region: "eu-de", account: "partner" }), vault: "5f1c2d3e-…" }],
 * });
 *
 * @deletion Pulumi unshares the image from the recipients of this share, and waits until the cloud confirms it. If the
 * image does not exist any more, the deletion succeeds.
 */
export class ImageShare<In extends Cloud = Cloud> extends MachineImageResource implements ImageResource {
    /**
     * Id of the image, available when the recipient can see the image. Resources that need the share refer to this
     * output.
     */
    declare public readonly image: pulumi.Output<string>;
    /** Project ids of the accounts in `accept`. */
    declare public readonly acceptedBy: pulumi.Output<string[] | undefined>;
    /**
     * Accounts or projects that others share the image with. A refresh updates the list. They are not removed, and
     * prevent the deletion of the image. Declare all recipients of one kind in one share of the image.
     */
    declare public readonly otherRecipients: pulumi.Output<string[] | undefined>;

    private readonly facts: ImageFacts | undefined;

    // One signature for each cloud, so that a compiler error names the wrong argument.
    constructor(name: string, args: ImageShareArgs<In> & { cloud: In }, options?: pulumi.CustomResourceOptions);
    constructor(name: string, args: AnyArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("ImageShare", name, args);
        const reference = imageInputs<ImageFacts["kind"]>(image);
        super(
            "ImageShare",
            name,
            { ...inputs, ...reference, acceptedBy: undefined, otherRecipients: undefined },
            options,
        );
        this.facts = reference.imageFacts;
        noteShare(this, this.image, { image, recipients: args.with });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        return { id: this.image, facts: this.facts };
    }
}
