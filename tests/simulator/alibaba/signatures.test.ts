import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
    acs3Signature,
    acs3StringToSign,
    readAcs3Authorization,
} from "../../../provider/dist/simulator/alibaba/gateway/acs3Signature.js";
import { readMessage } from "../../../provider/dist/simulator/alibaba/gateway/message.js";
import { querySignature, queryStringToSign } from "../../../provider/dist/simulator/alibaba/gateway/querySignature.js";
import { isoTime, type Prepared, SignedClient, send } from "./signedClient.ts";
import { closeAll, golden, type Simulated, simulate } from "./simulated.ts";

describe("Alibaba signatures: the vectors of the official SDK", () => {
    it("compute the SDK's ACS3 signature", () => {
        const headers = {
            host: "127.0.0.1:8080",
            "x-acs-action": "CreateCustomImage",
            "x-acs-content-sha256": createHash("sha256").update("").digest("hex"),
            "x-acs-credentials-provider": "static_ak",
            "x-acs-date": "2026-01-02T03:04:05Z",
            "x-acs-signature-nonce": "nonce-1",
            "x-acs-version": "2020-06-01",
        };
        const query =
            "ImageName=n%20a*me(1)~&InstanceId=ace0706b2ac4454d984295a942130000&RegionId=cn-hangzhou&SystemSnapshotId=s-bp16oazlsold4dks0000";
        const wire = { method: "POST", path: "/", query, headers, body: Buffer.alloc(0) };
        const stringToSign = acs3StringToSign(readMessage(wire), Object.keys(headers).sort());
        assert.equal(
            stringToSign,
            "ACS3-HMAC-SHA256\nab2d90dd67504d856af6bcab7b85a0558d10ed70f4ae1152724cdfacc2e99131",
        );
        assert.equal(
            acs3Signature("testSecret", stringToSign),
            "dd25bd2d617a2cb8049f2b699ca97569b4ec4005882bcf0968ce2f1e69781cb7",
        );
    });

    it("compute the SDK's version 1 signature", () => {
        const parameters = Object.entries({
            AccessKeyId: "testAK",
            Action: "DeleteCustomImage",
            Format: "json",
            ImageId: "m-bp1e79zktg26n2b00000",
            RegionId: "cn-hangzhou",
            SignatureMethod: "HMAC-SHA1",
            SignatureNonce: "nonce-1",
            SignatureVersion: "1.0",
            Timestamp: "2026-01-02T03:04:05Z",
            Version: "2020-06-01",
            Signature: "is left out",
        });
        const stringToSign = queryStringToSign("POST", parameters);
        assert.equal(querySignature("testSecret", stringToSign), "RQCCOQeM/ozF2o6r/igFH78uMLM=");
    });

    it("do not parse an authorization header with a missing part", () => {
        assert.equal(readAcs3Authorization("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host"), undefined);
        assert.equal(readAcs3Authorization("ACS3-HMAC-SHA256 "), undefined);
    });
});

describe("Alibaba signatures: over HTTP", () => {
    let cloud: Simulated;
    let requests: SignedClient;

    beforeEach(async () => {
        cloud = await simulate();
        requests = cloud.swas;
    });
    afterEach(closeAll);

    const code = async (request: Prepared) => {
        const answer = await send(request);
        return answer.status === 200 ? "ok" : `${answer.status} ${answer.body.Code}`;
    };

    const spoiled = (change: (request: Prepared) => void): Prepared => {
        const request = requests.prepare("ListDisks", { InstanceId: "a b*c(1)~!'" });
        change(request);
        return request;
    };

    it("accept every way to send a signed request", async () => {
        const hard = { InstanceName: "n a*m(e)~!' +ü" };
        assert.equal(await code(requests.prepare("ListInstances", hard)), "ok");
        assert.equal(await code(requests.prepareV1("ListInstances", hard)), "ok");
        assert.equal(await code(requests.prepareV1("ListInstances", hard, { inBody: true })), "ok");
        assert.equal(await code(requests.prepareV1("ListInstances", hard, { method: "GET" })), "ok");
        assert.equal(await code(requests.prepareV1("ListInstances", hard, { extra: { SignatureType: "" } })), "ok");
    });

    it("accept a query with unencoded !'()*, as Node's querystring writes it", async () => {
        const request = requests.prepare("ListInstances", { InstanceName: "a!'()*~" });
        request.url = request.url.replace(/%(21|27|28|29|2A)/g, (whole) => decodeURIComponent(whole));
        assert.equal(await code(request), "ok");
    });

    const refusedAcs3: Record<string, [(request: Prepared) => void, string]> = {
        "a changed query": [
            (request) => {
                request.url += "&DiskType=data";
            },
            "400 SignatureDoesNotMatch",
        ],
        "an unsigned body": [
            (request) => {
                request.body = "PageSize=1";
            },
            "400 SignatureDoesNotMatch",
        ],
        "a body with an unsigned hash": [
            (request) => {
                request.body = "PageSize=1";
                request.headers["x-acs-content-sha256"] = createHash("sha256").update("PageSize=1").digest("hex");
            },
            "400 SignatureDoesNotMatch",
        ],
        "another action than the signed one": [
            (request) => {
                request.headers["x-acs-action"] = "ListInstances";
            },
            "400 SignatureDoesNotMatch",
        ],
        "an unsigned x-acs- header": [
            (request) => {
                request.headers["x-acs-extra"] = "1";
            },
            "400 IncompleteSignature",
        ],
        "an authorization without a signature": [
            (request) => {
                request.headers.authorization = String(request.headers.authorization).split(",Signature")[0] ?? "";
            },
            "400 IncompleteSignature",
        ],
        "an unsupported algorithm": [
            (request) => {
                request.headers.authorization = String(request.headers.authorization).replace("SHA256", "SM3");
            },
            "400 IncompleteSignature",
        ],
        "an unknown token": [
            (request) => {
                request.headers["x-acs-security-token"] = "token";
            },
            "400 InvalidSecurityToken.MismatchWithAccessKey",
        ],
        "no authorization at all": [
            (request) => {
                delete request.headers.authorization;
            },
            "400 MissingAccessKeyId",
        ],
    };
    for (const [name, [change, expected]] of Object.entries(refusedAcs3)) {
        it(`reject ${name}`, async () => assert.equal(await code(spoiled(change)), expected));
    }

    it("reject a wrong secret and an unknown key, with both signatures", async () => {
        const { url } = cloud.simulator;
        const wrong = new SignedClient(url, { ...golden, secret: "wrong" }, "swas");
        assert.equal(await code(wrong.prepare("ListInstances", {})), "400 SignatureDoesNotMatch");
        assert.equal(await code(wrong.prepareV1("ListInstances", {})), "400 SignatureDoesNotMatch");
        const unknown = new SignedClient(url, { ...golden, id: "NOBODY" }, "swas");
        assert.equal(await code(unknown.prepare("ListInstances", {})), "404 InvalidAccessKeyId.NotFound");
        assert.equal(await code(unknown.prepareV1("ListInstances", {})), "404 InvalidAccessKeyId.NotFound");
        assert.deepEqual(
            cloud.sim.calls.list().map(({ account, outcome }) => [account, outcome]),
            [
                ["", "SignatureDoesNotMatch"],
                ["", "SignatureDoesNotMatch"],
                ["", "InvalidAccessKeyId.NotFound"],
                ["", "InvalidAccessKeyId.NotFound"],
            ],
        );
    });

    it("reject changed version 1 parameters, in the query and in the body", async () => {
        const query = requests.prepareV1("ListInstances", {});
        query.url += "&PageSize=20";
        assert.equal(await code(query), "400 SignatureDoesNotMatch");
        const body = requests.prepareV1("ListInstances", { PageSize: 10 }, { inBody: true });
        body.body += "0";
        assert.equal(await code(body), "400 SignatureDoesNotMatch");
    });

    it("name the missing parameters of a version 1 request", async () => {
        const request = requests.prepareV1("ListInstances", {});
        for (const [name, expected] of [
            ["Signature", "400 MissingSignature"],
            ["SignatureNonce", "400 MissingSignatureNonce"],
            ["Timestamp", "400 MissingTimestamp"],
        ] as const) {
            const url = new URL(request.url);
            url.searchParams.delete(name);
            assert.equal(await code({ ...request, url: url.href }), expected);
        }
        const md5 = requests.prepareV1("ListInstances", {}, { extra: { SignatureMethod: "HMAC-MD5" } });
        assert.equal(await code(md5), "400 IncompleteSignature");
    });

    it("accept 15 minutes of difference from the machine's clock, not from virtual time", async () => {
        cloud.advance(30 * 24 * 3_600_000);
        const at = (minutes: number) => isoTime(Date.now() + minutes * 60_000);
        const list = (date: string) => code(requests.prepare("ListInstances", {}, { date }));
        assert.equal(await list(at(-14)), "ok");
        assert.equal(await list(at(14)), "ok");
        assert.equal(await list(at(-16)), "400 InvalidTimeStamp.Expired");
        assert.equal(await list(at(16)), "400 InvalidTimeStamp.Expired");
        assert.equal(await list("yesterday"), "400 IllegalTimestamp");
        const old = requests.prepareV1("ListInstances", {}, { timestamp: at(-16) });
        assert.equal(await code(old), "400 InvalidTimeStamp.Expired");
    });

    it("reject a signed content hash that is not the hash of the body", async () => {
        const request = requests.prepare("ListInstances", {}, { contentHash: "0".repeat(64) });
        assert.equal(await code(request), "400 SignatureDoesNotMatch");
    });

    it("reject a replayed request", async () => {
        const acs3 = requests.prepare("ListInstances", {});
        assert.equal(await code(acs3), "ok");
        assert.equal(await code(acs3), "400 SignatureNonceUsed");
        const v1 = requests.prepareV1("ListInstances", {});
        assert.equal(await code(v1), "ok");
        assert.equal(await code(v1), "400 SignatureNonceUsed");
    });

    it("never write a secret to an answer or the log", async () => {
        const answers = [
            await send(spoiled((request) => Object.assign(request, { url: `${request.url}&X=1` }))),
            await send(requests.prepareV1("UpdateInstanceAttribute", { InstanceId: "x", Password: "Top-secret-1" })),
        ];
        const seen = JSON.stringify([answers.map(({ text }) => text), cloud.sim.calls.list()]);
        assert.doesNotMatch(seen, /simulated-alibaba-secret|Top-secret-1/);
    });
});
