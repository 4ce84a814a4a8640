import type { AlibabaConnection } from "../../../provider/dist/clouds/alibaba/connection.js";
import { fakeTime, type Wire } from "../wire.ts";

export const accessKeyId = "testAK";
export const accessKeySecret = "testSecret";

/** A connection to the wire, with a clock that advances only by sleeping, and without jitter. */
export function connectionTo(wire: Wire) {
    const time = fakeTime();
    const connection: AlibabaConnection = {
        credentials: async () => ({ accessKeyId, accessKeySecret }),
        endpointOf: () => wire.url,
        time,
        random: () => 0.5,
        newToken: () => "token-made-here",
    };
    return { connection, time };
}
