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
        "A name in `machine-images:accounts`, or a profile of the cloud's own tools. Default: the stack's account.",
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
                .describe("The backup service behind full-server images. Default: cbr."),
            account,
        })
        .describe("Huawei Cloud or Open Telekom Cloud in one region."),
]);

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be a string, a number, true or false" });

export const parameter = z
    .strictObject({
        type: z.enum(["string", "integer", "boolean"]).describe("The type of the value."),
        description: z.string().optional().describe("What the parameter is for."),
        default: scalar.optional().describe("The value if none is set. A parameter without a default must be set."),
        enum: z.array(scalar).min(1).optional().describe("The allowed values."),
        pattern: z.string().optional().describe("A regular expression that the whole string must match."),
        secret: z.boolean().optional().describe("Encrypt the value in the stack's state. Default: false."),
    })
    .describe("A value that can be set when the file is used. Refer to it as `${parameters.NAME}`.");

export type DeclaredParameter = z.output<typeof parameter>;

/** An environment file. This schema is the only source of its types, checks, documentation and JSON Schema. */
export const environmentFile = z
    .strictObject({
        $schema: z.string().optional().describe("For editors. It has no effect."),
        apiVersion: z.literal("machine-images/v1").describe("The version of this format."),
        description: z.string().optional().describe("What the environment is for."),
        parameters: z
            .record(name, parameter)
            .optional()
            .describe("Values that can be set when the file is used, by name."),
        clouds: z.record(name, cloud).describe("The clouds of images and servers, by name."),
        images: z.record(name, image).optional().describe("Images, by name."),
        servers: z.record(name, server).optional().describe("Servers, by name."),
        policy: policy.optional(),
        prices: prices.optional(),
    })
    .describe("Machine images and the servers that are created from them.");

export type EnvironmentFile = z.output<typeof environmentFile>;
export type DeclaredCloud = z.output<typeof cloud>;
