import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** Arguments of an EcsInstance. */
export interface EcsInstanceArgs {
    /** Cloud and region of the instance. Changing it replaces the instance. */
    cloud: AlibabaCloud;
    /**
     * The image to create the instance from, visible to ECS in this region: an `ImageShare` or an `EcsImage`. Changing
     * it replaces the instance.
     */
    image: ImageReference<"ecs">;
    /** Instance type, for example "ecs.g7.large". Changing it replaces the instance. */
    instanceType: pulumi.Input<string>;
    /** Id of the security group. Changing it replaces the instance. */
    securityGroup: pulumi.Input<string>;
    /** Id of the vSwitch, which determines the zone and the VPC. Changing it replaces the instance. */
    vSwitch: pulumi.Input<string>;
    /**
     * Size of the system disk in GiB, not less than the image's. Changing it replaces the instance.
     * @default the image's size, at least 40
     */
    systemDiskGiB?: pulumi.Input<number>;
    /** 2 to 128 characters. Changing it replaces the instance. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /**
     * At most 18 tags; keys of up to 64 characters, without reserved prefixes such as "acs:" and "aliyun". Changed in
     * place.
     */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * If true, the instance cannot be deleted or replaced, and the preview of a replacement fails. To delete or replace
     * the instance, first set this to false and run `pulumi up`.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** How long to wait. @default create "30m", delete "20m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * An Alibaba Cloud ECS instance, created from an image that ECS can see: a shared image, or an ECS image of the
 * account.
 *
 * @example
 * const web = new EcsInstance("web", {
 *     cloud: hangzhou,
 *     image: share,
 *     instanceType: "ecs.g7.large",
 *     securityGroup: "sg-bp1…",
 *     vSwitch: "vsw-bp1…",
 * });
 *
 * @deletion Pulumi releases the instance with its system disk, running or stopped.
 */
export class EcsInstance extends MachineImageResource {
    /** The instance's name in the cloud. */
    declare public readonly instanceName: pulumi.Output<string>;
    /** Status of the instance, for example "Running" or "Stopped". */
    declare public readonly status: pulumi.Output<string>;
    /** Private IP address of the instance in its VPC. */
    declare public readonly privateIpAddress: pulumi.Output<string | undefined>;

    constructor(name: string, args: EcsInstanceArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("EcsInstance", name, args);
        super(
            "EcsInstance",
            name,
            {
                ...inputs,
                ...imageInputs(image),
                instanceName: undefined,
                status: undefined,
                privateIpAddress: undefined,
            },
            options,
        );
    }
}
