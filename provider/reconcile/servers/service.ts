import type { HandlerContext } from "../../pulumi/dynamic/handler";
import type { ImageService } from "../images/service";
import type { OrderToken } from "../ownership/createOnce";
import type { Ownership } from "../ownership/ownership";

type Tags = Record<string, string>;

/** A server as its cloud shows it. */
export interface SeenServer {
    readonly id: string;
    readonly name?: string;
    /** In the cloud's own words. */
    readonly status: string;
    /** A "failed" server will never run; a "blocked" one is there, and runs again only when its user does something. */
    readonly condition: "pending" | "ready" | "blocked" | "failed";
    /** What keeps it from running: "is disabled (EXPIRED)". */
    readonly note: string;
    readonly imageId?: string;
    /** With the owner's tag. */
    readonly tags: Tags;
}

/** What goes with every order. */
export interface Order extends OrderToken {
    context: HandlerContext;
    name: string;
    /** With the owner's tag. */
    tags: Tags;
    ownership: Ownership;
    /** How long to wait for the order, ms. */
    limit: number;
}

/** What one kind of server needs from its cloud, in one region; all else is the same for all kinds. */
export interface ServerService<Server extends SeenServer = SeenServer, Request extends object = never> {
    readonly region: string;
    /** What the cloud calls it. */
    readonly noun: "server" | "instance";
    /** How long making one usually takes, ms. */
    readonly expectedMs: number;
    /** Where its images come from. */
    readonly images: ImageService;
    find(id: string): Promise<Server | undefined>;
    /** The joined lookup that `find` asks: waits for servers that ask the same one look together. */
    readonly asks: object;
    all(): Promise<Server[]>;
    /** Says whether a failed call that addresses a server means that there is none. */
    isGone(error: unknown): boolean;
    /**
     * Asks for a server; the same token must give the same server. Undefined when the cloud remembers the token of an
     * order of an earlier run, which failed.
     */
    order(request: Request, order: Order): Promise<string | undefined>;
    /** The order takes neither name nor tags: they are given afterwards. */
    readonly isOrderedBare?: boolean;
    /** Where the name can be changed in place. */
    rename?(id: string, name: string): Promise<void>;
    tagging(id: string): { set(tags: Tags): Promise<void>; remove(keys: string[]): Promise<void> };
    /** How one goes: "deletion", "deleting the server". */
    readonly ending: { noun: string; doing: string };
    /** Asks for the end of a server, of a leftover with all its disks; false while the cloud is still busy with it. */
    askForDeletion(server: Pick<SeenServer, "id" | "name">, options: { isOrphan: boolean }): Promise<boolean>;
    /** Why what an interrupted run ordered stays although nobody wants it any more; undefined where it goes. */
    readonly keepsOrphans?: string;
}

/** "server ace0706b… in cn-hangzhou" */
export function describeServer({ noun, region }: Pick<ServerService, "noun" | "region">, id: string): string {
    return `${noun} ${id} in ${region}`;
}
