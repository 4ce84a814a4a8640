import type { Child, Share } from "../deletionPlan";
import type { Ownership } from "../ownership/ownership";

type Tags = Record<string, string>;

/** An image as its cloud shows it. */
export interface SeenImage {
    readonly id: string;
    readonly name: string;
    /** In the cloud's own words. */
    readonly status: string;
    /** "failed" images will never become usable. */
    readonly condition: "pending" | "ready" | "failed";
    /**
     * What the cloud is doing while the image is pending, or what happened when it failed: "could not be created: …".
     */
    readonly note: string;
    /** Between 0 and 1, if the cloud reports it. */
    readonly progress?: number;
    /** A failed image that was ready before may become ready again. */
    readonly wasReady?: boolean;
    /** Including the owner tag. */
    readonly tags: Tags;
    /** ISO 8601. */
    readonly createdAt?: string;
}

/** A share as its cloud shows it. */
export interface SeenShare extends Share {
    /** As in an ImageShare: "ecs", or the id of the account or project. */
    readonly to: string;
}

/** A server that was created from an image. */
export interface ImageUser {
    readonly id: string;
    /** For messages: "instance i-bp1… (web)". */
    readonly what: string;
}

export function imageUser(noun: "server" | "instance", id: string, name: string | undefined): ImageUser {
    return { id, what: `${noun} ${id}${name ? ` (${name})` : ""}` };
}

/** Operations of one kind of image in one region; everything else is the same for all kinds. */
export interface ImageService<Image extends SeenImage = SeenImage> {
    readonly region: string;
    /** How long the creation usually takes, ms. */
    readonly expectedMs: number;
    find(id: string): Promise<Image | undefined>;
    /** Like `find`, by a lookup that shows new images before lists do. */
    findUnlisted?(id: string): Promise<Image | undefined>;
    /** The joined lookup that `find` uses: waits that use the same one poll together. */
    readonly asks: object;
    /** The account's own images of this kind, without images that others share with it. */
    all(): Promise<Image[]>;
    /** Images of this kind that lists do not show yet, found by their children. */
    unlisted?(listed: readonly Image[]): Promise<Image[]>;
    /** Another request would create another image, and only lists show what was requested. */
    readonly onlyListsTell?: true;
    setTags(id: string, tags: Tags): Promise<void>;
    /** Whether the cloud knows the image by its id, even if no lookup shows it yet. @param tags the tags that it has */
    exists(id: string, tags: Tags): Promise<boolean>;
    removeTags(id: string, keys: string[]): Promise<void>;
    /** The current shares of the image, and how to remove them. */
    shares(image: Image): Promise<SeenShare[]>;
    /** The existing servers that were created from it. */
    users(image: Image): Promise<ImageUser[]>;
    /** Requests the deletion; false while the cloud is still busy with the image. */
    askForDeletion(id: string, options: { withChildren: boolean }): Promise<boolean>;
    /**
     * The children of the image, which are deleted with it, such as its snapshots.
     *
     * @param recorded their ids as the state holds them, empty if it holds none; undefined without a state, in which
     *   case the image itself tells
     */
    children(image: Image | undefined, recorded: readonly string[] | undefined): Promise<Child[]>;
    /** Other images that were created from its children, described for messages: "image m-2 (web)". */
    usersOfChildren?(id: string, children: readonly string[]): Promise<ImageUser[]>;
    /** Tags the children of the image, if the cloud has tags for them. */
    tagChildren?(children: readonly string[], tags: Tags): Promise<void>;
    /**
     * Whether a step was refused because of something that a lagging list did not show: a new share, or the image
     * itself, which still uses its snapshot.
     */
    refusedUnseen?(error: unknown): boolean;
    /** Whether a request was refused because another image has the name. */
    isNameTaken?(error: unknown): boolean;
    /** Whether a refused or unanswered request may mean that an earlier one is still running. */
    mayBeUnderWay?(error: unknown, ownership: Ownership): Promise<boolean>;
}

/** "image m-bp1… (web-golden) in cn-hangzhou" */
export function describeImage(service: ImageService, id: string, image: SeenImage | undefined): string {
    return `image ${id}${image?.name ? ` (${image.name})` : ""} in ${service.region}`;
}
