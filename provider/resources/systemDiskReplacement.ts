import type * as pulumi from "@pulumi/pulumi";
import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { MachineImageResource } from "../pulumi/dynamic/resource";
import { argumentsOf } from "./givenArguments";
import { type ImageKind, type ImageReference, imageInputs } from "./imageReference";
import type { Timeouts } from "./options";

interface CommonArgs {
    /**
     * Id of the server whose system disk is wiped: of a Simple Application Server, an ECS instance ("i-…"), or a Huawei
     * Cloud or Open Telekom Cloud server. Changing it makes a new replacement, and leaves the old server as it is.
     */
    server: pulumi.Input<string>;
    /** Must be stated: everything on the server's system disk is lost. Without it previews say what would be, and fail. */
    confirmWipe: true;
    /** Name of the key pair to log in with after the next wipe; changing it wipes nothing. @default the server's, where the cloud tells it */
    keyPair?: pulumi.Input<string>;
    /** How long to wait. @default create "30m", update "30m", delete "30m" */
    timeouts?: pulumi.Input<Timeouts>;
}

interface AlibabaArgs extends CommonArgs {
    /** Where the server is. Changing it makes a new replacement. */
    cloud: AlibabaCloud;
    /**
     * What the disk gets: for a Simple Application Server an image of the same region that was not made of this server;
     * for an ECS instance an image that ECS sees. Changing it wipes the disk again, in place.
     */
    image: ImageReference<"custom" | "ecs">;
}

interface HuaweiArgs extends CommonArgs {
    /** Where the server is. Changing it makes a new replacement. */
    cloud: HuaweiCloud;
    /** What the disk gets; of a full-ECS image the system disk only. Changing it wipes the disk again, in place. */
    image: ImageReference<"full-ecs" | "system">;
}

/** Which server's system disk gets which image, by the cloud of both. */
export type SystemDiskReplacementArgs<In extends Cloud = Cloud> = In extends AlibabaCloud ? AlibabaArgs : HuaweiArgs;

/**
 * A server's system disk, wiped with another image; address, data disks and bill of the server stay. Nothing is wiped
 * when the server has the image already. The server runs afterwards if it ran before.
 *
 * The server uses the image from then on: the image's deletion stops as long as it does, unless that image's
 * `onDelete: { ifInUse: "retain" }` leaves it there.
 *
 * One for each server. If the server is a resource of the stack too, give that one the option
 * `ignoreChanges: ["image"]`: it would be replaced otherwise, because its image is another one now.
 *
 * @example
 * new SystemDiskReplacement("web-system", {
 *     cloud: hangzhou,
 *     server: "ace0706b2ac4454d984295a942130004",
 *     image: golden,
 *     confirmWipe: true,
 * });
 *
 * @deletion Nothing happens to the server: it keeps the image that it has.
 */
export class SystemDiskReplacement<In extends Cloud = Cloud> extends MachineImageResource {
    /** What the last change erased or is about to erase, such as "system disk d-bp1… (40 GiB) of server …". */
    declare public readonly erases: pulumi.Output<string | undefined>;
    /** Id of the server's system disk; ECS and Huawei Cloud give it a new one. */
    declare public readonly systemDisk: pulumi.Output<string | undefined>;
    /** GiB. */
    declare public readonly systemDiskGiB: pulumi.Output<number | undefined>;
    /** The server's status in the cloud's own word. */
    declare public readonly status: pulumi.Output<string>;

    // One signature for each cloud, so that the compiler's errors name the argument that is wrong.
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
