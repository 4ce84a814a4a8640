import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** What an EcsInstance takes. */
export interface EcsInstanceArgs {
    /** Where the instance is. Changing it makes a new instance. */
    cloud: AlibabaCloud;
    /**
     * The image it starts from, visible to ECS in this region: pass the `ImageShare` or the `EcsImage`. Changing it makes
     * a new instance.
     */
    image: ImageReference<"ecs">;
    /** For example "ecs.g7.large". Changing it makes a new instance. */
    instanceType: pulumi.Input<string>;
    /** Id of the security group. Changing it makes a new instance. */
    securityGroup: pulumi.Input<string>;
    /** Id of the VSwitch, which names the zone and the VPC. Changing it makes a new instance. */
    vSwitch: pulumi.Input<string>;
    /** GiB, not less than the image. Changing it makes a new instance. @default the image's, at least 40 */
    systemDiskGiB?: pulumi.Input<number>;
    /** 2 to 128 characters. Changing it makes a new instance. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 19; keys of up to 64 characters that do not begin with "aliyun" or "acs:". Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Refuse whatever would delete or replace the server, already in the preview. Takes an `up` with false first.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** How long to wait. @default create "30m", delete "20m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * An Alibaba Cloud ECS instance made from an image that ECS sees: shared with it, or its own.
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
 * @deletion The instance is released with its system disk, running or not.
 */
export class EcsInstance extends MachineImageResource {
    /** The instance's name in the cloud. */
    declare public readonly instanceName: pulumi.Output<string>;
    /** "Running", "Stopped" and so on. */
    declare public readonly status: pulumi.Output<string>;
    /** In its VPC. */
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
