import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** How a server is deleted. */
export interface SimpleServerOnDelete {
    /** Refund the server, which deletes it. Without it a deletion fails and says so. @default false */
    refund?: boolean;
}

/** What a SimpleServer takes. */
export interface SimpleServerArgs {
    /** Where the server is. Changing it makes a new server. */
    cloud: AlibabaCloud;
    /** The image it starts from, in the same region. Changing it makes a new server. */
    image: ImageReference<"custom">;
    /** Plan id, as `ListPlans` gives it. Changing it makes a new server. */
    plan: pulumi.Input<string>;
    /** Months paid in advance: 1, 3, 6, 12, 24 or 36. @default 1 */
    months?: pulumi.Input<1 | 3 | 6 | 12 | 24 | 36>;
    /** GiB, a multiple of 20 up to 16380. Changing it makes a new server. @default none */
    dataDiskGiB?: pulumi.Input<number>;
    /** 2 to 50 letters, digits, "_" or "-". Changed in place. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /** At most 19; keys of up to 64 characters that do not begin with "aliyun" or "acs:". Changed in place. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * How the server goes. The cloud has no way to delete a server but to refund what was paid for it; without
     * `refund` a delete fails and says so.
     */
    onDelete?: pulumi.Input<SimpleServerOnDelete>;
    /**
     * Refuse whatever would delete or replace the server, already in the preview. Takes an `up` with false first.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** How long to wait. @default create "30m", delete "30m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * A Simple Application Server (Alibaba Cloud SWAS) made from an image.
 *
 * @example
 * const web = new SimpleServer("web", {
 *     cloud: hangzhou,
 *     image: golden,
 *     plan: "swas.s2.c2m2s50b4t08",
 *     onDelete: { refund: true },
 * });
 *
 * @deletion Simple Application Server has no deletion: the server is given back and refunded with `onDelete: {
 * refund: true }`; without it the deletion fails and says so.
 */
export class SimpleServer extends MachineImageResource {
    /** The server's name in the cloud. */
    declare public readonly serverName: pulumi.Output<string>;
    /** "Running", "Stopped" and so on. */
    declare public readonly status: pulumi.Output<string>;
    /** Every Simple Application Server has one. */
    declare public readonly publicIpAddress: pulumi.Output<string | undefined>;
    /** Until when it is paid, ISO 8601. */
    declare public readonly expiresAt: pulumi.Output<string | undefined>;

    constructor(name: string, args: SimpleServerArgs, options?: pulumi.CustomResourceOptions) {
        const { image, ...inputs } = argumentsOf("SimpleServer", name, args);
        super(
            "SimpleServer",
            name,
            {
                ...inputs,
                ...imageInputs(image),
                serverName: undefined,
                status: undefined,
                publicIpAddress: undefined,
                expiresAt: undefined,
            },
            options,
        );
    }
}
