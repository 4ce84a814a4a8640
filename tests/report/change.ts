/** A change to a stack that is reported. */
export interface Change {
    name: string;
    /**
     * Similar to another change. It runs on the real engine only if ALL_CHANGES is set, because each takes some
     * seconds.
     */
    isVariant?: true;
    /** The engine's preview is stored compressed. */
    isLarge?: true;
    /** Programs that are deployed before the change, one after the other. @default none */
    before?: Program[];
    /** The program that is previewed. */
    after: Program;
    /** What somebody changes with another tool before the preview. */
    byHand?: "shares the image" | "creates a server from it" | "edits the image";
    /** Options of the engine, for its preview and its update. @default none */
    options?: ("--refresh" | "--show-secrets" | "--show-replacement-steps")[];
    /** The backup service behind full-server images. @default "csbs" */
    profile?: "cbr";
}

/** Declares resources. */
export type Program = (given: Given) => void;

/** Objects that exist before any program runs. Their ids differ between simulated worlds. */
export interface Given {
    /** Finished snapshots of the system disk of one server. */
    snapshots: [string, string];
    /** Huawei servers. */
    windowsServer: string;
    webServer: string;
    /** A project of the other Huawei Cloud account. */
    partnerProject: string;
}
