import { z } from "zod";
import { timeouts } from "../polling/timeouts";

/** Options that every kind of image takes, with the same meaning. */
export const imageOptions = {
    wait: z.enum(["none", "first-region", "all-regions"]).optional(),
    adopt: z.string().min(1).optional(),
    version: z.string().min(1).optional(),
    keepVersions: z.int().min(0).max(10).optional(),
    /** Set by the adapter, newest first; a value from the program is ignored. */
    previousVersions: z.array(z.string()).optional(),
    deleteProtection: z.boolean().optional(),
    onDelete: z
        .strictObject({
            unshare: z.boolean().optional(),
            children: z.enum(["delete", "retain"]).optional(),
            ifInUse: z.enum(["block", "wait", "retain"]).optional(),
        })
        .optional(),
    timeouts: timeouts.optional(),
};

/** Default values of these options. */
export const imageOptionDefaults = {
    wait: "all-regions",
    keepVersions: 0,
    deleteProtection: false,
    "onDelete.unshare": false,
    "onDelete.children": "delete",
    "onDelete.ifInUse": "block",
} as const;

/** The options as a handler gets them. */
export interface ImageOptions {
    wait?: "none" | "first-region" | "all-regions";
    adopt?: string;
    version?: string;
    keepVersions?: number;
    previousVersions?: string[];
    deleteProtection?: boolean;
    onDelete?: { unshare?: boolean; children?: "delete" | "retain"; ifInUse?: "block" | "wait" | "retain" };
    timeouts?: { create?: string; update?: string; delete?: string };
}
