import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { SignedClient, send as sendPrepared } from "../alibaba/signedClient.ts";
import { golden as alibabaKey } from "../alibaba/simulated.ts";
import { golden, send } from "../huawei/client.ts";
import { sign, signDerived } from "../huawei/signing.ts";

// The simulator is CommonJS: it reads the function from this object at every comparison.
const crypto: typeof import("node:crypto") = createRequire(import.meta.url)("node:crypto");

describe("a secret that proves an identity", () => {
    const { timingSafeEqual } = crypto;
    const compared: string[] = [];
    let simulator: RunningSimulator;
    before(async () => {
        crypto.timingSafeEqual = (a, b) => {
            compared.push(
                [a, b]
                    .map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex"))
                    .join(" "),
            );
            return timingSafeEqual(a, b);
        };
        simulator = await startSimulator({ clock: "frozen" });
    });
    after(async () => {
        crypto.timingSafeEqual = timingSafeEqual;
        await simulator.close();
    });

    const wrongKey = { id: alibabaKey.id, secret: "wrong" };
    const listing = () => ({
        method: "GET",
        host: new URL(simulator.url).host,
        path: "/v2/cloudimages",
        headers: { "content-type": "application/json" },
        body: "",
    });
    const huaweiKey = { ...golden.key, accessKeySecret: "wrong" };

    /** Each sends a wrong secret of the correct length. */
    const attempts: Record<string, () => Promise<{ status: number }>> = {
        "ACS3-HMAC-SHA256": () =>
            sendPrepared(new SignedClient(simulator.url, wrongKey, "swas").prepare("ListPlans", {})),
        "HMAC-SHA1": () => sendPrepared(new SignedClient(simulator.url, wrongKey, "swas").prepareV1("ListPlans", {})),
        "SDK-HMAC-SHA256": () => send(simulator.url, "GET", "/v2/cloudimages", sign(listing(), huaweiKey, new Date())),
        "the derived form": () =>
            send(simulator.url, "GET", "/v2/cloudimages", signDerived(listing(), huaweiKey, new Date())),
        "the admin token": () =>
            fetch(`${simulator.url}/_simulator/calls`, {
                headers: { authorization: `Bearer ${"x".repeat(simulator.adminToken.length)}` },
            }),
    };

    for (const [what, attempt] of Object.entries(attempts)) {
        it(`is compared in constant time: ${what}`, async () => {
            compared.length = 0;
            const { status } = await attempt();
            assert.ok(status === 400 || status === 401, String(status));
            const [expected, given] = compared[0]?.split(" ") ?? [];
            assert.ok(expected && given && expected !== given && expected.length === given.length);
        });
    }
});
