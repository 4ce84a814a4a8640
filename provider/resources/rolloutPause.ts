import type * as pulumi from "@pulumi/pulumi";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";

/** Arguments of a RolloutPause. */
export interface RolloutPauseArgs {
    /**
     * What the preceding batch of servers has, by a name that you choose: ids of servers, and of images on disks that
     * are replaced in place. An `up` that changes one of these values pauses. Adding or removing a name does not pause.
     */
    after: Record<string, pulumi.Input<string>>;
    /**
     * How long to pause: a duration such as "90s", "5m" or "1h". A simulator that runs faster shortens the pause
     * accordingly.
     */
    pause: pulumi.Input<string>;
}

/**
 * A pause between two batches of servers, so that problems of a change appear before the next servers get it. Usually
 * declared through `rollout: { pause }` of an environment file. The servers of the next batch depend on it.
 *
 * Only an `up` that changes the preceding batch pauses. Creating the resource does not pause. If an `up` is interrupted
 * during the pause, the next `up` pauses again.
 *
 * @example
 * const server = {
 *     cloud: hangzhou,
 *     image: share,
 *     instanceType: "ecs.g7.large",
 *     securityGroup: "sg-bp1…",
 *     vSwitch: "vsw-bp1…",
 * };
 * const first = new EcsInstance("web-1", server);
 * const pause = new RolloutPause("web-pause", { after: { "web-1": first.id }, pause: "5m" });
 * new EcsInstance("web-2", server, { dependsOn: pause });
 *
 * @deletion Pulumi removes the resource from the state. No cloud object is affected.
 */
export class RolloutPause extends MachineImageResource {
    constructor(name: string, args: RolloutPauseArgs, options?: pulumi.CustomResourceOptions) {
        super("RolloutPause", name, { ...argumentsOf("RolloutPause", name, args) }, options);
    }
}
