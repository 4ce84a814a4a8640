import type { ImagePlace } from "../images/missingImage";

/** A server with a system disk that can be replaced, as the cloud shows it now. */
export interface SeenServer {
    imageId: string | undefined;
    /** "busy" while the cloud works on it. */
    power: "running" | "stopped" | "busy";
    /** In the cloud's own word. */
    status: string;
    disk: { id: string; sizeGiB: number } | undefined;
    keyPair: string | undefined;
    /** "Linux" or "Windows", where it matters. */
    osType?: string;
    /** GiB, where it matters. */
    dataDiskGiB?: number;
    tags: Record<string, string>;
}

/** What a cloud offers to replace the system disk of one server. */
export interface ReplaceableServer {
    /** "server ace0706b… in cn-hangzhou". */
    readonly what: string;
    /** The images that its cloud can put on the disk. */
    readonly images: ImagePlace;
    /** The cloud takes the disk of a stopped server only. */
    readonly mustBeStopped: boolean;
    /** How long the cloud usually takes, ms. */
    readonly expected: number;
    poll(): Promise<SeenServer | undefined>;
    /** Its tags alone, in a lookup that is shared with other servers; undefined when there is no such server. */
    tags(): Promise<Record<string, string> | undefined>;
    /**
     * Why the cloud would not put this image on the disk.
     * @param options mayComeLater: the image may not be visible there yet
     */
    refusals(seen: SeenServer, imageId: string, options: { mayComeLater: boolean }): Promise<string[]>;
    /** Waits for an image that is still being made. @param limit ms */
    imageReady(imageId: string, limit: number): Promise<void>;
    /** What else the replacement does that the user should know. */
    cautions(imageId: string | undefined): Promise<string[]>;
    /**
     * Begins to replace the disk, and follows the work as far as the cloud tells of it.
     * @returns false when the cloud does something else with the server just now
     */
    replace(seen: SeenServer, wanted: { imageId: string; keyPair?: string }): Promise<boolean>;
    start(): Promise<void>;
    stop(): Promise<void>;
    tagging: {
        set(tags: Record<string, string>): Promise<void>;
        remove(keys: string[]): Promise<void>;
    };
}
