import assert from "node:assert/strict";
import { inspect } from "node:util";
import { CloudError } from "../../../provider/dist/clouds/errors.js";
import { publicEndpoint } from "../../../provider/dist/clouds/huawei/connection.js";
import { isGone } from "../../../provider/dist/clouds/huawei/failures.js";
import { projectIdOf } from "../../../provider/dist/clouds/huawei/iam.js";
import { imsClient } from "../../../provider/dist/clouds/huawei/ims.js";
import { serversClient } from "../../../provider/dist/clouds/huawei/servers.js";
import { openWire, type Reply, type Wire } from "../wire.ts";
import { accessKey, connectionTo, projectId, secretKey } from "./account.ts";
import { imageId, serverId, wholeImage } from "./answers.ts";
import { verifies } from "./sdkHmac.ts";

describe("failures of Huawei requests", () => {
    let wire: Wire;
    let opened: ReturnType<typeof connectionTo>;
    beforeEach(async () => {
        wire = await openWire();
        opened = connectionTo(wire);
    });
    afterEach(() => wire.close());

    const ims = () => imsClient(opened.connection, "eu-de");

    async function failureOf(call: Promise<unknown>): Promise<CloudError> {
        const error = await call.then(
            () => undefined,
            (thrown: unknown) => thrown,
        );
        if (error instanceof CloudError) return error;
        throw new Error("not a CloudError", { cause: error });
    }

    const envelopes: [string, number, object, string, string][] = [
        ["IMS", 400, { error: { code: "IMG.0126", message: "wrong state" } }, "IMG.0126", "wrong state"],
        ["CBR", 400, { error_code: "BackupService.6204", error_msg: "used" }, "BackupService.6204", "used"],
        ["the gateway", 401, { error_code: "APIG.0301", error_msg: "ak not exist" }, "APIG.0301", "ak not exist"],
        ["Nova", 409, { conflictingRequest: { code: 409, message: "busy" } }, "conflictingRequest", "busy"],
        ["Glance", 403, { code: "403 Forbidden", message: "no", title: "Forbidden" }, "403 Forbidden", "no"],
        ["nobody", 403, {}, "Http403", "status 403"],
    ];
    for (const [name, status, body, code, text] of envelopes) {
        it(`the refusal of ${name} gives its code, text, status and request id`, async () => {
            wire.play({ status, body, headers: { "x-request-id": "r1" } });
            const error = await failureOf(ims().removeMember(imageId, "p2"));
            assert.deepEqual(
                [error.code, error.status, error.requestId, error.retryable, error.outcomeUnknown],
                [code, status, "r1", false, false],
            );
            assert.ok(error.message.startsWith(`IMS DeleteMember: ${text} (${code}, request r1)`), error.message);
            assert.equal(wire.requests.length, 1);
        });
    }

    const endings: [string, Reply, boolean][] = [
        ["IMG.0027", { status: 400, body: { error: { code: "IMG.0027", message: "no image" } } }, true],
        ["IMG.0144", { status: 400, body: { error: { code: "IMG.0144", message: "no image" } } }, true],
        ["Glance's 404", { status: 404, body: { code: "404 Not Found", message: "none", title: "Not Found" } }, true],
        ["Nova's 404", { status: 404, body: { itemNotFound: { code: 404, message: "none" } } }, true],
        ["an empty 404", { status: 404 }, true],
        ["the gateway's 404", { status: 404, body: { error_code: "APIGW.0101", error_msg: "no such API" } }, false],
        ["a proxy's 404", { status: 404, body: "<html>not found</html>" }, false],
        ["IMG.0090", { status: 400, body: { error: { code: "IMG.0090", message: "being created" } } }, false],
    ];
    for (const [name, reply, gone] of endings) {
        it(`${name} ${gone ? "means" : "does not mean"} that the object does not exist`, async () => {
            wire.play(reply);
            assert.equal(isGone(await failureOf(ims().deleteImage(imageId, { deleteBackup: false }))), gone);
        });
    }

    it("requests throttled by the gateway or by IMS are retried, even a creation", async () => {
        wire.play(
            { status: 429, headers: { "retry-after": "9" }, body: { error_code: "APIGW.0308", error_msg: "slow" } },
            { status: 400, body: { error: { code: "IMG.0060", message: "flow control" } } },
            { status: 503, body: { error_code: "x", error_msg: "unavailable" } },
            { body: { job_id: "j1" } },
        );
        assert.equal(await ims().createWholeImage({ name: "w", instanceId: serverId }), "j1");
        assert.deepEqual(opened.time.sleeps, [9000, 500, 1000]);
    });

    for (const [name, reply] of [
        ["an internal error", { status: 500, body: { error: { code: "IMG.0061", message: "unknown" } } }],
        ["an HTML page with 502", { status: 502, body: "<html>bad gateway</html>" }],
        ["an HTML page with 503", { status: 503, body: "<html>unavailable</html>" }],
        ["an HTML page with 200", { status: 200, body: "<html>please log in</html>" }],
        ["a dropped connection", "drop"],
    ] as const) {
        it(`${name} is retried for a read`, async () => {
            wire.play(reply, { body: { images: [wholeImage] } });
            assert.equal((await ims().image(imageId))?.id, imageId);
            assert.equal(wire.requests.length, 2);
        });

        it(`${name} leaves the outcome of a creation unknown`, async () => {
            wire.play(reply, { body: { job_id: "j1" } });
            const error = await failureOf(ims().createSystemImage({ name: "s", instanceId: serverId }));
            assert.equal(error.outcomeUnknown, true);
            assert.equal(wire.requests.length, 1);
        });
    }

    it("a connection that was never opened ends as Unreachable, with a known outcome", async () => {
        await wire.close();
        const error = await failureOf(ims().createSystemImage({ name: "s", instanceId: serverId }));
        assert.deepEqual([error.code, error.status, error.outcomeUnknown], ["Unreachable", 0, false]);
        assert.match(error.message, /ECONNREFUSED/);
        assert.ok(opened.time.sleeps.length > 3);
        wire = await openWire();
    });

    for (const status of [301, 302, 303, 307, 308]) {
        it(`a redirect with ${status} is neither followed nor treated as a success, whatever its body contains`, async () => {
            const elsewhere = await openWire();
            elsewhere.play({ body: { job_id: "j" } });
            for (const body of [{ job_id: "j" }, "<html>moved</html>", undefined]) {
                wire.play({ status, headers: { location: `${elsewhere.url}/` }, body });
                const error = await failureOf(ims().createSystemImage({ name: "s", instanceId: serverId }));
                assert.deepEqual([error.code, error.status, error.retryable], ["Redirected", status, false]);
                assert.match(error.message, /answered with a redirect .*: correct machine-images:endpoint/);
            }
            assert.deepEqual([wire.requests.length, elsewhere.requests], [3, []]);
            await elsewhere.close();
        });
    }

    it("neither a refusal nor a lost connection shows the secret key, the token or a password", async () => {
        const servers = serversClient(
            {
                ...opened.connection,
                credentials: async () => ({
                    accessKeyId: accessKey,
                    accessKeySecret: secretKey,
                    securityToken: "STS-TOKEN",
                }),
            },
            "eu-de",
        );
        const order = {
            name: "n",
            imageId,
            flavorId: "f",
            vpcId: "v",
            subnetIds: ["s"],
            rootVolume: { volumeType: "SSD" },
            adminPass: "Hunter2Hunter2",
        };
        wire.play({ status: 403, body: { error: { code: "Ecs.0001", message: "quota" } } });
        const refused = await failureOf(servers.createServer(order));
        assert.equal(wire.only().headers["x-security-token"], "STS-TOKEN");
        assert.ok(verifies(wire.only(), accessKey, secretKey, ["x-security-token"]));
        await wire.close();
        const lost = await failureOf(servers.createServer(order));
        for (const error of [refused, lost]) {
            assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /SKTEST|STS-TOKEN|Hunter2/);
        }
        wire = await openWire();
    });

    it("a success in another form is an error that names the field, and is not retried", async () => {
        wire.play({ body: { job: "j1" } });
        const error = await failureOf(ims().createWholeImage({ name: "w", instanceId: serverId }));
        assert.deepEqual([error.code, error.outcomeUnknown], ["UnexpectedAnswer", true]);
        assert.match(error.message, /job_id/);
        assert.equal(wire.requests.length, 1);
    });

    it("the project of a region is requested once, and again after a failed lookup", async () => {
        const asked: string[] = [];
        const lookUp = async (region: string) => {
            asked.push(region);
            if (asked.length === 1) throw new Error("not now");
            return projectId;
        };
        wire.play({ body: { images: [] } });
        const client = imsClient({ ...opened.connection, projectIdOf: lookUp }, "eu-de");
        await assert.rejects(client.image(imageId), { message: "not now" });
        await Promise.all([client.image(imageId), client.image(imageId)]);
        assert.deepEqual(asked, ["eu-de", "eu-de"]);
    });
});

describe("the project of a Huawei region", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    const lookUp = () => projectIdOf(connectionTo(wire).connection, "eu-de");

    it("is the one with the region's name, requested without a project", async () => {
        wire.play({ body: { projects: [{ id: projectId, name: "eu-de" }], links: {} } });
        assert.equal(await lookUp(), projectId);
        const request = wire.only();
        assert.equal(`${request.method} ${request.url}`, "GET /v3/projects?name=eu-de");
        assert.equal(request.headers["x-project-id"], undefined);
        assert.ok(verifies(request, accessKey, secretKey));
    });

    it("is not guessed if there is none", async () => {
        wire.play({ body: { projects: [] } });
        await assert.rejects(lookUp(), { name: "UserError", message: /^no project is named eu-de/ });
    });

    it("is not guessed if there is more than one", async () => {
        const projects = ["p1", "p2"].map((id) => ({ id, name: "eu-de" }));
        wire.play({ body: { projects } });
        await assert.rejects(lookUp(), { name: "UserError", message: /more than one .*\(p1, p2\)/ });
    });

    it("uses the endpoints of the selected cloud", () => {
        assert.equal(publicEndpoint("huawei", "ims", "cn-north-4"), "https://ims.cn-north-4.myhuaweicloud.com");
        assert.equal(publicEndpoint("otc", "iam", "eu-de"), "https://iam.eu-de.otc.t-systems.com");
    });
});
