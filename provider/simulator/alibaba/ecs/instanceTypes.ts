import { refusal } from "../../core/rule";
import { operation } from "../gateway/operation";
import { id, oneOf, required, text } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { visibleImage } from "./visibleImages";

/** A choice of types; RunInstances takes any that has the form of one. */
const instanceTypes = [
    { InstanceTypeId: "ecs.g6.large", InstanceTypeFamily: "ecs.g6", CpuCoreCount: 2, MemorySize: 8 },
    { InstanceTypeId: "ecs.g6.xlarge", InstanceTypeFamily: "ecs.g6", CpuCoreCount: 4, MemorySize: 16 },
    { InstanceTypeId: "ecs.c6.large", InstanceTypeFamily: "ecs.c6", CpuCoreCount: 2, MemorySize: 4 },
    { InstanceTypeId: "ecs.r6.large", InstanceTypeFamily: "ecs.r6", CpuCoreCount: 2, MemorySize: 16 },
];

export const describeImageSupportInstanceTypes = operation({
    name: "DescribeImageSupportInstanceTypes",
    reads: true,
    parameters: {
        RegionId: required(text()),
        ImageId: id,
        ActionType: oneOf(["CreateEcs", "ChangeOS"]),
        "Filter.1.Key": oneOf(["imageId"]),
        "Filter.1.Value": text({ isId: true }),
    },
    run: (caller, asked) => {
        const imageId = asked.ImageId ?? asked["Filter.1.Value"] ?? "";
        if (!visibleImage(caller, imageId)) throw refusal(ecsRules.unknownImage);
        return { RegionId: caller.region, ImageId: imageId, InstanceTypes: { InstanceType: instanceTypes } };
    },
});
