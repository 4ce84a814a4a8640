import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageKind, type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

interface CommonArgs {
    /**
     * Id of the server whose system disk is wiped: a Simple Application Server, an ECS instance ("i-…"), or a Huawei
     * Cloud or Open Telekom Cloud server. Changing it replaces the resource, and leaves the old server unchanged.
     */
    server: pulumi.Input<string>;
    /**
     * Required confirmation: all data on the server's system disk is lost. Without it, a preview states what would be
     * erased, and fails.
     */
    confirmWipe: true;
    /**
     * Name of the key pair to log in with after the next replacement of the disk. A change wipes nothing.
     * @default the server's key pair, if the cloud reports it
     */
    keyPair?: pulumi.Input<string>;
    /** How long to wait. @default create "30m", update "30m", delete "30m" */
    timeouts?: pulumi.Input<Timeouts>;
}

interface AlibabaArgs extends CommonArgs {
    /** Cloud and region of the server. Changing it replaces the resource. */
    cloud: AlibabaCloud;
    /**
     * Alibaba Cloud: the image to write to the disk. For a Simple Application Server: an image of the same region that
     * was not created from this server. For an ECS instance: an image that ECS can see. A change wipes the disk again,
     * in place.
     */
    image: ImageReference<"custom" | "ecs">;
}

interface HuaweiArgs extends CommonArgs {
    /** Cloud and region of the server. Changing it replaces the resource. */
    cloud: HuaweiCloud;
    /**
     * Huawei Cloud: the image to write to the disk. Of a full-ECS image, only the system disk is used. A change wipes
     * the disk again, in place.
     */
    image: ImageReference<"full-ecs" | "system">;
}

/** Arguments of a SystemDiskReplacement, by the cloud of the server and the image. */
export type SystemDiskReplacementArgs<In extends Cloud = Cloud> = In extends AlibabaCloud ? AlibabaArgs : HuaweiArgs;

/**
 * Replaces the system disk of an existing server with an image. The server keeps its address, data disks and billing.
 * If the server already has the image, nothing is wiped. The server is started afterwards if it was running before.
 *
 * From then on the server uses the image, so the image cannot be deleted while the server has it, unless the image sets
 * `onDelete: { ifInUse: "retain" }`.
 *
 * Declare one for each server. If the server is also a resource of the stack, give the server the option
 * `ignoreChanges: ["image"]`. Otherwise Pulumi replaces the server, because its image has changed.
 *
 * @example
 * new SystemDiskReplacement("web-system", {
 *     cloud: hangzhou,
 *     server: "ace0706b2ac4454d984295a942130004",
 *     image: golden,
 *     confirmWipe: true,
 * });
 *
 * @deletion The server keeps its current image.
 */
export class SystemDiskReplacement<In extends Cloud = Cloud> extends MachineImageResource {
    /**
     * What the last change erased or the next one will erase, for example "system disk d-bp1… (40 GiB) of server …".
     */
    declare public readonly erases: pulumi.Output<string | undefined>;
    /** Id of the server's system disk. ECS and Huawei Cloud assign a new one with each replacement. */
    declare public readonly systemDisk: pulumi.Output<string | undefined>;
    /** Size of the system disk, GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** Status of the server, as the cloud reports it. */
    declare public readonly status: pulumi.Output<string>;

    // One signature for each cloud, so that a compiler error names the wrong argument.
    constructor(
        name: string,
        args: SystemDiskReplacementArgs<In> & { cloud: In },
        options?: pulumi.CustomResourceOptions,
    );
    constructor(name: string, args: AlibabaArgs | HuaweiArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("SystemDiskReplacement", name, args);
        const computed = { erases: undefined, systemDisk: undefined, systemDiskGiB: undefined, status: undefined };
        super("SystemDiskReplacement", name, { ...inputs, ...imageInputs<ImageKind>(image), ...computed }, options);
    }
}
