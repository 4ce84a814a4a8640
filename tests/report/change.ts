/** A change to a stack, of which a report is written. */
export interface Change {
    name: string;
    /** Another is much like it: made on the real engine only when ALL_CHANGES is set, because each takes some seconds. */
    isVariant?: true;
    /** What the engine previews of it is kept compressed. */
    isLarge?: true;
    /** Programs that ran before, one after the other; the last one is what is up. Nothing when left out. */
    before?: Program[];
    /** The program that is previewed. */
    after: Program;
    /** What somebody does with another tool in between. */
    byHand?: "shares the image" | "makes a server of it" | "edits the image";
    /** Options of the engine, for its preview and its update. @default none */
    options?: ("--refresh" | "--show-secrets" | "--show-replacement-steps")[];
    /** The age of Huawei's full-server images. @default "csbs" */
    profile?: "cbr";
}

/** Declares resources. */
export type Program = (given: Given) => void;

/** What is in the clouds before any program runs, and has another id in every world. */
export interface Given {
    /** Finished snapshots of the system disk of one server. */
    snapshots: [string, string];
    /** Huawei servers. */
    windowsServer: string;
    webServer: string;
    /** A project of Huawei's other account. */
    partnerProject: string;
}
