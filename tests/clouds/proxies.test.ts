import assert from "node:assert/strict";
import { inspect } from "node:util";
import { swasClient } from "../../provider/dist/clouds/alibaba/swas.js";
import { CloudError } from "../../provider/dist/clouds/errors.js";
import { imsClient } from "../../provider/dist/clouds/huawei/ims.js";
import { proxiesFrom } from "../../provider/dist/clouds/proxies.js";
import { type FakeProxy, openProxy } from "./fakeProxy.ts";
import { fakeTime, openWire, type Wire } from "./wire.ts";

describe("requests through a proxy", () => {
    let wire: Wire;
    let proxy: FakeProxy;
    beforeEach(async () => {
        wire = await openWire();
        proxy = await openProxy(Number(new URL(wire.url).port));
    });
    afterEach(async () => {
        await proxy.close();
        await wire.close();
    });

    const credentials = async () => ({ accessKeyId: "id", accessKeySecret: "secret" });

    function connection(endpoint: string, environment: Record<string, string>) {
        const proxies = proxiesFrom(environment);
        return { credentials, proxies, endpointOf: () => endpoint, time: fakeTime(), random: () => 0.5 };
    }
    const alibaba = (endpoint: string, environment: Record<string, string>) =>
        swasClient(connection(endpoint, environment), "cn-hangzhou").listRegions();
    const huawei = (endpoint: string, environment: Record<string, string>) =>
        imsClient({ ...connection(endpoint, environment), projectIdOf: async () => "p1" }, "eu-de").images();
    const clients = { "Alibaba Cloud": alibaba, "Huawei Cloud": huawei };
    const answered = { Regions: [], images: [] };

    for (const [cloud, ask] of Object.entries(clients)) {
        it(`reach ${cloud} over http, with the proxy's user and password`, async () => {
            wire.play({ body: answered });
            const url = new URL(proxy.url);
            url.username = "me";
            url.password = "p@ss";
            await ask("http://clouds.test:8080", { HTTP_PROXY: url.href });
            assert.deepEqual(
                proxy.requests.map(({ line, user }) => [line.replace(/test:8080.*/, "test:8080"), user]),
                [[`${cloud === "Alibaba Cloud" ? "POST" : "GET"} http://clouds.test:8080`, "me:p@ss"]],
            );
            assert.equal(wire.only().headers.host, "clouds.test:8080");
            assert.equal(wire.only().headers["proxy-authorization"], undefined);
        });

        it(`ask for a tunnel to ${cloud} over https, and name the proxy that refuses it, without its password`, async () => {
            for (const status of [403, 407]) {
                proxy.answer(status);
                const environment = { HTTPS_PROXY: proxy.url.replace("http://", "http://me:Hunter2@") };
                const error = await failureOf(ask("https://clouds.test", environment));
                assert.match(
                    error.message,
                    new RegExp(`proxy 127\\.0\\.0\\.1:${proxy.port} refused the connection with ${status}`),
                );
                assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /Hunter2|SHVudGVyM/);
                assert.deepEqual([error.code, error.retryable, error.outcomeUnknown], ["Unreachable", false, false]);
            }
            const tunnel = { line: "CONNECT clouds.test:443", user: "me:Hunter2" };
            assert.deepEqual(proxy.requests, [tunnel, tunnel]);
            assert.deepEqual(wire.requests, []);
        });

        it(`are retried if the proxy itself fails to reach ${cloud}`, async () => {
            proxy.answer(503);
            const error = await failureOf(ask("https://clouds.test", { HTTPS_PROXY: proxy.url }));
            assert.ok(proxy.requests.length > 3);
            assert.deepEqual([error.code, error.outcomeUnknown], ["Unreachable", false]);
        });

        it(`go directly to a simulator of ${cloud} on this machine`, async () => {
            wire.play({ body: answered });
            const { port } = new URL(wire.url);
            for (const host of ["127.0.0.1", "localhost"]) {
                await ask(`http://${host}:${port}`, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
            }
            assert.deepEqual([proxy.requests, wire.requests.length], [[], 2]);
        });
    }

    it("name the proxy that does not answer", async () => {
        const { url, port } = proxy;
        await proxy.close();
        for (const ask of Object.values(clients)) {
            const error = await failureOf(ask("https://clouds.test", { HTTPS_PROXY: url }));
            assert.match(error.message, new RegExp(`proxy 127\\.0\\.0\\.1:${port} cannot be reached: ECONNREFUSED`));
        }
        proxy = await openProxy(0);
    });

    it("of `fetch` return status, headers and body, and do not follow a redirect", async () => {
        const location = "http://elsewhere.test/";
        wire.play({ status: 302, headers: { location, "x-page": "1" }, body: { moved: true } }, { status: 204 });
        const proxies = proxiesFrom({ HTTP_PROXY: proxy.url });
        const send = (body?: string) =>
            proxies.fetch("http://forge.test/api", { method: "POST", headers: { "private-token": "t" }, body });
        const first = await send('{"body":"ä"}');
        assert.deepEqual(
            [first.status, first.headers.get("location"), first.url, await first.json()],
            [302, location, "http://forge.test/api", { moved: true }],
        );
        assert.equal((await send()).status, 204);
        assert.deepEqual(
            wire.requests.map((request) => [request.method, request.body.toString(), request.headers["private-token"]]),
            [
                ["POST", '{"body":"ä"}', "t"],
                ["POST", "", "t"],
            ],
        );
    });
});

async function failureOf(call: Promise<unknown>): Promise<CloudError> {
    const error = await call.then(
        () => undefined,
        (thrown: unknown) => thrown,
    );
    if (error instanceof CloudError) return error;
    throw new Error("not a CloudError", { cause: error });
}
