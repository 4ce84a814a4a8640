import { z } from "zod";
import { argument, name, text } from "./values";

/** Arguments that several resources share. */

const noDuration = 'must be a duration such as "90s", "45m" or "2h"';

export const duration = () =>
    argument(z.string({ error: noDuration }).regex(/^\d+(s|m|h)$/, { error: noDuration })).optional();

export const timeouts = z
    .strictObject({
        create: duration().describe("For creating the object."),
        update: duration().describe("For updating the object in place."),
        delete: duration().describe("For deleting the object."),
    })
    .optional()
    .describe('How long to wait: durations such as "90s", "45m", "2h".');

export const tags = z
    .record(z.string(), argument(z.string()))
    .optional()
    .describe("Tags of the object in its cloud. Updated in place.");

export const cloudName = () => name.describe("The image's cloud: a name in this file's `clouds`.");

export const deleteProtection = argument(z.boolean())
    .optional()
    .describe(
        "Refuse every deletion and replacement, also at preview. To delete the object, first set this to false and run `pulumi up`. Default: false.",
    );

/** Arguments of every kind of image. */
export const imageArguments = {
    name: text()
        .optional()
        .describe(
            "The name in the cloud. Cannot be combined with keepVersions. Default: the resource's name with a suffix.",
        ),
    description: text().optional().describe("The description in the cloud."),
    tags,
    wait: argument(z.enum(["none", "first-region", "all-regions"]))
        .optional()
        .describe(
            "What `up` waits for: nothing, the image without its copies, or the image and all copies. Default: all-regions.",
        ),
    adopt: text()
        .optional()
        .describe(
            "Id or exact name of an existing image to adopt instead of creating one. It has no effect after that.",
        ),
    keepVersions: argument(z.int())
        .optional()
        .describe("How many replaced images to keep, at most 10. They are deleted with the image. Default: 0."),
    deleteProtection,
    onDelete: z
        .strictObject({
            unshare: argument(z.boolean())
                .optional()
                .describe(
                    "Remove shares that were not created by this stack. If false, such a share stops the deletion. Default: false.",
                ),
            children: argument(z.enum(["delete", "retain"]))
                .optional()
                .describe("What to do with the snapshots or the backup created for the image. Default: delete."),
            ifInUse: argument(z.enum(["block", "wait", "retain"]))
                .optional()
                .describe(
                    "If servers created from the image exist: fail and name them, wait until they are deleted, or leave the image in the cloud. Default: block.",
                ),
        })
        .optional()
        .describe("What to do with dependents when the image is deleted."),
    timeouts,
};

/** Keys that the environment adds to every kind of image. */
export const imageKeys = {
    version: text()
        .optional()
        .describe('Any text, for example "1.4.0". Another version creates a new image from the same source.'),
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
                    .describe("The recipients: ECS of the same account, other accounts, or other projects."),
                accept: z
                    .array(
                        z.strictObject({
                            cloud: name.describe("The recipient's account, as one of the file's clouds."),
                            vault: text()
                                .optional()
                                .describe("Id of the recipient's CBR vault. Required for a full-ECS image."),
                        }),
                    )
                    .optional()
                    .describe("Your own accounts that accept the share, each with its own credentials."),
                timeouts,
            }),
        )
        .optional()
        .describe("Shares of the image, by name. Each is an ImageShare."),
};
