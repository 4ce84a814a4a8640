import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../dynamic/resource";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

export interface HuaweiServerArgs {
    /** Where the server is. Changing it makes a new server. */
    cloud: HuaweiCloud;
    /** The image it starts from. The data disks of a full-ECS image come by themselves. Changing it makes a new server. */
    image: ImageReference<"full-ecs" | "system">;
    /** For example "s3.large.2". Changing it makes a new server. */
    flavor: pulumi.Input<string>;
    /** Id of the VPC. Changing it makes a new server. */
    vpc: pulumi.Input<string>;
    /** Id of the subnet. Changing it makes a new server. */
    subnet: pulumi.Input<string>;
    /** Changing it makes a new server. @default type "SSD" with the image's size */
    systemDisk?: pulumi.Input<{ type: string; sizeGiB?: number }>;
    /** Changing it makes a new server. @default where the image is available, else chosen by the cloud */
    availabilityZone?: pulumi.Input<string>;
    /** 1 to 64 characters. Changing it makes a new server. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 9. Changing them makes a new server. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** What happens to the data disks. The cloud keeps them, and bills them, unless told otherwise. */
    onDelete?: pulumi.Input<{
        /** @default "delete" */
        dataDisks?: "delete" | "retain";
    }>;
    /** How long to wait. @default create "30m", delete "20m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * A Huawei Cloud or Open Telekom Cloud server made from an image.
 *
 * @example
 * const clone = new HuaweiServer("erp-clone", {
 *     cloud: frankfurt,
 *     image: erp,
 *     flavor: "s3.large.2",
 *     vpc: "0dae26c9-…",
 *     subnet: "157ee789-…",
 * });
 *
 * @deletion The server goes with its disks, unless `onDelete.dataDisks` is "retain".
 */
export class HuaweiServer extends MachineImageResource {
    /** The server's name in the cloud. */
    declare public readonly serverName: pulumi.Output<string>;
    /** "ACTIVE", "SHUTOFF" and so on. */
    declare public readonly status: pulumi.Output<string>;
    /** Where it runs. */
    declare public readonly zone: pulumi.Output<string | undefined>;
    /** In its VPC. */
    declare public readonly privateIpAddress: pulumi.Output<string | undefined>;
    /** The data disks, those that the image brought included. */
    declare public readonly dataDisks: pulumi.Output<{ volume: string; sizeGiB: number }[]>;

    constructor(name: string, args: HuaweiServerArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = args;
        super(
            "HuaweiServer",
            name,
            {
                ...inputs,
                ...imageInputs(image),
                serverName: undefined,
                status: undefined,
                zone: undefined,
                privateIpAddress: undefined,
                dataDisks: undefined,
            },
            options,
        );
    }
}
