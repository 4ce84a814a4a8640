import type { Cloud } from "../clouds/cloud";

/** Who an image is made visible to. */
export type Recipients = "ecs" | { accounts: string[] } | { projects: string[] };

/** A share as it is wanted: of one image, with these. */
export interface WantedShare {
    cloud: Cloud;
    image: string;
    /** "ecs" is an image of ECS itself; found out when it is not known. */
    imageFacts?: { kind: string };
    with: Recipients;
}

/** One way to make an image visible to somebody else. */
export interface WayToShare {
    /** Which of the wanted recipients see the image now; none when it is gone. */
    seenBy(wanted: string[]): Promise<string[]>;
    /** Why the cloud would refuse to share with these, once the dropped ones no longer see the image. */
    refusals(change: { wanted: string[]; dropped: string[] }): Promise<string[]>;
    /** Adds whoever is missing and waits until all see the image. */
    share(recipients: string[], limit: number): Promise<void>;
    /** Removes these and nobody else; those who are gone already are done. */
    unshare(recipients: string[], limit: number): Promise<void>;
}

/** The recipients as a list; ECS is one. */
export function recipientsOf(recipients: Recipients): string[] {
    if (recipients === "ecs") return ["ecs"];
    return "accounts" in recipients ? recipients.accounts : recipients.projects;
}

/** The same kind of recipients, narrowed to those that are left. */
export function narrowed(recipients: Recipients, left: string[]): Recipients {
    if (recipients === "ecs") return recipients;
    return "accounts" in recipients ? { accounts: left } : { projects: left };
}

/** "ecs", "accounts" or "projects". */
export function kindOf(recipients: Recipients): "ecs" | "accounts" | "projects" {
    if (recipients === "ecs") return "ecs";
    return "accounts" in recipients ? "accounts" : "projects";
}
