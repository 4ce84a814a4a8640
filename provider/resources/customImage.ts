import * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { ImageCopy } from "./imageCopy";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { VersionedImage } from "./versionedImage";

/** What an image is taken from: a server, whose snapshot is then made and owned by the image, or a given snapshot. */
export type CustomImageSource =
    | {
          /** Id of a Simple Application Server in the image's region, running or stopped. */
          server: pulumi.Input<string>;
          /**
           * Take the data disk's content too. Servers from such an image need a data disk and cannot be reset.
           * @default false
           */
          dataDisk?: pulumi.Input<boolean>;
          snapshot?: never;
          dataSnapshot?: never;
      }
    | {
          /** Id of a finished snapshot of a system disk; it stays when the image goes. */
          snapshot: pulumi.Input<string>;
          /** Id of a finished snapshot of the same server's data disk. */
          dataSnapshot?: pulumi.Input<string>;
          server?: never;
          dataDisk?: never;
      };

/** Timeouts: create and update "60m", delete "20m" when left out. */
export interface CustomImageArgs extends ImageOptionArgs {
    /** Where the image is made. Changing it makes a new image. */
    cloud: AlibabaCloud;
    /** What the image is taken from. Changing it makes a new image. */
    source: CustomImageSource;
    /**
     * 2 to 128 letters, digits, ":", "_" or "-"; one of a kind in the region. Changing it makes a new image.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Changing it makes a new image: the cloud cannot change it. */
    description?: pulumi.Input<string>;
    /** At most 18; keys of up to 64 characters that do not begin with "aliyun" or "acs:". Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Region ids to copy the image to; each copy is a resource of its own below this one. */
    copies?: string[];
}

/**
 * A machine image of a Simple Application Server (Alibaba Cloud SWAS), kept until nothing uses it.
 *
 * @example
 * const golden = new CustomImage("golden", {
 *     cloud: alibaba({ region: "cn-hangzhou" }),
 *     source: { server: "ace0706b2ac4454d984295a942130001" },
 *     copies: ["cn-shanghai"],
 *     tags: { team: "web" },
 * });
 * export const shanghai = golden.imageIn("cn-shanghai");
 *
 * @deletion The image goes, then the snapshots that were made for it, unless `onDelete.children` is "retain". Its
 * copies are resources of their own and go before it. Shares that others made, and servers made from it, stop the
 * deletion with an error that names them, unless `onDelete` says what to do.
 */
export class CustomImage extends VersionedImage implements ImageResource<"custom"> {
    declare public readonly imageKind?: "custom";
    /** Where the image is. */
    declare public readonly cloud: pulumi.Output<AlibabaCloud>;
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "available" once it can be used. */
    declare public readonly status: pulumi.Output<string>;
    /** Snapshots that were made for the image and go with it. */
    declare public readonly ownedSnapshots: pulumi.Output<string[] | undefined>;
    /** "Linux" or "Windows". */
    declare public readonly osType: pulumi.Output<string | undefined>;
    /** Smallest system disk that a server from this image needs, GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** When the cloud made it, ISO 8601. */
    declare public readonly createdAt: pulumi.Output<string | undefined>;

    /** The copies, by region id. */
    public readonly copies: Readonly<Record<string, ImageCopy>>;

    private readonly region: string;

    constructor(name: string, args: CustomImageArgs, options?: pulumi.CustomResourceOptions) {
        const { copies = [], ...inputs } = args;
        super(
            "CustomImage",
            name,
            {
                ...inputs,
                imageName: undefined,
                status: undefined,
                ownedSnapshots: undefined,
                osType: undefined,
                systemDiskGiB: undefined,
                createdAt: undefined,
            },
            options,
        );
        this.region = args.cloud.region;
        this.copies = Object.fromEntries(
            [...new Set(copies)].map((to) => [
                to,
                new ImageCopy(
                    `${name}-${to}`,
                    {
                        cloud: args.cloud,
                        image: this.id,
                        to,
                        tags: args.tags,
                        wait: args.wait === undefined ? undefined : pulumi.output(args.wait).apply(waitOfCopy),
                        keepVersions: args.keepVersions,
                        deleteProtection: args.deleteProtection,
                        onDelete: args.onDelete,
                    },
                    { parent: this },
                ),
            ]),
        );
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts } {
        return { id: this.id, facts: { kind: "custom", cloud: "alibaba", region: this.region } };
    }

    /**
     * The id of the image in a region: its own, or that of a copy.
     * @throws when the image is not copied to that region
     */
    public imageIn(region: string): pulumi.Output<string> {
        if (region === this.region) return this.id;
        const copy = this.copies[region];
        if (copy) return copy.id;
        throw new pulumi.RunError(`the image has no copy in ${region}: add it to copies`);
    }
}

/** A copy is waited for when all regions are. */
function waitOfCopy(wait: "none" | "first-region" | "all-regions"): "none" | "all-regions" {
    return wait === "all-regions" ? wait : "none";
}
