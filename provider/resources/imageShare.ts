import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageFacts, type ImageReference, type ImageResource, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";
import { noteShare } from "./programImages";

/** Other Alibaba Cloud accounts. */
export interface AccountRecipients {
    /** Ids of accounts, not of RAM users, on the same site (China or International). */
    accounts: pulumi.Input<pulumi.Input<string>[]>;
}

/** Projects of other Huawei Cloud or Open Telekom Cloud tenants. */
export interface ProjectRecipients {
    /** Ids of projects in the region of the image. */
    projects: pulumi.Input<pulumi.Input<string>[]>;
}

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
    /** Who sees the image: ECS, in the same account and region. Changed in place. */
    with: "ecs";
}

/** A share with other Alibaba Cloud accounts in the same region. */
interface AccountShareArgs extends CommonArgs {
    /** Where the image is. Changing it makes a new share. */
    cloud: AlibabaCloud;
    /**
     * The image to share: a Simple Application Server's, which the accounts then see there (its system disk only), or
     * an `EcsImage`, which they see in ECS. Changing it makes a new share.
     */
    image: ImageReference<"custom" | "ecs">;
    /**
     * Ids of accounts, not of RAM users, on the same site (China or International): at most 10 for a Simple Application
     * Server's image, at most 50 for an ECS image. Added and removed in place. Accounts that somebody else added are
     * left alone, and stop the deletion of the image.
     */
    with: AccountRecipients;
}

/** A recipient that accepts under its own credentials, so that its project sees the image at once. */
export interface ShareAcceptance {
    /** The recipient's account, in the region of the image: `huawei({ region: "eu-de", account: "partner" })`. */
    cloud: HuaweiCloud;
    /**
     * Id of the recipient's CBR vault for server backups, of at least the size of all disks: needed for a full-ECS
     * image, whose backup then lies there, and unknown to a system image.
     */
    vault?: pulumi.Input<string>;
}

/** What the shares with other tenants of Huawei Cloud in the same region have in common. */
interface ProjectShareArgs extends CommonArgs {
    /**
     * Project ids: at most 10 for a full-ECS image, 256 (Open Telekom Cloud) or 128 (Huawei Cloud) for a system image.
     * Added and removed in place. Recipients that somebody else added are left alone.
     */
    with: ProjectRecipients;
    /**
     * Recipients of this stack's own accounts. Each gets the share too, without its project id in `with`, and accepts
     * it. One that rejects the image later is seen by a refresh, and accepts again at the next up. Changed in place.
     *
     * Without it a share is pending until the recipient accepts it by itself.
     */
    accept?: pulumi.Input<ShareAcceptance[]>;
}

/** A system image, or a full-ECS image that CBR made, shared with other projects. */
interface CbrShareArgs extends ProjectShareArgs {
    /** Where the image is. Changing it makes a new share. */
    cloud: HuaweiCloud;
    /** The image to share. Changing it makes a new share. */
    image: ImageReference<"full-ecs" | "system">;
}

/** Where CSBS makes full-ECS images: they cannot be shared. */
interface CsbsShareArgs extends ProjectShareArgs {
    /** Where the image is. Changing it makes a new share. */
    cloud: HuaweiCloud;
    /** The image to share, not a full-ECS image that CSBS made. Changing it makes a new share. */
    image: ImageReference<"system">;
}

/** Who may see which image, by the cloud that the image is in. */
export type ImageShareArgs<In extends Cloud = Cloud> = In extends AlibabaCloud
    ? EcsShareArgs | AccountShareArgs
    : In extends HuaweiCloud<"cbr">
      ? CbrShareArgs
      : CsbsShareArgs;

type AnyArgs = EcsShareArgs | AccountShareArgs | CbrShareArgs | CsbsShareArgs;

/**
 * An image made visible to somebody else. Goes before its image when both are deleted or replaced.
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
 * @deletion The recipients that this share names lose the image; it waits until the cloud says so. An image that is
 * gone already is shared with nobody.
 */
export class ImageShare<In extends Cloud = Cloud> extends MachineImageResource implements ImageResource {
    /** The image's id, once the recipient can see it: what depends on the share refers to this. */
    declare public readonly image: pulumi.Output<string>;
    /** The projects of the accounts that `accept` names. */
    declare public readonly acceptedBy: pulumi.Output<string[] | undefined>;
    /**
     * Accounts or projects that somebody else shares the image with, so that a refresh shows them: they are left alone,
     * and stop the deletion of the image. Name all recipients of one kind in one share of the image.
     */
    declare public readonly otherRecipients: pulumi.Output<string[] | undefined>;

    private readonly facts: ImageFacts | undefined;

    // One signature for each cloud, so that the compiler's errors name the argument that is wrong.
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
