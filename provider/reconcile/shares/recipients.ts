import type { Cloud, HuaweiCloud } from "../../clouds/cloud";
import type { Clouds } from "../../clouds/connect";
import type { Problem } from "../../pulumi/dynamic/handler";

/** A recipient that accepts a share under its own credentials. */
export interface Acceptance {
    cloud: HuaweiCloud;
    /** Id of the recipient's vault, where the backup behind a full-ECS image of CBR goes. */
    vault?: string;
}

/** The projects of the accounts that accept, in their order. */
export function acceptingProjects(clouds: Clouds, accept: readonly Acceptance[] = []): Promise<string[]> {
    return Promise.all(accept.map(async ({ cloud }) => (await clouds.huawei(cloud)).project()));
}

/** Who an image is made visible to. */
export type Recipients = "ecs" | { accounts: string[] } | { projects: string[] };

/** A share as it is wanted: of one image, with these. */
export interface WantedShare {
    cloud: Cloud;
    image: string;
    /** "ecs" is an image of ECS itself; found out when it is not known. */
    imageFacts?: { kind: string };
    with: Recipients;
    /** Recipients that accept under their own credentials. */
    accept?: Acceptance[];
    /** Their projects; asked for when they are not known. */
    acceptedBy?: string[];
}

/** A share in one of the ways that the clouds offer, and what can be done with it. */
export interface OpenShare {
    /** Everyone it is with. */
    readonly recipients: readonly string[];
    /** What the stack's state keeps of it besides the inputs. */
    readonly state: { acceptedBy?: string[] };
    /** Why the cloud would refuse it, once the dropped recipients no longer see the image. */
    problems(dropped: readonly string[]): Promise<Problem[]>;
    /** Adds whoever is missing and waits until all see the image. */
    share(limit: number): Promise<void>;
    /** Removes these and nobody else; those who are gone already are done. */
    unshare(recipients: readonly string[], limit: number): Promise<void>;
    /** What is there of it now, as inputs; undefined when nothing is. */
    read(): Promise<Pick<WantedShare, "with" | "accept"> | undefined>;
    /** Who sees the image in the same way and is not of this share, such as an account that was added by hand. */
    others(): Promise<string[]>;
}

/** The recipients that are named; ECS is one. */
export function recipientsOf(recipients: Recipients): string[] {
    if (recipients === "ecs") return ["ecs"];
    return "accounts" in recipients ? recipients.accounts : recipients.projects;
}

/** Everyone whom a share is with: those that it names, and the projects that accept it. */
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
