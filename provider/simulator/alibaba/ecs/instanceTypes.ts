import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { id, integer, oneOf, repeated, required, text } from "../gateway/parameters";
import { regionNamed } from "../regions";
import { ecsRules } from "./ecsRules";
import { visibleImage } from "./visibleImages";

/** The properties that the name of an instance type implies. */
interface InstanceType {
    readonly InstanceTypeId: string;
    readonly InstanceTypeFamily: string;
    readonly CpuCoreCount: number;
    readonly MemorySize: number;
}

/** GiB of memory for each vCPU, by the first letter of the family. */
const memoryPerCore: Readonly<Record<string, number>> = { c: 2, g: 4, r: 8 };

/**
 * The families of the cloud's documentation (Elastic Compute Service, Overview of instance families), including old
 * families and families with accelerators. The list is longer than the offer of any region, so that clients with
 * published types work.
 */
const families = [
    /^[cgr][5-9](?:a|ae|e|h|i|ib|ine|ise|ne|nex|p|r|re|se|t|y)?$/,
    /^hf[cgr][5-9][ai]?$/,
    /^(?:ebm[a-z]{0,3}|scc[a-z]{0,3}|v?gn|sgn|d|f|i|re|se|sn|mn|xn|n|m|s|t|v|ce|cm|ga|e|c|u)[1-9][a-z]{0,4}(?:-vws|-i)?$/,
    /^(?:e|u\d[a-z]?|t6)-c\dm\d$|^t5-lc\dm\d$|^(?:re\d[a-z]{0,2}|[cgr]\d[a-z]{0,3}|i\d[a-z]{0,3}|gn\d[a-z]{0,2})-[a-z\d]{1,12}$/,
];

const sizes: Readonly<Record<string, number>> = { nano: 1, small: 1, medium: 1, large: 2, xlarge: 4 };

/** An instance type of the cloud, whether or not lists show it; undefined for any other name. */
export function instanceTypeNamed(name: string): InstanceType | undefined {
    const [, family = "", size = ""] =
        /^ecs\.([a-z0-9-]+)\.(nano|small|medium|large|xlarge|\d{1,3}xlarge)$/.exec(name) ?? [];
    if (!families.some((form) => form.test(family))) return undefined;
    const CpuCoreCount = sizes[size] ?? Number.parseInt(size, 10) * 4;
    const MemorySize = CpuCoreCount * (memoryPerCore[family.slice(0, 1)] ?? 2);
    return { InstanceTypeId: name, InstanceTypeFamily: `ecs.${family}`, CpuCoreCount, MemorySize };
}

/** The instance types that lists show. */
const offered = ["g6", "g7", "c6", "c7", "r6", "r7"].flatMap((family) =>
    ["large", "xlarge", "2xlarge", "4xlarge"].map((size) => `ecs.${family}.${size}`),
);

const named = (names: readonly string[]): InstanceType[] => names.flatMap((name) => instanceTypeNamed(name) ?? []);

const describeImageSupportInstanceTypes = operation({
    name: "DescribeImageSupportInstanceTypes",
    reads: true,
    parameters: {
        RegionId: required(text()),
        ImageId: id,
        ActionType: oneOf(["CreateEcs", "ChangeOS"]),
        "Filter.1.Key": oneOf(["imageId"]),
        "Filter.1.Value": text({ isId: true }),
    },
    run: (caller, params) => {
        const imageId = params.ImageId ?? params["Filter.1.Value"] ?? "";
        if (!visibleImage(caller, imageId)) throw apiError(ecsRules.unknownImage);
        const types = named(["ecs.g6.large", "ecs.g6.xlarge", "ecs.c6.large", "ecs.r6.large"]);
        return { RegionId: caller.region, ImageId: imageId, InstanceTypes: { InstanceType: types } };
    },
});

const describeInstanceTypes = operation({
    name: "DescribeInstanceTypes",
    reads: true,
    parameters: {
        RegionId: text(),
        InstanceTypeFamily: text(),
        InstanceTypes: repeated({ max: 100 }),
        MaxResults: integer({ min: 1, max: 100 }),
        NextToken: text(),
    },
    run: (_caller, params) => {
        const names = params.InstanceTypes.length > 0 ? params.InstanceTypes : offered;
        const types = named(names).filter(
            ({ InstanceTypeFamily }) => (params.InstanceTypeFamily ?? InstanceTypeFamily) === InstanceTypeFamily,
        );
        return { InstanceTypes: { InstanceType: types }, NextToken: "" };
    },
});

/** The resources of the region's only zone; none is ever sold out. */
const describeAvailableResource = operation({
    name: "DescribeAvailableResource",
    reads: true,
    parameters: {
        RegionId: required(text()),
        DestinationResource: required(oneOf(["Zone", "InstanceType"])),
        ZoneId: text(),
        InstanceType: text(),
        InstanceChargeType: oneOf(["PostPaid", "PrePaid"]),
        IoOptimized: text(),
        NetworkCategory: text(),
        ResourceType: text(),
        Cores: integer({ min: 1, max: 1024 }),
    },
    run: (caller, params) => {
        const types = named(params.InstanceType === undefined ? offered : [params.InstanceType]).filter(
            ({ CpuCoreCount }) => (params.Cores ?? CpuCoreCount) === CpuCoreCount,
        );
        const inStock = { Status: "Available", StatusCategory: "WithStock" };
        const resource = {
            Type: "InstanceType",
            SupportedResources: {
                SupportedResource: types.map(({ InstanceTypeId }) => ({ Value: InstanceTypeId, ...inStock })),
            },
        };
        const zone = {
            RegionId: caller.region,
            ZoneId: params.ZoneId ?? regionNamed(caller.region).zone,
            ...inStock,
            ...(params.DestinationResource === "Zone" ? {} : { AvailableResources: { AvailableResource: [resource] } }),
        };
        return { AvailableZones: { AvailableZone: types.length > 0 ? [zone] : [] } };
    },
});

export const instanceTypeOperations = [
    describeImageSupportInstanceTypes,
    describeInstanceTypes,
    describeAvailableResource,
];
