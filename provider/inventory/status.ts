import type { Cloud } from "../clouds/cloud";
import type { ReleasePolicy } from "../reconcile/deletionPlan";

/** The kind of an image, in the cloud's own words. */
export type ImageKind = "custom image" | "ECS image" | "system image" | "full-ECS image";

/** A snapshot or a backup, which most services bill as long as it exists. */
export interface Billed {
    kind: "snapshot" | "backup";
    id: string;
    /** Whether the cloud stores it for free. */
    isFree: boolean;
    /** ISO 8601. */
    createdAt?: string;
    sizeGiB?: number;
}

/** A resource of a stack whose state holds an object. */
export interface Holder {
    /** "organization/project/stack" */
    stack: string;
    /** Its name in the program. */
    resource: string;
    /** Whether its `deleteProtection` is set. */
    isProtected: boolean;
}

/** The known resources of stacks, by the ids of their objects. */
export type Holders = ReadonlyMap<string, Holder>;

/** The owner of an image, as far as its tag and the states that were read tell. */
export interface Owner {
    /** 16 hex digits, the same for the same resource. */
    ownerId?: string;
    /** 8 hex digits: hash of what it was created from. */
    contentHash?: string;
    /** The run that created it may have ended before its stack's state held it. */
    isPending: boolean;
    /** It was replaced, and is kept by `keepVersions`. */
    isEarlierVersion: boolean;
    holder?: Holder;
}

export interface ImageStatus {
    kind: ImageKind;
    id: string;
    name: string;
    /** In the cloud's own words. */
    status: string;
    condition: "pending" | "ready" | "failed";
    /** The value of its tag "version". */
    version?: string;
    description?: string;
    /** Of the system disk. */
    sizeGiB?: number;
    /** ISO 8601. */
    createdAt?: string;
    /** Whether the cloud itself refuses to delete it. */
    isProtected: boolean;
    /** Undefined if no stack created it. */
    owner?: Owner;
    /** The snapshots or the backup behind it. */
    behind: (Billed & { goesWithImage: boolean })[];
    copies: { id: string; region: string; status: string }[];
    /** The state is "pending", "accepted" or "rejected" if recipients must accept. */
    shares: { recipient: string; state?: string }[];
    /** The servers created from it: "server i-1 (web)". */
    servers: string[];
    /** What blocks its deletion, in the words of the deletion itself. */
    blockedBy: string[];
}

/** A server that was not created from one of the account's own images. */
export interface OtherServer {
    noun: "server" | "instance";
    id: string;
    name?: string;
    /** The image that it was created from, if its cloud tells. */
    imageId?: string;
}

/** The account that the keys belong to, according to its cloud. */
export interface ReachedAccount {
    id: string;
    name?: string;
    /** The user or role that acts in it, if it is not the account itself. */
    actor?: { kind: "user" | "role"; name: string };
}

/** Something that a new server can use: a size, or a network. */
export interface Offer {
    kind: "plan" | "instance type" | "flavor" | "VPC" | "VSwitch" | "subnet" | "security group";
    id: string;
    /** The VPC that contains it. */
    vpc?: string;
    zone?: string;
}

/** What one account has in one region. */
export interface RegionStatus {
    cloud: Cloud["type"];
    region: string;
    /** The account name that was given. */
    account?: string;
    /** Undefined if it could not be read; `notes` then has the reason. */
    reached?: ReachedAccount;
    images: ImageStatus[];
    /** Snapshots and backups that have no image. */
    withoutImage: (Billed & { madeByStack: boolean })[];
    /** Servers that were not created from these images. */
    otherServers: OtherServer[];
    /** What new servers can use. */
    forNewServers: Offer[];
    /** What could not be read, and why. */
    notes: string[];
}

/** The deletion policy without options: the planner's own defaults. */
export const plainRelease: ReleasePolicy = {};
