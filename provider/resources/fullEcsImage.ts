import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs } from "./options";
import { isMadeHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** What you know of the inside of the server's operating system; the cloud cannot look there. */
export interface GuestAttestation {
    /** Windows: the SAN policy, as diskpart's `san` shows it. Must be "OnlineAll". */
    sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    /** A spanned volume (Windows), or a volume group or logical volume on several disks (Linux). Must be false. */
    volumesAcrossDisks?: boolean;
}

/** Timeouts: create and update "60m", delete "30m" when left out. */
interface CommonArgs extends ImageOptionArgs {
    /** 1 to 128 letters, digits, spaces, "-", "_" or ".". Changed in place. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 1024 characters, without line breaks, "<" and ">". Changed in place. */
    description?: pulumi.Input<string>;
    /** At most 8; keys of up to 36, values of up to 43 characters. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Least memory of a server from the image, MiB. Changed in place. @default 0 */
    minRamMiB?: pulumi.Input<number>;
    /** Most memory of a server from the image, MiB. Changed in place. @default any */
    maxRamMiB?: pulumi.Input<number>;
    /** What you know of the server's inside. The server's tags go before it. */
    guest?: pulumi.Input<GuestAttestation>;
    /**
     * What happens when servers from the image would lose disks: "enforce" fails at preview, "warn" goes on.
     * @default "enforce"
     */
    preflight?: pulumi.Input<"enforce" | "warn">;
}

/** A server: a backup of it is made first, and goes with the image. */
interface ServerSource {
    /** Id of a running or stopped server. Changing it makes a new image. */
    source: pulumi.Input<{ server: pulumi.Input<string>; backup?: never }>;
}

/** A backup of a server that is there already: it stays when the image goes. */
interface BackupSource {
    /**
     * Id of a finished backup of a whole server, by the service that the profile names; for CSBS the id of the
     * checkpoint item. A backup becomes one image at most. Changing it makes a new image.
     */
    source: pulumi.Input<{ backup: pulumi.Input<string>; server?: never }>;
    vault?: never;
}

/** Where the image is made, by which backup service, and of what. Changing it makes a new image. */
type SourceArgs =
    | (ServerSource & {
          /** Where the image is made. Changing it makes a new image. */
          cloud: HuaweiCloud<"cbr">;
          /** Id of the CBR vault that the backup goes to: for server backups, of at least the size of all disks. */
          vault: pulumi.Input<string>;
      })
    | (ServerSource & {
          /** Where the image is made. Changing it makes a new image. */
          cloud: HuaweiCloud<"csbs">;
          vault?: never;
      })
    | (BackupSource & {
          /** Where the image is made. Changing it makes a new image. */
          cloud: HuaweiCloud;
      });

export type FullEcsImageArgs = CommonArgs & SourceArgs;

/** A disk that every server from the image gets. */
export interface ImageDisk {
    /** The disk that was backed up. */
    volume: string;
    sizeGiB: number;
    /** Whether it is the system disk. */
    system: boolean;
}

/**
 * An image of a whole Huawei Cloud or Open Telekom Cloud server with its data disks, through a CSBS or CBR backup.
 *
 * @example
 * const erp = new FullEcsImage("erp", {
 *     cloud: huawei({ region: "eu-de", profile: "csbs" }),
 *     source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
 *     guest: { volumesAcrossDisks: false },
 * });
 *
 * @deletion The image goes, then the backup that was made for it, which costs money as long as it is kept, unless
 * `onDelete.children` is "retain". Shares that others made, and servers made from it, stop the deletion with an error
 * that names them, unless `onDelete` says what to do.
 */
export class FullEcsImage extends VersionedImage implements ImageResource<"full-ecs"> {
    declare public readonly imageKind?: "full-ecs";
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "active", which the console calls Normal, once it can be used. */
    declare public readonly status: pulumi.Output<string>;
    /** Id of the backup behind it. */
    declare public readonly backup: pulumi.Output<string | undefined>;
    /** Where servers can be made from it: the availability zone, until the backup is complete; then the region. */
    declare public readonly availableIn: pulumi.Output<string>;
    /** The disks of every server made from it. */
    declare public readonly disks: pulumi.Output<ImageDisk[]>;

    private readonly shownCloud: HuaweiCloud;

    constructor(name: string, args: FullEcsImageArgs, options?: pulumi.CustomResourceOptions) {
        super(
            "FullEcsImage",
            name,
            {
                ...args,
                imageName: undefined,
                status: undefined,
                backup: undefined,
                availableIn: undefined,
                disks: undefined,
            },
            options,
        );
        this.shownCloud = args.cloud;
        noteImage(this, this.id, { facts: this.asImage().facts, isMadeHere: isMadeHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts } {
        const { region, profile } = this.shownCloud;
        return { id: this.id, facts: { kind: "full-ecs", cloud: "huawei", region, profile } };
    }
}
