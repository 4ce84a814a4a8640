import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
    canonicalRequest,
    isSignedWith,
    readSignature,
} from "../../../provider/dist/simulator/huawei/gateway/signature.js";
import { bench, closeAll, golden, partner, send } from "./client.ts";
import { sdkDate, sign, signDerived } from "./signing.ts";

/** Measured with the npm signer (docs/reference/huawei-api.md#signatures). */
const vector = {
    canonicalHash: "47cb8df8b49c90dc2c6f59730813ea8c98a7373c4d1103452bf1f9607aa3c44e",
    signature: "758d4498f39906c3af3bc66b172a7d24fa4defa687ab6ae67fa80a24c5623580",
    signedHeaders: "content-type;host;x-project-id;x-sdk-date",
    request: {
        method: "POST",
        path: "/v1/cloudimages/wholeimages/action",
        query: "",
        headers: {
            "content-type": "application/json",
            host: "127.0.0.1:4566",
            "x-project-id": "pid",
            "x-sdk-date": "20250102T030405Z",
        },
        body: Buffer.from('{"name":"w","instance_id":"i"}'),
    },
};

describe("huawei signatures", () => {
    afterEach(closeAll);

    it("match the measured vector of the official signer", () => {
        const bodyHash = createHash("sha256").update(vector.request.body).digest("hex");
        const canonical = canonicalRequest(vector.request, vector.signedHeaders, bodyHash);
        assert.equal(createHash("sha256").update(canonical).digest("hex"), vector.canonicalHash);
        const header = readSignature(
            `SDK-HMAC-SHA256 Access=AKTEST, SignedHeaders=${vector.signedHeaders}, Signature=${vector.signature}`,
        );
        assert.ok(header);
        assert.equal(isSignedWith("SKTEST", header, vector.request), true);
        assert.equal(isSignedWith("SKTESU", header, vector.request), false);
        const otherBody = { ...vector.request, body: Buffer.from('{"name":"w","instance_id":"j"}') };
        assert.equal(isSignedWith("SKTEST", header, otherBody), false);
    });

    it("accept a request with spaces, asterisks, repeated and non-ASCII parameters", async () => {
        const { golden: client } = await bench();
        const { status } = await client.get("/v2/cloudimages", { name: "a b*c~ü", tag: ["z=1", "a=2"] });
        assert.equal(status, 200);
    });

    const host = (url: string): string => new URL(url).host;
    const listing = (url: string, headers: Record<string, string> = {}) => ({
        method: "GET",
        host: host(url),
        path: "/v2/cloudimages",
        headers: { "x-project-id": golden.project, ...headers },
        body: "",
    });

    async function refused(name: string, headers: (url: string) => Record<string, string>, text: RegExp, body = "") {
        const { simulator } = await bench();
        const answer = await send(simulator.url, "GET", "/v2/cloudimages", headers(simulator.url), body);
        assert.equal(answer.status, 401, name);
        assert.equal(answer.body.error_code, "APIGW.0301");
        assert.match(answer.body.error_msg, text);
        assert.equal(answer.body.request_id, answer.headers["x-request-id"]);
        const [call] = simulator.sim.calls.list();
        assert.deepEqual(
            [call?.account, call?.action, call?.status, call?.outcome],
            ["", "ims.ListImages", 401, "APIGW.0301"],
        );
        assert.doesNotMatch(JSON.stringify(simulator.sim.calls.list()), /secret|Signature/);
    }

    it("reject a wrong secret", () =>
        refused(
            "secret",
            (url) => sign(listing(url), { ...golden.key, accessKeySecret: "wrong" }, new Date()),
            /verify aksk signature fail/,
        ));

    it("reject an unknown key", () =>
        refused(
            "key",
            (url) => sign(listing(url), { accessKeyId: "NOBODY", accessKeySecret: "x" }, new Date()),
            /ak not exist/,
        ));

    it("reject a request without a signature", () => refused("none", () => ({}), /not found/));

    it("reject a malformed header", () =>
        refused("garbage", () => ({ authorization: "Basic abc", "x-sdk-date": sdkDate(new Date()) }), /not valid/));

    it("reject a changed body", () =>
        refused("body", (url) => sign(listing(url), golden.key, new Date()), /verify aksk signature fail/, "{}"));

    it("reject a changed signed header", () =>
        refused(
            "header",
            (url) => ({ ...sign(listing(url, { accept: "text/plain" }), golden.key, new Date()), accept: "*/*" }),
            /verify aksk signature fail/,
        ));

    it("reject a JSON body that claims to be unsigned", () =>
        refused(
            "unsigned",
            (url) => {
                const claim = { "x-sdk-content-sha256": "UNSIGNED-PAYLOAD", "content-type": "application/json" };
                return sign(listing(url, claim), golden.key, new Date());
            },
            /verify aksk signature fail/,
            "{}",
        ));

    it("reject a date more than 15 minutes off, before or after", async () => {
        for (const minutes of [-16, 16]) {
            await refused(
                "stale",
                (url) => sign(listing(url), golden.key, new Date(Date.now() + minutes * 60_000)),
                /signature expired/,
            );
        }
    });

    it("accept a date within 15 minutes and a project header that was added after signing", async () => {
        const { simulator } = await bench();
        const time = new Date(Date.now() - 14 * 60_000);
        const unsigned = { ...listing(simulator.url), headers: {} };
        const headers = { ...sign(unsigned, golden.key, time), "x-project-id": golden.project };
        assert.equal((await send(simulator.url, "GET", "/v2/cloudimages", headers)).status, 200);
    });

    it("accept a patch that is not JSON with an unsigned payload", async () => {
        const { simulator } = await bench();
        const type = "application/openstack-images-v2.1-json-patch";
        const request = {
            ...listing(simulator.url, { "content-type": type, "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" }),
            method: "PATCH",
            path: "/v2/images/none",
        };
        const body = '[{"op":"replace","path":"/name","value":"x"}]';
        const headers = sign(request, golden.key, new Date());
        const answer = await send(simulator.url, "PATCH", "/v2/images/none", headers, body);
        assert.equal(answer.body.error.code, "IMG.0027", "past authentication");
    });

    it("accept gophertelekomcloud's derived signature, also for a POST without a body", async () => {
        const { simulator } = await bench();
        const get = { ...listing(simulator.url), query: { name: "a b" } };
        const headers = signDerived(get, golden.key, new Date());
        assert.equal((await send(simulator.url, "GET", "/v2/cloudimages?name=a%20b", headers)).status, 200);
        const wrong = signDerived(get, { ...golden.key, accessKeySecret: "wrong" }, new Date());
        assert.equal((await send(simulator.url, "GET", "/v2/cloudimages?name=a%20b", wrong)).status, 401);
        const post = { ...get, method: "POST", path: `/v1/${golden.project}/cloudservers/action` };
        const target = `${post.path}?name=a%20b`;
        const nil = await send(simulator.url, "POST", target, signDerived(post, golden.key, new Date()));
        assert.equal(nil.body.error.code, "Ecs.0005", "past authentication");
    });

    it("reject a project in the path that is not the caller's, with the error of the service", async () => {
        const { golden: client } = await bench();
        const server = await client.get(`/v1/${partner.project}/cloudservers/detail`);
        assert.deepEqual([server.status, server.body.error.code], [400, "Ecs.0023"]);
        const disk = await client.get(`/v2/${golden.projectNl}/cloudvolumes/detail`);
        assert.equal(disk.body.error.code, "EVS.0001");
        const foreign = await client.call("GET", "/v2/cloudimages", { headers: { "x-project-id": partner.project } });
        assert.equal(foreign.status, 401);
    });

    it("are irrelevant for an unknown path, which gets the gateway's error", async () => {
        const { golden: client, simulator } = await bench();
        const answer = await client.get("/v9/nothing");
        assert.deepEqual([answer.status, answer.body.error_code], [404, "APIGW.0101"]);
        assert.equal(simulator.sim.calls.list()[0]?.action, "gateway.NoSuchApi");
    });
});
