import type * as pulumi from "@pulumi/pulumi";
import type { HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** The system disk of a server. */
export interface HuaweiSystemDisk {
    /** Disk type, for example "SSD" or "SAS". */
    type: string;
    /** Size in GiB, not less than the image's. @default the image's size */
    sizeGiB?: number;
}

/** What to do with the server's disks when the server is deleted or replaced. */
export interface HuaweiServerOnDelete {
    /** What to do with the data disks. The cloud bills retained disks. @default "delete" */
    dataDisks?: "delete" | "retain";
}

/** Arguments of a HuaweiServer. */
export interface HuaweiServerArgs {
    /** Cloud and region of the server. Changing it replaces the server. */
    cloud: HuaweiCloud;
    /**
     * The image to create the server from. A full-ECS image also creates its data disks. Changing it replaces the
     * server.
     */
    image: ImageReference<"full-ecs" | "system">;
    /** Flavor of the server, for example "s3.large.2". Changing it replaces the server. */
    flavor: pulumi.Input<string>;
    /** Id of the VPC. Changing it replaces the server. */
    vpc: pulumi.Input<string>;
    /** Id of the subnet. Changing it replaces the server. */
    subnet: pulumi.Input<string>;
    /** Type and size of the system disk. Changing it replaces the server. @default type "SSD" with the image's size */
    systemDisk?: pulumi.Input<HuaweiSystemDisk>;
    /**
     * Availability zone of the server. Changing it replaces the server.
     * @default the zone in which the image is available, otherwise the cloud chooses
     */
    availabilityZone?: pulumi.Input<string>;
    /** 1 to 64 characters. Changed in place. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 8 tags; keys of up to 36, values of up to 43 characters. Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** What to do with the data disks when the server is deleted or replaced. */
    onDelete?: pulumi.Input<HuaweiServerOnDelete>;
    /**
     * If true, the server cannot be deleted or replaced, and the preview of a replacement fails. To delete or replace
     * the server, first set this to false and run `pulumi up`.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** How long to wait. @default create "30m", delete "20m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * A Huawei Cloud or Open Telekom Cloud server, created from an image.
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
 * @deletion Pulumi deletes the server with its disks. If `onDelete.dataDisks` is "retain", the data disks are kept.
 */
export class HuaweiServer extends MachineImageResource {
    /** The server's name in the cloud. */
    declare public readonly serverName: pulumi.Output<string>;
    /** Status of the server, for example "ACTIVE" or "SHUTOFF". */
    declare public readonly status: pulumi.Output<string>;
    /** Availability zone of the server. */
    declare public readonly zone: pulumi.Output<string | undefined>;
    /** Private IP address of the server in its VPC. */
    declare public readonly privateIpAddress: pulumi.Output<string | undefined>;
    /** Data disks of the server, including those from the image. */
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
