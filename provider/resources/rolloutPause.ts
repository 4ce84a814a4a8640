import type * as pulumi from "@pulumi/pulumi";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";

/** What an `up` pauses after, and how long. */
export interface RolloutPauseArgs {
    /**
     * What the batch of servers before it has, by names of your own: the ids of the servers, and of the images on disks
     * that are replaced in place. A change of one of them pauses the `up` that makes it; a name that is new or gone does not.
     */
    after: Record<string, pulumi.Input<string>>;
    /** How long to pause: a duration such as "90s", "5m" or "1h", by the clock of the clouds. */
    pause: pulumi.Input<string>;
}

/**
 * A pause between two batches of servers, in which a change can show what it does before the next servers get it. Usually
 * made by `rollout: { pause }` of an environment file. What comes after it depends on it.
 *
 * Only an `up` that changes the batch pauses: making it for the first time takes no time. An `up` that is interrupted
 * while it pauses is not through with it: the next one pauses again.
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
 * @deletion Nothing happens.
 */
export class RolloutPause extends MachineImageResource {
    constructor(name: string, args: RolloutPauseArgs, options?: pulumi.CustomResourceOptions) {
        super("RolloutPause", name, { ...argumentsOf("RolloutPause", name, args) }, options);
    }
}
