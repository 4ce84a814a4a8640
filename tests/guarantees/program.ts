import type { DynamicProvider } from "../../provider/dist/pulumi/dynamic/adapter.js";
import { byCloud } from "../../provider/dist/pulumi/dynamic/byCloud.js";
import type { Shared } from "../../provider/dist/pulumi/dynamic/identity.js";
import { unknownValue } from "../../provider/dist/pulumi/dynamic/unknown.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { rolloutPause } from "../../provider/dist/resources/rolloutPause.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemDiskReplacement } from "../../provider/dist/resources/systemDiskReplacement.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import type { Properties, Simulated } from "../resources/simulated.ts";

/** Every resource, as a plugin process serves it. Add a new resource as one line here. */
export const serve = {
    CustomImage: (world: Simulated, shared: Shared) =>
        byCloud({ alibaba: world.serve(customImage, shared), huawei: world.serve(systemImage, shared) }),
    ImageCopy: (world: Simulated, shared: Shared) => world.serve(imageCopy, shared),
    ImageShare: (world: Simulated, shared: Shared) => world.serve(imageShare, shared),
    SimpleServer: (world: Simulated, shared: Shared) => world.serve(simpleServer, shared),
    EcsInstance: (world: Simulated, shared: Shared) => world.serve(ecsInstance, shared),
    FullEcsImage: (world: Simulated, shared: Shared) => world.serve(fullEcsImage, shared),
    HuaweiServer: (world: Simulated, shared: Shared) => world.serve(huaweiServer, shared),
    EcsImage: (world: Simulated, shared: Shared) => world.serve(ecsImage, shared),
    SystemDiskReplacement: (world: Simulated, shared: Shared) => world.serve(systemDiskReplacement, shared),
    RolloutPause: (world: Simulated, shared: Shared) => world.serve(rolloutPause, shared),
} satisfies Record<string, (world: Simulated, shared: Shared) => DynamicProvider>;

export type ResourceType = keyof typeof serve;

export function isResourceType(name: string): name is ResourceType {
    return name in serve;
}

/** An output of another resource of the program. */
export interface Reference {
    readonly of: string;
    /** "id", or a property of its outputs. */
    readonly output: string;
}

export function output(of: string, name = "id"): Reference {
    return { of, output: name };
}

/** A resource of a program; `inputs` may contain references to earlier resources. */
export interface Declared {
    readonly name: string;
    readonly type: ResourceType;
    readonly inputs: object;
    /** The former name that an alias declares. */
    readonly wasNamed?: string;
    /** The type of the component that it belongs to. */
    readonly under?: string;
    /** The former component type that an alias declares; "" for none. */
    readonly wasUnder?: string;
}

/** Resources in an order in which they can be created. */
export type Program = readonly Declared[];

function isReference(value: unknown): value is Reference {
    return typeof value === "object" && value !== null && "of" in value && "output" in value;
}

/** The names of the resources to whose outputs the inputs refer. */
export function referred(inputs: unknown): string[] {
    if (isReference(inputs)) return [inputs.of];
    if (typeof inputs !== "object" || inputs === null) return [];
    return Object.values(inputs).flatMap(referred);
}

/** The inputs with each reference replaced by its value. A value that `valueAt` does not know yet stays unknown. */
export function resolved(inputs: object, valueAt: (reference: Reference) => unknown): Properties {
    return JSON.parse(
        JSON.stringify(inputs, (_key, value: unknown) =>
            isReference(value) ? (valueAt(value) ?? unknownValue) : value,
        ),
    );
}
