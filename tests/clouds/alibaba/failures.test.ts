import assert from "node:assert/strict";
import { inspect } from "node:util";
import { ecsClient } from "../../../provider/dist/clouds/alibaba/ecs.js";
import { isGone } from "../../../provider/dist/clouds/alibaba/failures.js";
import { swasClient } from "../../../provider/dist/clouds/alibaba/swas.js";
import { cloudErrorOf } from "../../../provider/dist/clouds/alibaba/thrown.js";
import { CloudError } from "../../../provider/dist/clouds/errors.js";
import { openWire, type Wire } from "../wire.ts";
import { connectionTo } from "./account.ts";
import { customImage, customImages, done, failure } from "./answers.ts";

describe("failures of Alibaba Cloud requests", () => {
    let wire: Wire;
    let opened: ReturnType<typeof connectionTo>;
    beforeEach(async () => {
        wire = await openWire();
        opened = connectionTo(wire);
    });
    afterEach(() => wire.close());

    const swas = () => swasClient(opened.connection, "cn-hangzhou");
    const command = { instanceId: "i", name: "n", type: "RunShellScript", commandContent: "id" } as const;

    async function failureOf(call: Promise<unknown>): Promise<CloudError> {
        const error = await call.then(
            () => undefined,
            (thrown: unknown) => thrown,
        );
        if (error instanceof CloudError) return error;
        throw new Error("not a CloudError", { cause: error });
    }

    it("an answer keeps every digit of a large number if text is expected, and is refused otherwise", async () => {
        const answer = (fields: string) => `{"RequestId":"r","TotalCount":1,"PageSize":50,"PageNumber":1,${fields}}`;
        wire.play({ body: answer('"ImageShareUsers":[{"UserId":91234567890123471}]') });
        assert.deepEqual(
            (await swas().listCustomImageShareAccounts("m-1")).map(({ accountId }) => accountId),
            ["91234567890123471"],
        );
        const [{ RequiredSystemDiskSize: _size, ...image }] = [customImage];
        const body = JSON.stringify({ ...customImages([image]) }).replace(
            '"ImageId"',
            '"RequiredSystemDiskSize":91234567890123471,"ImageId"',
        );
        await wire.close();
        wire = await openWire();
        opened = connectionTo(wire);
        wire.play({ body });
        assert.equal((await failureOf(swas().listCustomImages({}))).code, "UnexpectedAnswer");
    });

    it("a refusal keeps the cloud's code, text, status and request id, and is not repeated", async () => {
        wire.play({ status: 400, body: failure("CustomImageInShare", "The custom image is being shared.") });
        const error = await failureOf(swas().deleteCustomImage("m-1"));
        const { message, code, status, requestId, retryable, outcomeUnknown } = error;
        assert.deepEqual(
            { message, code, status, requestId, retryable, outcomeUnknown },
            {
                message:
                    "SWAS DeleteCustomImage: The custom image is being shared. " +
                    "(CustomImageInShare, request 20758A-585D-4A41-A9B2-28DA8F4F534F)",
                code: "CustomImageInShare",
                status: 400,
                requestId: "20758A-585D-4A41-A9B2-28DA8F4F534F",
                retryable: false,
                outcomeUnknown: false,
            },
        );
        assert.equal(isGone(error), false);
        assert.equal(wire.requests.length, 1);
    });

    for (const [code, gone] of [
        ["InvalidImageId.NotFound", true],
        ["InvalidInstanceId.NotFound", true],
        ["InvalidSnapshotId.NotFound", true],
        ["InvalidDiskId.NotFound", true],
        ["InvalidAccessKeyId.NotFound", false],
        ["InvalidAction.NotFound", false],
        ["InvalidRegionId.NotFound", false],
    ] as const) {
        it(`404 ${code} ${gone ? "means" : "does not mean"} that the object does not exist`, async () => {
            wire.play({ status: 404, body: failure(code, "not found") });
            assert.equal(isGone(await failureOf(swas().deleteCustomImage("m-1"))), gone);
        });
    }

    it("only the cloud's own answer means that an object does not exist", () => {
        assert.equal(isGone(new Error("InvalidImageId.NotFound")), false);
    });

    it("a throttled request waits as long as the cloud asks, even if it is not idempotent", async () => {
        const throttled = failure("Throttling.User", "flow control");
        wire.play(
            { status: 400, body: throttled, headers: { "x-acs-retry-after": "7000" } },
            { status: 400, body: throttled },
            { body: { ...done, InvokeId: "t-1" } },
        );
        assert.equal(await swas().runCommand(command), "t-1");
        assert.deepEqual(opened.time.sleeps, [7000, 500]);
    });

    it("a request to an unavailable service is retried, even if it is not idempotent", async () => {
        wire.play(
            { status: 503, body: failure("ServiceUnavailable", "later") },
            { body: { ...done, InvokeId: "t-1" } },
        );
        assert.equal(await swas().runCommand(command), "t-1");
    });

    for (const [name, reply] of [
        ["a dropped connection", "drop"],
        ["an HTML page from a proxy", { status: 502, body: "<html>bad gateway</html>" }],
        ["an internal error", { status: 500, body: failure("InternalError", "oops") }],
    ] as const) {
        it(`${name} is retried with the same token if the action accepts one`, async () => {
            wire.play(reply, { body: { ...done, SnapshotId: "s-1" } });
            let made = 0;
            const connection = { ...opened.connection, newToken: () => `token-${++made}` };
            const client = swasClient(connection, "cn-hangzhou");
            assert.equal(await client.createSnapshot({ diskId: "d-1", name: "snap" }), "s-1");
            assert.deepEqual(
                wire.requests.map((request) => request.query.ClientToken),
                ["token-1", "token-1"],
            );
        });

        it(`${name} ends a request without a token, with an unknown outcome`, async () => {
            wire.play(reply, { body: { ...done, InvokeId: "t-1" } });
            const error = await failureOf(swas().runCommand(command));
            assert.equal(error.outcomeUnknown, true);
            assert.equal(error.retryable, true);
            assert.equal(wire.requests.length, 1);
        });
    }

    it("a connection that was never opened is retried and ends as Unreachable, with a known outcome", async () => {
        await wire.close();
        const error = await failureOf(swas().runCommand(command));
        assert.equal(error.code, "Unreachable");
        assert.equal(error.status, 0);
        assert.equal(error.outcomeUnknown, false);
        assert.match(error.message, /ECONNREFUSED/);
        assert.ok(opened.time.sleeps.length > 3);
        wire = await openWire();
    });

    it("no part of an unreachable error shows the password that was in the query", async () => {
        await wire.close();
        const ecs = ecsClient(opened.connection, "cn-hangzhou");
        const request = { imageId: "m-1", instanceType: "t", securityGroupId: "s", vSwitchId: "v" };
        const error = await failureOf(ecs.runInstances({ ...request, password: "Hunter2Hunter2" }));
        assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /Hunter2/);
        wire = await openWire();
    });

    it("a time-out is Unreachable, with an unknown outcome and without the URL", () => {
        const timeout = new DOMException("POST http://swas/?Password=Hunter2 timed out", "TimeoutError");
        const error = cloudErrorOf(timeout, { cloud: "SWAS", operation: "CreateInstances" });
        assert.equal(
            error.message,
            "SWAS CreateInstances: no answer in time (Unreachable): check the network and machine-images:endpoint",
        );
        assert.deepEqual([error.retryable, error.outcomeUnknown, error.status], [true, true, 0]);
    });

    it("a success in another form is an error that names the field, and is not retried", async () => {
        wire.play({ body: customImages([{ ...customImage, ImageId: undefined }]) });
        const error = await failureOf(swas().listCustomImages());
        assert.equal(error.code, "UnexpectedAnswer");
        assert.match(error.message, /CustomImages\[0\]\.ImageId/);
        assert.equal(wire.requests.length, 1);
    });

    it("an error body without a code is named by its status", async () => {
        wire.play({ status: 403, body: { message: "no" } });
        const error = await failureOf(swas().deleteSnapshot("s-1"));
        assert.deepEqual([error.code, error.status, error.requestId], ["Http403", 403, undefined]);
        assert.match(error.message, /^SWAS DeleteSnapshot: no /);
    });

    for (const status of [301, 302, 303, 307, 308]) {
        it(`a redirect with ${status} is neither followed nor treated as a success, whatever its body contains`, async () => {
            const elsewhere = await openWire();
            elsewhere.play({ body: done });
            for (const body of [done, "<html>moved</html>", undefined]) {
                wire.play({ status, headers: { location: `${elsewhere.url}/` }, body });
                const error = await failureOf(swas().deleteCustomImage("m-1"));
                assert.deepEqual([error.code, error.status, error.retryable], ["Redirected", status, false]);
                assert.match(error.message, /answered with a redirect .*: correct machine-images:endpoint/);
            }
            assert.deepEqual([wire.requests.length, elsewhere.requests], [3, []]);
            await elsewhere.close();
        });
    }
});
