import { z } from "zod";
import { argument, name, text } from "./values";

/** The arguments that several resources have, with the same meaning. */

export const duration = () =>
    argument(z.string().regex(/^\d+(s|m|h)$/, { error: 'must be a duration such as "90s", "45m" or "2h"' })).optional();

export const timeouts = z
    .strictObject({
        create: duration().describe("For making the object."),
        update: duration().describe("For changing it in place."),
        delete: duration().describe("For deleting it."),
    })
    .optional()
    .describe('How long to wait: durations such as "90s", "45m", "2h".');

export const tags = z
    .record(z.string(), argument(z.string()))
    .optional()
    .describe("Tags of the object in its cloud. Changed in place.");

export const cloudName = () => name.describe("Which of the file's clouds it is in.");

export const deleteProtection = argument(z.boolean())
    .optional()
    .describe(
        "Refuse whatever would delete or replace it, already in the preview. Takes an `up` with false first. Default false.",
    );

/** What every kind of image takes. */
export const imageArguments = {
    name: text()
        .optional()
        .describe("The name in the cloud. Default: the resource's name with a suffix. Not together with keepVersions."),
    description: text().optional().describe("The description in the cloud."),
    tags,
    wait: argument(z.enum(["none", "first-region", "all-regions"]))
        .optional()
        .describe(
            "What an `up` waits for: nothing, the image itself but not its copies, or all of them. Default all-regions.",
        ),
    adopt: text()
        .optional()
        .describe(
            "Id or exact name of an existing image to take over instead of making one. Without effect afterwards.",
        ),
    keepVersions: argument(z.int())
        .optional()
        .describe("How many replaced images to keep, at most 10. They go with the image. Default 0."),
    deleteProtection,
    onDelete: z
        .strictObject({
            unshare: argument(z.boolean())
                .optional()
                .describe(
                    "Take away shares that were made outside this stack; without it they stop the deletion. Default false.",
                ),
            children: argument(z.enum(["delete", "retain"]))
                .optional()
                .describe("What happens to the snapshots or the backup that were made for the image. Default delete."),
            ifInUse: argument(z.enum(["block", "wait", "retain"]))
                .optional()
                .describe(
                    "While servers made from it are there: fail and name them, wait until they are gone, or leave the image to you. Default block.",
                ),
        })
        .optional()
        .describe("What happens to what hangs on the image when it goes."),
    timeouts,
};

/** What the environment adds to every kind of image. */
export const imageKeys = {
    version: text()
        .optional()
        .describe('Any text, for example "1.4.0": another one makes a new image of the same source.'),
    shares: z
        .record(
            name,
            z.strictObject({
                with: z
                    .union(
                        [
                            z.literal("ecs"),
                            z.strictObject({ accounts: z.array(text()).describe("Alibaba Cloud: account ids.") }),
                            z.strictObject({ projects: z.array(text()).describe("Huawei Cloud: project ids.") }),
                        ],
                        { error: 'must be "ecs", { accounts: ["<account id>"] } or { projects: ["<project id>"] }' },
                    )
                    .describe("Who sees the image: ECS of the same account, other accounts, or other projects."),
                accept: z
                    .array(
                        z.strictObject({
                            cloud: name.describe("The recipient's account, as one of the file's clouds."),
                            vault: text()
                                .optional()
                                .describe("Id of the recipient's CBR vault; needed for a full-ECS image."),
                        }),
                    )
                    .optional()
                    .describe("Recipients of your own that accept under their own credentials."),
                timeouts,
            }),
        )
        .optional()
        .describe("Shares of the image, by name; each is an ImageShare."),
};
