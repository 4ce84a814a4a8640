import type { Handler, Problem } from "../pulumi/dynamic/handler";
import { inputProblems } from "../pulumi/dynamic/inputProblems";
import { type Properties, plainJson } from "../pulumi/dynamic/plainJson";
import { unknownValue } from "../pulumi/dynamic/unknown";
import { customImage } from "../resources/customImage.handler";
import { ecsImage } from "../resources/ecsImage.handler";
import { ecsInstance } from "../resources/ecsInstance.handler";
import { fullEcsImage } from "../resources/fullEcsImage.handler";
import { huaweiServer } from "../resources/huaweiServer.handler";
import { imageShare } from "../resources/imageShare.handler";
import { simpleServer } from "../resources/simpleServer.handler";
import { systemImage } from "../resources/systemImage.handler";
import { aboutValue, dotted, type Finding, type Path } from "./problem";

type Check = (inputs: Properties) => Problem[];

/** A handler's check of inputs, for inputs of any type. */
function checkOf<Inputs extends object, State extends object>(handler: Handler<Inputs, State>): Check {
    return (inputs) => inputProblems(handler, plainJson(handler.normalise?.(inputs) ?? inputs));
}

const checks = {
    CustomImage: checkOf(customImage),
    SystemImage: checkOf(systemImage),
    FullEcsImage: checkOf(fullEcsImage),
    EcsImage: checkOf(ecsImage),
    ImageShare: checkOf(imageShare),
    SimpleServer: checkOf(simpleServer),
    EcsInstance: checkOf(ecsInstance),
    HuaweiServer: checkOf(huaweiServer),
};

/** What the resource would refuse at preview without calling a cloud. @param path of its arguments in the file */
export function refusals(path: Path, kind: keyof typeof checks, inputs: Properties): Finding[] {
    const known = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, opaque(value)]));
    return checks[kind](known).map(({ property, reason }) => {
        const inner =
            property === "inputs" ? [] : property.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
        // A share has no `image` key in the file.
        const at = [...path, ...(kind === "ImageShare" && property === "image" ? [] : inner)];
        const joint = /^(must|is|has|cannot|expected) /.test(reason) ? " " : ": ";
        return aboutValue(at, `${dotted(at)}${joint}${reason}`);
    });
}

/** Replaces references to parameters and outputs by the unknown value. */
function opaque(value: unknown): unknown {
    if (typeof value === "string") return value.includes("${") ? unknownValue : value;
    if (Array.isArray(value)) return value.map((item) => opaque(item));
    if (typeof value !== "object" || value === null) return value;
    if ("__pulumiOutput" in value) return unknownValue;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opaque(item)]));
}
