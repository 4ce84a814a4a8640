/** What to do with an image's recipients when it is deleted or replaced. */
export interface ImageOnDelete {
    /**
     * Take away shares that were made outside this stack. Without it they stop the deletion, and the error names them.
     * @default false
     */
    unshare?: boolean;
}

/** How long each step may wait: durations such as "90s", "45m", "2h". */
export interface Timeouts {
    create?: string;
    update?: string;
    delete?: string;
}
