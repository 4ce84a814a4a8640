import type { Cloud } from "../clouds/cloud";
import type { ReleasePolicy } from "../reconcile/deletionPlan";

/** Which image it is, in the cloud's own words. */
export type ImageKind = "custom image" | "ECS image" | "system image" | "full-ECS image";

/** A snapshot or a backup, which most services bill as long as it is there. */
export interface Billed {
    kind: "snapshot" | "backup";
    id: string;
    /** Whether the cloud keeps it for nothing. */
    isFree: boolean;
    /** ISO 8601. */
    createdAt?: string;
    sizeGiB?: number;
}

/** A resource of a stack, whose state holds an object. */
export interface Holder {
    /** "organization/project/stack" */
    stack: string;
    /** Its name in the program. */
    resource: string;
    /** By its `deleteProtection`. */
    isProtected: boolean;
}

/** The stacks' resources that are known, by the ids of their objects. */
export type Holders = ReadonlyMap<string, Holder>;

/** Whose an image is, as far as its tag and the states that were read tell. */
export interface Owner {
    /** 16 hex digits, the same for the same resource. */
    ownerId?: string;
    /** 8 hex digits: what it was made of. */
    contentHash?: string;
    /** The run that made it may have ended before its stack's state held it. */
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
    /** What its tag "version" says. */
    version?: string;
    description?: string;
    /** Of the system disk. */
    sizeGiB?: number;
    /** ISO 8601. */
    createdAt?: string;
    /** The cloud itself refuses to delete it. */
    isProtected: boolean;
    /** Undefined when no stack made it. */
    owner?: Owner;
    /** What lies behind it. */
    behind: (Billed & { goesWithImage: boolean })[];
    copies: { id: string; region: string; status: string }[];
    /** The state is "pending", "accepted" or "rejected" where recipients accept. */
    shares: { recipient: string; state?: string }[];
    /** The servers made from it: "server i-1 (web)". */
    servers: string[];
    /** What stands in the way of its deletion, as the deletion itself would say. */
    blockedBy: string[];
}

/** A server that is made of none of the account's own images. */
export interface OtherServer {
    noun: "server" | "instance";
    id: string;
    name?: string;
    /** What it is made of, when its cloud tells. */
    imageId?: string;
}

/** The account that the keys belong to, as its cloud says. */
export interface ReachedAccount {
    id: string;
    name?: string;
    /** Who acts in it, when it is not the account itself. */
    actor?: { kind: "user" | "role"; name: string };
}

/** Something that a new server can name: its size, or the network that it is connected to. */
export interface Offer {
    kind: "plan" | "instance type" | "flavor" | "VPC" | "VSwitch" | "subnet" | "security group";
    id: string;
    /** The VPC that it is in. */
    vpc?: string;
    zone?: string;
}

/** What one account has in one region. */
export interface RegionStatus {
    cloud: Cloud["type"];
    region: string;
    /** As it was named. */
    account?: string;
    /** Undefined when it could not be read; `notes` has the reason then. */
    reached?: ReachedAccount;
    images: ImageStatus[];
    /** Snapshots and backups that have no image. */
    withoutImage: (Billed & { madeByStack: boolean })[];
    /** Servers that are made of none of these images. */
    otherServers: OtherServer[];
    /** What new servers can name. */
    forNewServers: Offer[];
    /** What could not be read, and why. */
    notes: string[];
}

/** What a release does when nothing else is said: the planner's own defaults. */
export const plainRelease: ReleasePolicy = {};
