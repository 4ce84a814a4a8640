import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { type Bench, bench, closeAll, golden, type Json } from "../simulator/huawei/client.ts";

const require = createRequire(import.meta.url);
const { HcClient } = require("@huaweicloud/huaweicloud-sdk-core/HcClient");
const { DefaultHttpClient } = require("@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient");
const { BasicCredentials } = require("@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials");
const { ClientRequestException } = require("@huaweicloud/huaweicloud-sdk-core/exception/ClientRequestException");
const { ServerResponseException } = require("@huaweicloud/huaweicloud-sdk-core/exception/ServerResponseException");

const silent = Object.fromEntries(
    ["debug", "info", "warn", "error", "setLevel", "setName"].map((name) => [name, () => {}]),
);

/**
 * The official client, configured manually (docs/reference/huawei-api.md#official-node-sdk): only endpoint, key and
 * project.
 */
function official(url: string, key: { accessKeyId: string; accessKeySecret: string }): Json {
    const options = { logger: silent, headers: {}, axiosRequestConfig: { timeout: 30_000 } };
    const credential = new BasicCredentials()
        .withAk(key.accessKeyId)
        .withSk(key.accessKeySecret)
        .withProjectId(golden.project);
    return new HcClient(new DefaultHttpClient(options, [url]), options).withEndpoints([url]).withCredential(credential);
}

function call(client: Json, method: string, url: string, extra: Record<string, unknown> = {}): Promise<Json> {
    const contentType = "application/json";
    return client.sendRequest({ method, url, contentType, queryParams: {}, pathParams: {}, headers: {}, ...extra });
}

async function caught(work: Promise<unknown>): Promise<Json> {
    try {
        await work;
    } catch (error) {
        return error;
    }
    throw new Error("nothing was thrown");
}

async function imageOf(client: Json, { seconds }: Bench): Promise<string> {
    const { job_id } = await call(client, "POST", "/v1/cloudimages/wholeimages/action", {
        data: { name: "official ünïcode", instance_id: golden.server, vault_id: golden.vault },
    });
    seconds(1100);
    const job = await call(client, "GET", "/v1/{project_id}/jobs/{job_id}", { pathParams: { job_id } });
    assert.equal(job.status, "SUCCESS");
    return job.entities.image_id;
}

describe("huaweicloud-sdk-core against the simulator", () => {
    afterEach(closeAll);

    it("creates a full-ECS image, polls its job, lists, changes and deletes it", async () => {
        const world = await bench();
        const client = official(world.simulator.url, golden.key);
        const id = await imageOf(client, world);
        const list = await call(client, "GET", "/v2/cloudimages", {
            queryParams: { id, name: "official ünïcode", __imagetype: "private" },
        });
        assert.equal(list.httpStatusCode, 200);
        assert.equal(list.images[0].__whole_image, "true");
        const patched = await call(client, "PATCH", "/v2/cloudimages/{image_id}", {
            pathParams: { image_id: id },
            data: [{ op: "add", path: "/max_ram", value: "4096" }],
        });
        assert.equal(patched.max_ram, "4096");
        const deleted = await call(client, "DELETE", "/v2/images/{image_id}", {
            pathParams: { image_id: id },
            data: { delete_backup: true },
        });
        assert.deepEqual(deleted, { httpStatusCode: 204 });
        world.seconds(20);
        const empty = await call(client, "GET", "/v2/cloudimages", { queryParams: { id } });
        assert.deepEqual([...empty.images], []);
        const backups = await call(client, "GET", "/v3/{project_id}/backups");
        assert.deepEqual([...backups.backups], [], "the body of DELETE arrived");
    });

    it("sends a body with GET, repeated parameters and asterisks", async () => {
        const { simulator } = await bench();
        const client = official(simulator.url, golden.key);
        const projects = await call(client, "GET", "/v3/projects", { queryParams: { name: "eu-de" }, data: {} });
        assert.equal(projects.projects[0].id, golden.project);
        const images = await call(client, "GET", "/v2/cloudimages", {
            queryParams: { name: "a*b (c)!'", tag: ["z=1", "a=2"] },
        });
        assert.deepEqual([...images.images], []);
    });

    it("sends a patch with the native content type and an unsigned payload", async () => {
        const world = await bench();
        const client = official(world.simulator.url, golden.key);
        const id = await imageOf(client, world);
        const patched = await call(client, "PATCH", `/v2/images/${id}`, {
            contentType: "application/openstack-images-v2.1-json-patch",
            headers: { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" },
            data: [{ op: "replace", path: "/name", value: "native" }],
        });
        assert.equal(patched.name, "native");
    });

    it("reads code, status and request id of errors from every service", async () => {
        const { simulator } = await bench();
        const client = official(simulator.url, golden.key);
        for (const [method, url, status, code] of [
            ["POST", "/v1/cloudimages/wholeimages/action", 400, "IMG.0013"],
            ["GET", "/v1/{project_id}/cloudservers/none", 404, "Ecs.0114"],
            ["GET", "/v2/{project_id}/cloudvolumes/none", 404, "EVS.5404"],
            ["GET", "/v3/{project_id}/backups/none", 404, "BackupService.6200"],
            ["GET", "/v1/{project_id}/checkpoint_items/none", 404, "CSBS.3001"],
            ["GET", "/v2/images/none", 404, undefined],
        ] as const) {
            const error = await caught(call(client, method, url, method === "POST" ? { data: { a: 1 } } : {}));
            assert.ok(error instanceof ClientRequestException, url);
            assert.deepEqual([error.httpStatusCode, error.errorCode], [status, code], url);
            assert.match(error.requestId, /^[0-9a-f]{32}$/);
        }
        simulator.sim.faults.add({ action: "ims.ListImages", status: 500, code: "IMG.0061", message: "broken" });
        const broken = await caught(call(client, "GET", "/v2/cloudimages"));
        assert.ok(broken instanceof ServerResponseException);
        assert.deepEqual([broken.httpStatusCode, broken.errorCode, broken.errorMsg], [500, "IMG.0061", "broken"]);
    });

    it("fails with a wrong secret, and works with a token", async () => {
        const { simulator } = await bench();
        const wrong = official(simulator.url, { ...golden.key, accessKeySecret: "wrong" });
        const error = await caught(call(wrong, "GET", "/v2/cloudimages"));
        assert.deepEqual([error.httpStatusCode, error.errorCode], [401, "APIGW.0301"]);
        const options = { logger: silent, headers: {} };
        const plain = new HcClient(new DefaultHttpClient(options, [simulator.url]), options).withEndpoints([
            simulator.url,
        ]);
        const user = { name: "golden-admin", password: "simulated-huawei-password-1", domain: { name: "golden" } };
        const token = await call(plain, "POST", "/v3/auth/tokens", {
            data: {
                auth: {
                    identity: { methods: ["password"], password: { user } },
                    scope: { project: { name: "eu-de" } },
                },
            },
            responseHeaders: ["X-Subject-Token"],
        });
        const images = await call(plain, "GET", "/v2/cloudimages", {
            headers: { "X-Auth-Token": token["X-Subject-Token"] },
        });
        assert.ok(images.images.length > 0);
    });
});
