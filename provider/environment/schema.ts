import { z } from "zod";
import { image } from "./images";
import { policy, prices } from "./policy";
import { server } from "./servers";
import { name } from "./values";

const account = z
    .string()
    .min(1)
    .optional()
    .describe(
        "A name in `machine-images:accounts`, or a profile of the cloud's own tools. Default the stack's account.",
    );

export const cloud = z.discriminatedUnion("type", [
    z
        .strictObject({
            type: z.literal("alibaba"),
            region: z.string().min(1).describe('Region id, for example "cn-hangzhou".'),
            account,
        })
        .describe("Alibaba Cloud in one region."),
    z
        .strictObject({
            type: z.literal("huawei"),
            region: z.string().min(1).describe('Region id, for example "eu-de" or "cn-north-4".'),
            profile: z
                .enum(["csbs", "cbr"])
                .optional()
                .describe("Which backup service full-server images are made with. Default cbr."),
            account,
        })
        .describe("Huawei Cloud or Open Telekom Cloud in one region."),
]);

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be a text, a number, true or false" });

export const parameter = z
    .strictObject({
        type: z.enum(["string", "integer", "boolean"]).describe("What kind of value it takes."),
        description: z.string().optional().describe("What it is for."),
        default: scalar.optional().describe("The value when none is given; without it one must be given."),
        enum: z.array(scalar).min(1).optional().describe("The values that it may have."),
        pattern: z
            .string()
            .optional()
            .describe("A regular expression that a text must match, from its first letter to its last."),
        secret: z.boolean().optional().describe("Keep the value encrypted in the stack's state. Default false."),
    })
    .describe("A value that whoever uses the file may choose, used as `${parameters.NAME}`.");

export type DeclaredParameter = z.output<typeof parameter>;

/** An environment: images and the servers that are made of them, as data. The only source of its types, checks and pages. */
export const environmentFile = z
    .strictObject({
        $schema: z.string().optional().describe("For editors; without effect."),
        apiVersion: z.literal("machine-images/v1").describe("The version of this format."),
        description: z.string().optional().describe("What the environment is for."),
        parameters: z.record(name, parameter).optional().describe("Values that may differ, by name."),
        clouds: z.record(name, cloud).describe("Where images and servers are, by name."),
        images: z.record(name, image).optional().describe("Images, by name."),
        servers: z.record(name, server).optional().describe("Servers, by name."),
        policy: policy.optional(),
        prices: prices.optional(),
    })
    .describe("Machine images and the servers that are made of them.");

export type EnvironmentFile = z.output<typeof environmentFile>;
export type DeclaredCloud = z.output<typeof cloud>;
