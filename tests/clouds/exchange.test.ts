import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { swasClient } from "../../provider/dist/clouds/alibaba/swas.js";
import { BrokenBody } from "../../provider/dist/clouds/bodies.js";
import { type Exchanged, exchange, failureOf } from "../../provider/dist/clouds/exchange.js";
import { imsClient } from "../../provider/dist/clouds/huawei/ims.js";
import { fakeTime } from "./wire.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers as the test defines, while the work is running. */
async function answered<T>(answer: Answer, work: (url: URL) => Promise<T>): Promise<T> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    try {
        return await work(new URL(`http://127.0.0.1:${port}/`));
    } finally {
        server.closeAllConnections();
        server.close();
    }
}

const asked = (url: URL, limitMs = 5000): Promise<Exchanged> => exchange({ url, method: "GET", headers: {} }, limitMs);
const text = '{"found":"täglich"}';
const bytes = Buffer.from(text);

describe("a request over HTTP", () => {
    it("accepts gzip, deflate and brotli, and reads each of them", async () => {
        const encoded: [string, Buffer][] = [
            ["gzip", gzipSync(bytes)],
            ["x-gzip", gzipSync(bytes)],
            ["deflate", deflateSync(bytes)],
            ["deflate", deflateRawSync(bytes)],
            ["br", brotliCompressSync(bytes)],
            ["identity", bytes],
            ["GZIP", gzipSync(bytes)],
            ["deflate, gzip", gzipSync(deflateSync(bytes))],
        ];
        for (const [encoding, body] of encoded) {
            const seen: unknown[] = [];
            const answer: Answer = ({ headers }, response) => {
                seen.push(headers["accept-encoding"]);
                response.writeHead(200, { "content-encoding": encoding }).end(body);
            };
            assert.equal((await answered(answer, asked)).body, text, encoding);
            assert.deepEqual(seen, ["gzip, deflate, br"]);
        }
    });

    it("accepts an empty body with an encoding, and a byte order mark", async () => {
        const empty: Answer = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end();
        assert.equal((await answered(empty, asked)).body, "");
        const marked: Answer = (_request, response) => response.end(`\ufeff${text}`);
        assert.equal((await answered(marked, asked)).body, text);
    });

    it("fails with a body that is corrupt, incomplete, too large or in an unknown encoding", async () => {
        const bombs: [string, Buffer][] = [
            ["gzip", bytes],
            ["gzip", gzipSync(bytes).subarray(0, 12)],
            ["deflate", Buffer.from("neither")],
            ["br", Buffer.from("not brotli")],
            ["zstd", bytes],
            ["gzip", gzipSync(Buffer.alloc(40_000_000))],
            ["deflate", deflateSync(Buffer.alloc(40_000_000))],
            ["br", brotliCompressSync(Buffer.alloc(40_000_000))],
        ];
        for (const [encoding, body] of bombs) {
            const answer: Answer = (_request, response) =>
                response.writeHead(200, { "content-encoding": encoding }).end(body);
            await assert.rejects(answered(answer, asked), BrokenBody, encoding);
        }
    });

    it("ends in time if no header arrives, and if the body arrives slowly", async () => {
        const trickles: Answer = (_request, response) => {
            response.writeHead(200);
            const drops = setInterval(() => response.write(" "), 20);
            response.on("close", () => clearInterval(drops));
        };
        for (const answer of [() => {}, trickles]) {
            const ended = answered(answer, (url) => asked(url, 200));
            await assert.rejects(ended, (error) => failureOf(error) === "TimeoutError");
        }
    });

    it("fails if the connection breaks in the middle of the body", async () => {
        const answer: Answer = (_request, response) => {
            response.writeHead(200, { "content-length": "100" });
            response.write("{", () => response.destroy());
        };
        await assert.rejects(answered(answer, asked), (error) => failureOf(error) === "ECONNRESET");
    });
});

/** Answers that are broken once, and what follows. */
const brokenOnce: [string, Answer][] = [
    ["an empty 200", (_request, response) => response.end()],
    ["a 204", (_request, response) => response.writeHead(204).end()],
    ["a 200 with null", (_request, response) => response.end("null")],
    ["a 200 with HTML", (_request, response) => response.end("<html>")],
    ["truncated JSON", (_request, response) => response.end('{"images": [')],
    ["a corrupt gzip", (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no")],
    ["a 429 with HTML", (_request, response) => response.writeHead(429).end("<html>")],
];

describe("a broken answer", () => {
    const clouds = {
        alibaba: {
            good: { CustomImages: [], TotalCount: 0 },
            read: (url: URL) => swasClient({ ...alibabaKeys, ...connectionTo(url) }, "cn-hangzhou").listCustomImages(),
        },
        huawei: {
            good: { images: [] },
            read: (url: URL) => imsClient({ ...huaweiKeys, ...connectionTo(url) }, "eu-de").images(),
        },
    };
    for (const [cloud, { good, read }] of Object.entries(clouds)) {
        for (const [name, broken] of brokenOnce) {
            it(`of ${cloud}: ${name} is requested again`, async () => {
                let requests = 0;
                const answer: Answer = (request, response) => {
                    requests++;
                    if (requests === 1) broken(request, response);
                    else response.end(JSON.stringify(good));
                };
                assert.deepEqual(await answered<unknown>(answer, read), []);
                assert.equal(requests, 2);
            });
        }
    }

    it("of an order does not cause a second order", async () => {
        for (const [name, broken] of brokenOnce.filter(([one]) => !one.includes("429"))) {
            let requests = 0;
            const answer: Answer = (request, response) => {
                requests++;
                broken(request, response);
            };
            const order = (url: URL) =>
                imsClient({ ...huaweiKeys, ...connectionTo(url) }, "eu-de").createSystemImage({
                    name: "n",
                    instanceId: "i",
                });
            await assert.rejects(answered(answer, order), { outcomeUnknown: true }, name);
            assert.equal(requests, 1, name);
        }
    });
});

const alibabaKeys = { credentials: async () => ({ accessKeyId: "testAK", accessKeySecret: "testSecret" }) };
const huaweiKeys = {
    credentials: async () => ({ accessKeyId: "AKTEST", accessKeySecret: "SKTEST" }),
    projectIdOf: async () => "p1",
};

function connectionTo(url: URL) {
    return { endpointOf: () => url.origin, time: fakeTime(), random: () => 0.5 };
}
