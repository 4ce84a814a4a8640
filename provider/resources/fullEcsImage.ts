import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import { argumentsOf, placeOf } from "./givenArguments";
import type { ImageFacts, ImageResource } from "./imageReference";
import type { ImageOptionArgs, NotSupported } from "./options";
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

/** Which service makes the backup: CSBS, or CBR. */
type BackupService = "csbs" | "cbr";

/** What the image is taken from: a server, of which a backup is made that belongs to the image, or a backup. */
export type FullEcsImageSource =
    | {
          /** Id of a running or stopped server in the image's region. */
          server: pulumi.Input<string>;
          /** Not together with `server`. */
          backup?: never;
      }
    | {
          /**
           * Id of a finished backup of a whole server, by the service that the profile names; for CSBS the id of the
           * checkpoint item. A backup becomes one image at most, and stays when the image is deleted.
           */
          backup: pulumi.Input<string>;
          /** Not together with `backup`. */
          server?: never;
      };

interface SourceArgs<Profile extends BackupService, Source extends FullEcsImageSource> extends CommonArgs {
    /** Where the image is made, and by which backup service. Changing it makes a new image. */
    cloud: HuaweiCloud<Profile>;
    /** What the image is taken from. Changing it makes a new image. */
    source: pulumi.Input<Source>;
}

interface WithVault {
    /**
     * Id of the CBR vault that the backup of a server goes to: for server backups, of at least the size of all disks.
     * Required with `source: { server }` and profile "cbr", unknown otherwise. Changing it makes a new image.
     */
    vault: pulumi.Input<string>;
}

interface WithoutVault<Reason extends string> {
    /** Only for a server that CBR backs up. */
    vault?: NotSupported<Reason>;
}

/** Which vault an image needs follows from its source, and from the backup service of its cloud. */
type VaultArgs<Profile extends BackupService, Source> = Source extends { backup: pulumi.Input<string> }
    ? WithoutVault<"an existing backup is in its vault already">
    : Profile extends "csbs"
      ? WithoutVault<"CSBS has no vaults: use a cloud with the profile cbr, or leave vault out">
      : WithVault;

/** What a FullEcsImage takes, by the backup service of its cloud and by its source. */
export type FullEcsImageArgs<
    Profile extends BackupService = BackupService,
    Source extends FullEcsImageSource = FullEcsImageSource,
> = SourceArgs<Profile, Source> & VaultArgs<Profile, Source>;

interface AnyArgs extends SourceArgs<BackupService, FullEcsImageSource> {
    /**
     * Id of the CBR vault that the backup of a server goes to: for server backups, of at least the size of all disks.
     * Required with `source: { server }` and profile "cbr", unknown otherwise. Changing it makes a new image.
     */
    vault?: pulumi.Input<string> | NotSupported<string>;
}

/** A disk that every server from the image gets. */
export interface ImageDisk {
    /** The disk that was backed up. */
    volume: string;
    /** Its size, GiB. */
    sizeGiB: number;
    /** Whether it is the system disk. */
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
 * @deletion The image goes, then the backup that was made for it, which costs money as long as it is kept, unless
 * `onDelete.children` is "retain". Shares that others made, and servers made from it, stop the deletion with an error
 * that names them, unless `onDelete` says what to do.
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
    /** "active", which the console calls Normal, once it can be used. */
    declare public readonly status: pulumi.Output<string>;
    /** Id of the backup behind it. */
    declare public readonly backup: pulumi.Output<string | undefined>;
    /** Where servers can be made from it: the availability zone, until the backup is complete; then the region. */
    declare public readonly availableIn: pulumi.Output<string>;
    /** The disks of every server made from it. */
    declare public readonly disks: pulumi.Output<ImageDisk[]>;

    private readonly place: HuaweiCloud | undefined;

    // With the profile and the source as they are given, so that the compiler's errors name the argument that is wrong.
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
        noteImage(this, this.id, { facts: this.asImage().facts, isMadeHere: isMadeHere(args, options) });
    }

    public asImage(): { id: pulumi.Output<string>; facts: ImageFacts | undefined } {
        if (!this.place) return { id: this.id, facts: undefined };
        const { region, profile } = this.place;
        return { id: this.id, facts: { kind: "full-ecs", cloud: "huawei", region, profile } };
    }
}
