import type { HuaweiConnection } from "./connection";
import { createOperations } from "./ims/create";
import { imageOperations } from "./ims/images";
import { sharingOperations } from "./ims/sharing";
import { tagOperations } from "./ims/tags";
import { transferOperations } from "./ims/transfers";
import { jobQuery } from "./jobs";
import { openRest } from "./rest";

export type ImsClient = ReturnType<typeof imsClient>;

/**
 * Image Management Service in one region: a method for each operation.
 *
 * @throws CloudError from every method, with the service's own code if it has one
 */
export function imsClient(connection: HuaweiConnection, region: string) {
    const rest = openRest(connection, "ims", region);
    return {
        ...createOperations(rest),
        ...jobQuery(rest),
        ...imageOperations(rest, () => connection.projectIdOf(region)),
        ...sharingOperations(rest),
        ...tagOperations(rest),
        ...transferOperations(rest),
    };
}
