import type { HuaweiConnection } from "../../../provider/dist/clouds/huawei/connection.js";
import { fakeTime, type Wire } from "../wire.ts";

export const accessKey = "AKTEST";
export const secretKey = "SKTEST";
export const projectId = "0b1e494e2660441a957313163095fe5c";

/** A connection to the wire, with a clock that advances only by sleeping, and without jitter. */
export function connectionTo(wire: Wire) {
    const time = fakeTime();
    const connection: HuaweiConnection = {
        credentials: async () => ({ accessKeyId: accessKey, accessKeySecret: secretKey }),
        projectIdOf: async () => projectId,
        endpointOf: () => wire.url,
        time,
        random: () => 0.5,
        newToken: () => "token-made-here",
    };
    return { connection, time };
}
