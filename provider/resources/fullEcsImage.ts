import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import { argumentsOf, placeOf } from "./givenArguments";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs, NotSupported } from "./options";
import { isCreatedHere, noteImage } from "./programImages";
import { VersionedImage } from "./versionedImage";

/** Facts about the server's operating system that the cloud cannot read. */
export interface GuestAttestation {
    /** Windows: the SAN policy that the diskpart command `san` shows. Must be "OnlineAll". */
    sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    /**
     * Whether a spanned volume (Windows), volume group or logical volume (Linux) spans several disks. Must be false.
     */
    volumesAcrossDisks?: boolean;
}

/** Default timeouts: create and update "60m", delete "30m". */
interface CommonArgs extends ImageOptionArgs {
    /**
     * 1 to 128 letters, digits, spaces, "-", "_" or ".". Changed in place.
     * @default the resource's name with a suffix
     */
    name?: pulumi.Input<string>;
    /** At most 1024 characters, without line breaks, "<" and ">". Changed in place. */
    description?: pulumi.Input<string>;
    /** At most 8 tags; keys of up to 36, values of up to 43 characters. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Minimum memory of a server created from the image, MiB. Changed in place. @default 0 */
    minRamMiB?: pulumi.Input<number>;
    /** Maximum memory of a server created from the image, MiB. Changed in place. @default unlimited */
    maxRamMiB?: pulumi.Input<number>;
    /** Facts about the server's operating system. Tags on the server take precedence. */
    guest?: pulumi.Input<GuestAttestation>;
    /**
     * What to do if servers created from the image would lose disks: "enforce" fails the preview, "warn" prints a
     * warning.
     * @default "enforce"
     */
    preflight?: pulumi.Input<"enforce" | "warn">;
}

/** The service that creates the backup: CSBS or CBR. */
type BackupService = "csbs" | "cbr";

/**
 * What the image is created from: a server, or an existing backup. With `server`, a backup is created that the image
 * owns.
 */
export type FullEcsImageSource =
    | {
          /** Id of a running or stopped server in the image's region. */
          server: pulumi.Input<string>;
          /** Cannot be combined with `server`. */
          backup?: never;
      }
    | {
          /**
           * Id of a completed backup of a whole server, in the backup service of the profile. For CSBS, the id of the
           * checkpoint item. A backup can become one image only, and is kept when the image is deleted.
           */
          backup: pulumi.Input<string>;
          /** Cannot be combined with `backup`. */
          server?: never;
      };

interface SourceArgs<Profile extends BackupService, Source extends FullEcsImageSource> extends CommonArgs {
    /** Cloud, region and backup service of the image. Changing it replaces the image. */
    cloud: HuaweiCloud<Profile>;
    /** The server or backup to create the image from. Changing it replaces the image. */
    source: pulumi.Input<Source>;
}

interface WithVault {
    /**
     * Id of the CBR vault that stores the backup of a server. It must be a vault for server backups with room for all
     * disks. Required with `source: { server }` and profile "cbr", not allowed otherwise. Changing it replaces the
     * image.
     */
    vault: pulumi.Input<string>;
}

interface WithoutVault<Reason extends string> {
    /** Allowed only if CBR backs up a server. */
    vault?: NotSupported<Reason>;
}

/** Whether a vault is required depends on the source and on the backup service of the cloud. */
type VaultArgs<Profile extends BackupService, Source> = Source extends { backup: pulumi.Input<string> }
    ? WithoutVault<"an existing backup is already stored in a vault">
    : Profile extends "csbs"
      ? WithoutVault<"CSBS has no vaults: use a cloud with the profile cbr, or omit vault">
      : WithVault;

/** Arguments of a FullEcsImage, by the backup service of its cloud and by its source. */
export type FullEcsImageArgs<
    Profile extends BackupService = BackupService,
    Source extends FullEcsImageSource = FullEcsImageSource,
> = SourceArgs<Profile, Source> & VaultArgs<Profile, Source>;

interface AnyArgs extends SourceArgs<BackupService, FullEcsImageSource> {
    /**
     * Id of the CBR vault that stores the backup of a server. It must be a vault for server backups with room for all
     * disks. Required with `source: { server }` and profile "cbr", not allowed otherwise. Changing it replaces the
     * image.
     */
    vault?: pulumi.Input<string> | NotSupported<string>;
}

/** A disk of every server created from the image. */
export interface ImageDisk {
    /** Id of the disk that was backed up. */
    volume: string;
    /** Size of the disk, GiB. */
    sizeGiB: number;
    /** Whether the disk is the system disk. */
    system: boolean;
}

/**
 * An image of a whole Huawei Cloud or Open Telekom Cloud server with its data disks, through a CSBS or CBR backup.
 *
 * @example
 * const erp = new FullEcsImage("erp", {
 *     cloud: huawei({ region: "eu-de" }),
 *     source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
 *     vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
 *     guest: { volumesAcrossDisks: false },
 * });
 *
 * @deletion Pulumi deletes the image, then the backup that was created for it, unless `onDelete.children` is "retain".
 * The cloud bills a retained backup. If the image has shares that were created outside this stack, or if servers were
 * created from it, the deletion fails and the error names them. To change this, set `onDelete`.
 */
export class FullEcsImage<
        Profile extends BackupService = BackupService,
        Source extends FullEcsImageSource = FullEcsImageSource,
    >
    extends VersionedImage
    implements ImageResource<"full-ecs">
{
    declare public readonly imageKind?: "full-ecs";
    /** The image's name in the cloud. */
    declare public readonly imageName: pulumi.Output<string>;
    /** "active" when the image is ready. The console shows it as Normal. */
    declare public readonly status: pulumi.Output<string>;
    /** Id of the backup that the image is based on. */
    declare public readonly backup: pulumi.Output<string | undefined>;
    /**
     * Where servers can be created from the image: the availability zone until the backup is complete, then the region.
     */
    declare public readonly availableIn: pulumi.Output<string>;
    /** Disks of every server created from the image. */
    declare public readonly disks: pulumi.Output<ImageDisk[]>;

    private readonly place: HuaweiCloud | undefined;

    // The exact profile and source types, so that a compiler error names the wrong argument.
    constructor(name: string, args: FullEcsImageArgs<Profile, Source>, options?: pulumi.CustomResourceOptions);
    constructor(name: string, args: AnyArgs, options?: pulumi.CustomResourceOptions) {
        super(
            "FullEcsImage",
            name,
            {
                ...argumentsOf("FullEcsImage", name, args),
                imageName: undefined,
                status: undefined,
                backup: undefined,
                availableIn: undefined,
                disks: undefined,
            },
            options,
        );
        const place = placeOf(args.cloud);
        this.place = place?.type === "huawei" ? place : undefined;
        noteImage(this, this.id, { facts: this.asImage().facts, isCreatedHere: isCreatedHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        if (!this.place) return { id: this.id, facts: undefined };
        const { region, profile } = this.place;
        return { id: this.id, facts: { kind: "full-ecs", cloud: "huawei", region, profile } };
    }
}
