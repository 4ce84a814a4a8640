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
    /** A "failed" server never runs; a "blocked" one exists, but runs again only after the user acts. */
    readonly condition: "pending" | "ready" | "blocked" | "failed";
    /** Why it does not run: "is disabled (EXPIRED)". */
    readonly note: string;
    readonly imageId?: string;
    /** Including the owner tag. */
    readonly tags: Tags;
}

/** The context of every order. */
export interface Order extends OrderToken {
    context: HandlerContext;
    name: string;
    /** Including the owner tag. */
    tags: Tags;
    ownership: Ownership;
    /** How long to wait for the order, ms. */
    limit: number;
}

/** Operations of one kind of server in one region; everything else is the same for all kinds. */
export interface ServerService<Server extends SeenServer = SeenServer, Request extends object = never> {
    readonly region: string;
    /** What the cloud calls it. */
    readonly noun: "server" | "instance";
    /** How long the creation usually takes, ms. */
    readonly expectedMs: number;
    /** The service that lists its images. */
    readonly images: ImageService;
    find(id: string): Promise<Server | undefined>;
    /** The joined lookup that `find` uses: waits that use the same one poll together. */
    readonly asks: object;
    all(): Promise<Server[]>;
    /** Whether the error of a call that addresses a server means that it does not exist. */
    isGone(error: unknown): boolean;
    /**
     * Orders a server; the same token must return the same server. Undefined if the cloud remembers the token of an
     * earlier run's order, which failed.
     */
    order(request: Request, order: Order): Promise<string | undefined>;
    /** The order takes neither name nor tags: they are set afterwards. */
    readonly isOrderedBare?: boolean;
    /** Set if the name can be changed in place. */
    rename?(id: string, name: string): Promise<void>;
    tagging(id: string): { set(tags: Tags): Promise<void>; remove(keys: string[]): Promise<void> };
    /** How a server is deleted, for messages: "deletion", "deleting the server". */
    readonly ending: { noun: string; doing: string };
    /**
     * Requests the deletion of a server, for an orphan with all its disks; false while the cloud is still busy with it.
     */
    askForDeletion(server: Pick<SeenServer, "id" | "name">, options: { isOrphan: boolean }): Promise<boolean>;
    /** Why an orphan is kept; undefined if the cloud can delete it. */
    readonly keepsOrphans?: string;
}

/** "server ace0706b… in cn-hangzhou" */
export function describeServer({ noun, region }: Pick<ServerService, "noun" | "region">, id: string): string {
    return `${noun} ${id} in ${region}`;
}
