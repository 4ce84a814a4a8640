import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

/** What to do when the server is deleted. */
export interface SimpleServerOnDelete {
    /** Refund the server, which deletes it. Without a refund, the deletion fails. @default false */
    refund?: boolean;
}

/** Arguments of a SimpleServer. */
export interface SimpleServerArgs {
    /** Cloud and region of the server. Changing it replaces the server. */
    cloud: AlibabaCloud;
    /** The image to create the server from, in the same region. Changing it replaces the server. */
    image: ImageReference<"custom">;
    /** Plan id, as `ListPlans` returns it. Changing it replaces the server. */
    plan: pulumi.Input<string>;
    /** Months to pay in advance: 1, 3, 6, 12, 24 or 36. @default 1 */
    months?: pulumi.Input<1 | 3 | 6 | 12 | 24 | 36>;
    /**
     * Size of a data disk in GiB, a multiple of 20 up to 16380. Changing it replaces the server.
     * @default no data disk
     */
    dataDiskGiB?: pulumi.Input<number>;
    /** 2 to 50 letters, digits, "_" or "-". Changed in place. @default the resource's name with a suffix */
    name?: pulumi.Input<string>;
    /**
     * At most 18 tags; keys of up to 64 characters, without reserved prefixes such as "acs:" and "aliyun". Changed in
     * place.
     */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * What to do when the server is deleted. The cloud cannot delete a server, only refund it. Without `refund: true`
     * the deletion fails.
     */
    onDelete?: pulumi.Input<SimpleServerOnDelete>;
    /**
     * If true, the server cannot be deleted or replaced, and the preview of a replacement fails. To delete or replace
     * the server, first set this to false and run `pulumi up`.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** How long to wait. @default create "30m", delete "30m" */
    timeouts?: pulumi.Input<Timeouts>;
}

/**
 * A Simple Application Server (Alibaba Cloud SWAS), created from an image.
 *
 * @example
 * const web = new SimpleServer("web", {
 *     cloud: hangzhou,
 *     image: golden,
 *     plan: "swas.s2.c2m2s50b4t08",
 *     onDelete: { refund: true },
 * });
 *
 * @deletion Simple Application Server cannot delete a server, only refund it. With `onDelete: { refund: true }` Pulumi
 * refunds the server; otherwise the deletion fails.
 */
export class SimpleServer extends MachineImageResource {
    /** The server's name in the cloud. */
    declare public readonly serverName: pulumi.Output<string>;
    /** Status of the server, for example "Running" or "Stopped". */
    declare public readonly status: pulumi.Output<string>;
    /** Public IP address of the server. */
    declare public readonly publicIpAddress: pulumi.Output<string | undefined>;
    /** End of the paid period, ISO 8601. */
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
