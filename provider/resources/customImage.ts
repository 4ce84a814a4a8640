import * as pulumi from "@pulumi/pulumi";
import { explain, huaweiImageCopies } from "../clouds/capabilities";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { copiesOfKey } from "../pulumi/dynamic/plumbing";
import { argumentsOf, placeOf, regionList } from "./givenArguments";
import { ImageCopy } from "./imageCopy";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs, NotSupported } from "./options";
import { isCreatedHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/**
 * What an Alibaba Cloud image is created from: a server, or an existing snapshot. With `server`, a snapshot is created
 * first, and the image owns it.
 */
export type CustomImageSource =
    | {
          /** Id of a Simple Application Server in the image's region, running or stopped. */
          server: pulumi.Input<string>;
          /**
           * Include the data disk. Servers created from such an image require a data disk and cannot be reset.
           * @default false
           */
          dataDisk?: pulumi.Input<boolean>;
          /** Cannot be combined with `server`. */
          snapshot?: never;
          /** Cannot be combined with `server`. Use `dataDisk` instead. */
          dataSnapshot?: never;
      }
    | {
          /** Id of a completed system disk snapshot. The snapshot is kept when the image is deleted. */
          snapshot: pulumi.Input<string>;
          /** Id of a completed snapshot of the same server's data disk. */
          dataSnapshot?: pulumi.Input<string>;
          /** Cannot be combined with `snapshot`. */
          server?: never;
          /** Cannot be combined with `snapshot`. Use `dataSnapshot` instead. */
          dataDisk?: never;
      };

/** Arguments of a CustomImage on Alibaba Cloud. Default timeouts: create and update "60m", delete "20m". */
export interface AlibabaCustomImageArgs extends ImageOptionArgs {
    /** Cloud and region of the image. Changing it replaces the image. */
    cloud: AlibabaCloud;
    /** Alibaba Cloud: the server or snapshot to create the image from. Changing it replaces the image. */
    source: CustomImageSource;
    /**
     * Alibaba Cloud: 2 to 128 letters, digits, ":", "_" or "-", unique in the region. Changing it replaces the image.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Alibaba Cloud: at most 256 characters. The cloud cannot change it. Changing it replaces the image. */
    description?: pulumi.Input<string>;
    /**
     * Alibaba Cloud: at most 18 tags; keys of up to 64 characters, without reserved prefixes such as "acs:" and
     * "aliyun". Changed in place.
     */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Alibaba Cloud: ids of the regions to copy the image to. Each copy is an `ImageCopy`, a child of this resource.
     * Changed in place.
     */
    copies?: string[];
    /** Not supported on Alibaba Cloud: the plan of a server determines its memory. */
    minRamMiB?: NotSupported<"Alibaba Cloud images have no memory range">;
    /** Not supported on Alibaba Cloud: the plan of a server determines its memory. */
    maxRamMiB?: NotSupported<"Alibaba Cloud images have no memory range">;
}

/** What a Huawei Cloud image is created from. */
export interface SystemDiskSource {
    /** Id of a running or stopped server in the image's region, with a system disk of at most 1024 GiB. */
    server: pulumi.Input<string>;
    /** Not supported on Huawei Cloud. To include data disks, use a `FullEcsImage`. */
    dataDisk?: NotSupported<"Huawei Cloud: to include data disks, use a FullEcsImage">;
    /** Not supported on Huawei Cloud, which creates system images from servers only. */
    snapshot?: NotSupported<"Huawei Cloud creates system images from servers only">;
    /** Not supported on Huawei Cloud, which creates system images from servers only. */
    dataSnapshot?: NotSupported<"Huawei Cloud creates system images from servers only">;
}

/**
 * Arguments of a CustomImage on Huawei Cloud or Open Telekom Cloud: an image of a server's system disk. Default
 * timeouts: create and update "60m", delete "20m".
 */
export interface HuaweiCustomImageArgs extends ImageOptionArgs {
    /** Cloud and region of the image. Changing it replaces the image. */
    cloud: HuaweiCloud;
    /** Huawei Cloud: the server whose system disk the image contains. Changing it replaces the image. */
    source: SystemDiskSource;
    /**
     * Huawei Cloud: 1 to 128 letters, digits, spaces, "-", "_" or ".". Changed in place.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Huawei Cloud: at most 1024 characters, without line breaks, "<" and ">". Changed in place. */
    description?: pulumi.Input<string>;
    /** Huawei Cloud: at most 8 tags; keys of up to 36, values of up to 43 characters. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Huawei Cloud: minimum memory of a server created from the image, MiB. Changed in place. @default 0 */
    minRamMiB?: pulumi.Input<number>;
    /** Huawei Cloud: maximum memory of a server created from the image, MiB. Changed in place. @default unlimited */
    maxRamMiB?: pulumi.Input<number>;
    /** Not supported on Huawei Cloud, which cannot copy an image to another region. Create the image in each region. */
    copies?: NotSupported<"Huawei Cloud cannot copy an image to another region: create the image in each region">;
}

/** Arguments of a CustomImage in its cloud. The compiler rejects the arguments of the other cloud. */
export type CustomImageArgs<In extends Cloud = AlibabaCloud> = In extends HuaweiCloud
    ? HuaweiCustomImageArgs
    : AlibabaCustomImageArgs;

type AnyArgs = AlibabaCustomImageArgs | HuaweiCustomImageArgs;

/** The image kind that a CustomImage of a cloud provides. */
type KindIn<In extends Cloud> = In extends HuaweiCloud ? "system" : "custom";

/**
 * A machine image of one server: a Simple Application Server (Alibaba Cloud SWAS), or the system disk of a Huawei Cloud
 * or Open Telekom Cloud server.
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
 * const base = new CustomImage("base", {
 *     cloud: huawei({ region: "eu-de" }),
 *     source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
 *     minRamMiB: 2048,
 * });
 *
 * @deletion Pulumi deletes the image, then the snapshots that were created for it, unless `onDelete.children` is
 * "retain". Its copies are separate resources and are deleted first. If the image has shares that were created outside
 * this stack, or if servers were created from it, the deletion fails and the error names them. To change this, set
 * `onDelete`.
 */
export class CustomImage<In extends Cloud = AlibabaCloud> extends VersionedImage implements ImageResource<KindIn<In>> {
    declare public readonly imageKind?: KindIn<In>;
    /** Cloud and region of the image. */
    declare public readonly cloud: pulumi.Output<In>;
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "available" (Alibaba Cloud) or "active" (Huawei Cloud) when the image is ready. */
    declare public readonly status: pulumi.Output<string>;
    /** Ids of the snapshots that were created for the image and are deleted with it. */
    declare public readonly ownedSnapshots: pulumi.Output<string[] | undefined>;
    /** "Linux" or "Windows". */
    declare public readonly osType: pulumi.Output<string | undefined>;
    /** Minimum system disk size of a server created from the image, GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** Creation time, ISO 8601. */
    declare public readonly createdAt: pulumi.Output<string | undefined>;

    /** The copies, by region id. */
    public readonly copies: Readonly<Record<string, ImageCopy>>;

    private readonly place: Cloud | undefined;

    // One signature for each cloud, so that a compiler error names the wrong argument.
    constructor(name: string, args: CustomImageArgs<In> & { cloud: In }, options?: pulumi.CustomResourceOptions);
    constructor(name: string, args: AnyArgs, options?: pulumi.CustomResourceOptions) {
        const { copies: _copies, ...inputs } = argumentsOf("CustomImage", name, args);
        const copies = requestedCopies(name, args);
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
        this.place = placeOf(args.cloud);
        noteImage(this, this.id, { facts: this.asImage().facts, isCreatedHere: isCreatedHere(args, options) });
        const { tags, wait, keepVersions, deleteProtection, onDelete } = args;
        this.copies = Object.fromEntries(
            copies.map(({ cloud, to }) => {
                const inputs = {
                    cloud,
                    image: this.id,
                    to,
                    tags,
                    wait: wait === undefined ? undefined : pulumi.output(wait).apply(waitOfCopy),
                    keepVersions,
                    deleteProtection,
                    onDelete,
                    [copiesOfKey]: name,
                };
                return [to, new ImageCopy(`${name}-${to}`, inputs, { parent: this })];
            }),
        );
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        if (!this.place) return { id: this.id, facts: undefined };
        const { type, region } = this.place;
        return { id: this.id, facts: { kind: type === "alibaba" ? "custom" : "system", cloud: type, region } };
    }

    /**
     * The id of the image in a region: this image, or its copy in that region.
     * @throws if the image is not copied to that region
     */
    public imageIn(region: string): pulumi.Output<string> {
        if (region === this.place?.region) return this.id;
        const copy = this.copies[region];
        if (copy) return copy.id;
        throw new pulumi.RunError(`the image has no copy in ${region}: add ${region} to copies`);
    }
}

/** The copies to declare. @throws if the cloud cannot copy, for programs that bypass the compiler */
function requestedCopies(name: string, { cloud, copies }: AnyArgs) {
    const place = placeOf(cloud);
    return regionList("CustomImage", name, "copies", copies).flatMap((to) => {
        // The check of the image itself reports a missing cloud.
        if (!place) return [];
        if (place.type === "alibaba") return [{ cloud: place, to }];
        throw new pulumi.RunError(`no copy in ${to}: ${explain(huaweiImageCopies)}`);
    });
}

/** `up` waits for a copy only with "all-regions". */
function waitOfCopy(wait: "none" | "first-region" | "all-regions"): "none" | "all-regions" {
    return wait === "all-regions" ? wait : "none";
}
