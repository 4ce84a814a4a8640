import type { Cloud, HuaweiCloud } from "../../clouds/cloud";
import type { Clouds } from "../../clouds/connect";
import type { Problem } from "../../pulumi/dynamic/handler";

/** A recipient that accepts a share under its own credentials. */
export interface Acceptance {
    cloud: HuaweiCloud;
    /** The id of the recipient's vault, to which the backup behind a full-ECS image of CBR is copied. */
    vault?: string;
}

/** The projects of the accepting accounts, in the same order. */
export function acceptingProjects(clouds: Clouds, accept: readonly Acceptance[] = []): Promise<string[]> {
    return Promise.all(accept.map(async ({ cloud }) => (await clouds.huawei(cloud)).project()));
}

/** Recipients of an image. */
export type Recipients = "ecs" | { accounts: string[] } | { projects: string[] };

/** A wanted share of one image. */
export interface WantedShare {
    cloud: Cloud;
    image: string;
    /** The kind "ecs" is an own image of ECS. If undefined, the cloud is asked. */
    imageFacts?: { kind: string };
    with: Recipients;
    /** Recipients that accept under their own credentials. */
    accept?: Acceptance[];
    /** The projects of these recipients. If undefined, the cloud is asked. */
    acceptedBy?: string[];
}

/** Operations on a share. */
export interface OpenShare {
    /** All recipients. */
    readonly recipients: readonly string[];
    /** What the stack's state holds in addition to the inputs. */
    readonly state: { acceptedBy?: string[] };
    /** Why the cloud would refuse the share, after the dropped recipients were removed. */
    problems(dropped: readonly string[]): Promise<Problem[]>;
    /** Adds missing recipients and waits until all of them see the image. */
    share(limit: number): Promise<void>;
    /** Removes these recipients only; recipients that do not exist are ignored. */
    unshare(recipients: readonly string[], limit: number): Promise<void>;
    /** The current share as inputs; undefined if there is none. */
    read(): Promise<Pick<WantedShare, "with" | "accept"> | undefined>;
    /** Other recipients of the same kind, such as an account that was added by hand. */
    others(): Promise<string[]>;
}

/** The named recipients; ECS is one of them. */
export function recipientsOf(recipients: Recipients): string[] {
    if (recipients === "ecs") return ["ecs"];
    return "accounts" in recipients ? recipients.accounts : recipients.projects;
}

/** All recipients of a share: the named ones, and the projects that accept it. */
export async function everyoneOf(
    clouds: Clouds,
    { with: named, accept, acceptedBy }: Pick<WantedShare, "with" | "accept" | "acceptedBy">,
): Promise<string[]> {
    return [...recipientsOf(named), ...(acceptedBy ?? (await acceptingProjects(clouds, accept)))];
}

/** "ecs", "accounts" or "projects". */
export function kindOf(recipients: Recipients): "ecs" | "accounts" | "projects" {
    if (recipients === "ecs") return "ecs";
    return "accounts" in recipients ? "accounts" : "projects";
}
