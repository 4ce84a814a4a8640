import type { ImagePlace } from "../images/missingImage";

/** A server whose system disk can be replaced, as the cloud shows it now. */
export interface SeenServer {
    imageId: string | undefined;
    /** "busy" while the cloud works on it. */
    power: "running" | "stopped" | "busy";
    /** In the cloud's own words. */
    status: string;
    disk: { id: string; sizeGiB: number } | undefined;
    keyPair: string | undefined;
    /** "Linux" or "Windows", if it is relevant. */
    osType?: string;
    /** GiB, if it is relevant. */
    dataDiskGiB?: number;
    tags: Record<string, string>;
}

/** Operations that replace the system disk of one server. */
export interface ReplaceableServer {
    /** "server ace0706b… in cn-hangzhou". */
    readonly what: string;
    /** The images that its cloud can put on the disk. */
    readonly images: ImagePlace;
    /** Whether the cloud replaces the disk only if the server is stopped. */
    readonly mustBeStopped: boolean;
    /** How long the replacement usually takes, ms. */
    readonly expected: number;
    poll(): Promise<SeenServer | undefined>;
    /** Its tags, from a lookup that is joined with those of other servers; undefined if there is no such server. */
    tags(): Promise<Record<string, string> | undefined>;
    /**
     * Why the cloud would refuse to replace the disk with this image.
     * @param options mayComeLater: the image may not be visible yet
     */
    refusals(seen: SeenServer, imageId: string, options: { mayComeLater: boolean }): Promise<string[]>;
    /** Waits for an image that is still being created. @param limit ms */
    imageReady(imageId: string, limit: number): Promise<void>;
    /** Further effects of the replacement that the user should know. */
    cautions(imageId: string | undefined): Promise<string[]>;
    /**
     * Starts to replace the disk, and waits for the cloud's job if there is one.
     * @returns false if the cloud is busy with the server
     */
    replace(seen: SeenServer, wanted: { imageId: string; keyPair?: string }): Promise<boolean>;
    start(): Promise<void>;
    stop(): Promise<void>;
    tagging: {
        set(tags: Record<string, string>): Promise<void>;
        remove(keys: string[]): Promise<void>;
    };
}
