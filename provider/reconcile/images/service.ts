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
    /** What is being done while it is pending; what happened when it failed: "could not be created: …". */
    readonly note: string;
    /** Between 0 and 1, when the cloud tells. */
    readonly progress?: number;
    /** A failed image that was ready once may become ready again. */
    readonly wasReady?: boolean;
    /** With the owner's tag. */
    readonly tags: Tags;
    /** ISO 8601. */
    readonly createdAt?: string;
}

/** A share as its cloud shows it. */
export interface SeenShare extends Share {
    /** As an ImageShare has it: "ecs", or the id of the account or project. */
    readonly to: string;
}

/** A server that was created from an image, or an image that was created from its snapshots. */
export interface ImageUser {
    readonly id: string;
    /** As a user knows it: "instance i-bp1… (web)". */
    readonly what: string;
}

export function imageUser(noun: "server" | "instance" | "image", id: string, name: string | undefined): ImageUser {
    return { id, what: `${noun} ${id}${name ? ` (${name})` : ""}` };
}

/** What one kind of image needs from its cloud, in one region; all else is the same for all kinds. */
export interface ImageService<Image extends SeenImage = SeenImage> {
    readonly region: string;
    /** How long making one usually takes, ms. */
    readonly expectedMs: number;
    find(id: string): Promise<Image | undefined>;
    /** As `find`, by a lookup that shows new images before lists do. */
    findUnlisted?(id: string): Promise<Image | undefined>;
    /** The joined lookup that `find` asks: waits for images that ask the same one look together. */
    readonly asks: object;
    /** The account's own images of this kind, without those that others share with it. */
    all(): Promise<Image[]>;
    /** Images of this kind that lists do not show yet, found by what was made for them. */
    unlisted?(listed: readonly Image[]): Promise<Image[]>;
    /** Another request would order another image, and nothing but lists shows what has been ordered. */
    readonly onlyListsTell?: true;
    setTags(id: string, tags: Tags): Promise<void>;
    /** Whether the cloud knows the image by its id, although no lookup may show it yet. @param tags those it has */
    exists(id: string, tags: Tags): Promise<boolean>;
    removeTags(id: string, keys: string[]): Promise<void>;
    /** Who sees the image now, and how that is ended. */
    shares(image: Image): Promise<SeenShare[]>;
    /** The servers made from it that are still there. */
    users(image: Image): Promise<ImageUser[]>;
    /** Asks for the deletion; false while the cloud is still busy with the image. */
    askForDeletion(id: string, options: { withChildren: boolean }): Promise<boolean>;
    /**
     * What was made for the image and goes with it, such as its snapshots.
     *
     * @param recorded their ids as the state holds them, none when it has none; without a state the image itself tells
     */
    children(image: Image | undefined, recorded: readonly string[] | undefined): Promise<Child[]>;
    /** Other images that were created from its children, as people name them: "image m-2 (web)". */
    usersOfChildren?(id: string, children: readonly string[]): Promise<ImageUser[]>;
    /** Tags what was made for the image; where the cloud has tags for it. */
    tagChildren?(children: readonly string[], tags: Tags): Promise<void>;
    /**
     * Whether a step was refused because of something that a lagging list did not show: a share that was made meanwhile,
     * or the image itself, which still needs its snapshot.
     */
    refusedUnseen?(error: unknown): boolean;
    /** Whether a request was refused because another image has the name. */
    isNameTaken?(error: unknown): boolean;
    /** Whether a refused or unanswered request may mean that an earlier one is under way. */
    mayBeUnderWay?(error: unknown, ownership: Ownership): Promise<boolean>;
}

/** "image m-bp1… (web-golden) in cn-hangzhou" */
export function describeImage(service: ImageService, id: string, image: SeenImage | undefined): string {
    return `image ${id}${image?.name ? ` (${image.name})` : ""} in ${service.region}`;
}
