import * as pulumi from "@pulumi/pulumi";
import { explain, huaweiImageCopies } from "../clouds/capabilities";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { copiesOfKey } from "../pulumi/dynamic/plumbing";
import { argumentsOf, placeOf, regionList } from "./givenArguments";
import { ImageCopy } from "./imageCopy";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs, NotSupported } from "./options";
import { isMadeHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/**
 * What an image of Alibaba Cloud is taken from: a server, whose snapshot is then made and owned by the image, or a given
 * snapshot.
 */
export type CustomImageSource =
    | {
          /** Id of a Simple Application Server in the image's region, running or stopped. */
          server: pulumi.Input<string>;
          /**
           * Take the data disk's content too. Servers from such an image need a data disk and cannot be reset.
           * @default false
           */
          dataDisk?: pulumi.Input<boolean>;
          /** Not together with `server`. */
          snapshot?: never;
          /** Not together with `server`: use `dataDisk`. */
          dataSnapshot?: never;
      }
    | {
          /** Id of a finished snapshot of a system disk; it stays when the image goes. */
          snapshot: pulumi.Input<string>;
          /** Id of a finished snapshot of the same server's data disk. */
          dataSnapshot?: pulumi.Input<string>;
          /** Not together with `snapshot`. */
          server?: never;
          /** Not together with `snapshot`: use `dataSnapshot`. */
          dataDisk?: never;
      };

/** An image of a Simple Application Server. Timeouts: create and update "60m", delete "20m" when left out. */
export interface AlibabaCustomImageArgs extends ImageOptionArgs {
    /** Where the image is made. Changing it makes a new image. */
    cloud: AlibabaCloud;
    /** Alibaba Cloud: what the image is taken from. Changing it makes a new image. */
    source: CustomImageSource;
    /**
     * Alibaba Cloud: 2 to 128 letters, digits, ":", "_" or "-"; one of a kind in the region. Changing it makes a new image.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Alibaba Cloud: the cloud cannot change it. Changing it makes a new image. */
    description?: pulumi.Input<string>;
    /** Alibaba Cloud: at most 18; keys of up to 64 characters, without reserved prefixes such as "acs:" and "aliyun". Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Alibaba Cloud: region ids to copy the image to; each copy is a resource of its own below this one. Changed in place. */
    copies?: string[];
    /** Not on Alibaba Cloud: the plan of a server decides its memory. */
    minRamMiB?: NotSupported<"Alibaba Cloud images have no memory range">;
    /** Not on Alibaba Cloud: the plan of a server decides its memory. */
    maxRamMiB?: NotSupported<"Alibaba Cloud images have no memory range">;
}

/** What an image of Huawei Cloud is taken from. */
export interface SystemDiskSource {
    /** Id of a running or stopped server in the image's region, with a system disk of at most 1024 GiB. */
    server: pulumi.Input<string>;
    /** Not on Huawei Cloud: a FullEcsImage has the data disks too. */
    dataDisk?: NotSupported<"Huawei Cloud: a FullEcsImage has the data disks too">;
    /** Not on Huawei Cloud, which creates system images of servers only. */
    snapshot?: NotSupported<"Huawei Cloud creates system images of servers only">;
    /** Not on Huawei Cloud, which creates system images of servers only. */
    dataSnapshot?: NotSupported<"Huawei Cloud creates system images of servers only">;
}

/**
 * An image of the system disk of a Huawei Cloud or Open Telekom Cloud server. Timeouts: create and update "60m", delete
 * "20m" when left out.
 */
export interface HuaweiCustomImageArgs extends ImageOptionArgs {
    /** Where the image is made. Changing it makes a new image. */
    cloud: HuaweiCloud;
    /** Huawei Cloud: the server whose system disk is taken. Changing it makes a new image. */
    source: SystemDiskSource;
    /**
     * Huawei Cloud: 1 to 128 letters, digits, spaces, "-", "_" or ".". Changed in place.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** Huawei Cloud: at most 1024 characters, without line breaks, "<" and ">". Changed in place. */
    description?: pulumi.Input<string>;
    /** Huawei Cloud: at most 8; keys of up to 36, values of up to 43 characters. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Huawei Cloud: least memory of a server from the image, MiB. Changed in place. @default 0 */
    minRamMiB?: pulumi.Input<number>;
    /** Huawei Cloud: most memory of a server from the image, MiB. Changed in place. @default any */
    maxRamMiB?: pulumi.Input<number>;
    /** Not on Huawei Cloud, which copies no image to another region: create the image in each region. */
    copies?: NotSupported<"Huawei Cloud copies no image to another region: create the image in each region">;
}

/** What a CustomImage takes in its cloud; the arguments of one are refused for the other. */
export type CustomImageArgs<In extends Cloud = AlibabaCloud> = In extends HuaweiCloud
    ? HuaweiCustomImageArgs
    : AlibabaCustomImageArgs;

type AnyArgs = AlibabaCustomImageArgs | HuaweiCustomImageArgs;

/** Which images one of a cloud can stand in for. */
type KindIn<In extends Cloud> = In extends HuaweiCloud ? "system" : "custom";

/**
 * A machine image of one server's disk, kept until nothing uses it: of a Simple Application Server (Alibaba Cloud SWAS),
 * or of the system disk of a Huawei Cloud or Open Telekom Cloud server.
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
 * @deletion The image goes, then the snapshots that were made for it, unless `onDelete.children` is "retain". Its
 * copies are resources of their own and go before it. Shares that others made, and servers made from it, stop the
 * deletion with an error that names them, unless `onDelete` says what to do.
 */
export class CustomImage<In extends Cloud = AlibabaCloud> extends VersionedImage implements ImageResource<KindIn<In>> {
    declare public readonly imageKind?: KindIn<In>;
    /** Where the image is. */
    declare public readonly cloud: pulumi.Output<In>;
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "available" (Alibaba Cloud) or "active" (Huawei Cloud) once it can be used. */
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

    private readonly place: Cloud | undefined;

    // One signature for each cloud, so that the compiler's errors name the argument that is wrong.
    constructor(name: string, args: CustomImageArgs<In> & { cloud: In }, options?: pulumi.CustomResourceOptions);
    constructor(name: string, args: AnyArgs, options?: pulumi.CustomResourceOptions) {
        const { copies: _copies, ...inputs } = argumentsOf("CustomImage", name, args);
        const copies = wantedCopies(name, args);
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
        noteImage(this, this.id, { facts: this.asImage().facts, isMadeHere: isMadeHere(args, options) });
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
     * The id of the image in a region: its own, or that of a copy.
     * @throws when the image is not copied to that region
     */
    public imageIn(region: string): pulumi.Output<string> {
        if (region === this.place?.region) return this.id;
        const copy = this.copies[region];
        if (copy) return copy.id;
        throw new pulumi.RunError(`the image has no copy in ${region}: add it to copies`);
    }
}

/** From where to where. @throws before anything is asked of the engine, for whoever went round the compiler */
function wantedCopies(name: string, { cloud, copies }: AnyArgs) {
    const place = placeOf(cloud);
    return regionList("CustomImage", name, "copies", copies).flatMap((to) => {
        // Without a cloud the image itself is refused.
        if (!place) return [];
        if (place.type === "alibaba") return [{ cloud: place, to }];
        throw new pulumi.RunError(`no copy in ${to}: ${explain(huaweiImageCopies)}`);
    });
}

/** A copy is waited for when all regions are. */
function waitOfCopy(wait: "none" | "first-region" | "all-regions"): "none" | "all-regions" {
    return wait === "all-regions" ? wait : "none";
}
