import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** The system disk of a server. */
export interface HuaweiSystemDisk {
    /** Type of the disk, for example "SSD" or "SAS". */
    type: string;
    /** Size in GiB, not less than the image's. @default the image's size */
    sizeGiB?: number;
}

/** What happens to what belongs to the server when it is deleted or replaced. */
export interface HuaweiServerOnDelete {
    /** What happens to the data disks. The cloud bills those that are retained. @default "delete" */
    dataDisks?: "delete" | "retain";
}

/** What a HuaweiServer takes. */
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
    /** Type and size of the system disk. Changing it makes a new server. @default type "SSD" with the image's size */
    systemDisk?: pulumi.Input<HuaweiSystemDisk>;
    /** Where the server runs. Changing it makes a new server. @default where the image is available, else chosen by the cloud */
    availabilityZone?: pulumi.Input<string>;
    /** 1 to 64 characters. Changed in place. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 9. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** What happens to the data disks when the server is deleted or replaced. */
    onDelete?: pulumi.Input<HuaweiServerOnDelete>;
    /**
     * Refuse whatever would delete or replace the server, already in the preview. Takes an `up` with false first.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
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
        const { image, ...inputs } = argumentsOf("HuaweiServer", name, args);
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
