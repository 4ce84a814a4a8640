import assert from "node:assert/strict";
import { type ImsClient, imsClient } from "../../../provider/dist/clouds/huawei/ims.js";
import { json, openWire, type Wire } from "../wire.ts";
import { accessKey, connectionTo, projectId, secretKey } from "./account.ts";
import { backupId, failedJob, imageId, serverId, wholeImage } from "./answers.ts";
import { signatureOf, verifies } from "./sdkHmac.ts";

describe("the IMS client", () => {
    let wire: Wire;
    let ims: ImsClient;
    beforeEach(async () => {
        wire = await openWire();
        ims = imsClient(connectionTo(wire).connection, "eu-de");
    });
    afterEach(async () => {
        await wire.close();
        assert.ok(wire.requests.every((request) => verifies(request, accessKey, secretKey, ["x-project-id"])));
    });

    const sent = () => wire.requests.map(({ method, path, body }) => [method, path, body.length > 0 ? body : ""]);
    const line = () => `${wire.only().method} ${wire.only().url}`;

    it("the verification in these tests reproduces the published vector", () => {
        // Computed with the official SDK (docs/reference/huawei-api.md#signatures).
        const request = {
            method: "POST",
            url: "/v1/cloudimages/wholeimages/action",
            headers: {
                "content-type": "application/json",
                host: "127.0.0.1:4566",
                "x-project-id": "pid",
                "x-sdk-date": "20250102T030405Z",
            },
            body: Buffer.from('{"name":"w","instance_id":"i"}'),
        };
        assert.deepEqual(signatureOf(request, "content-type;host;x-project-id;x-sdk-date", "SKTEST"), {
            canonicalHash: "47cb8df8b49c90dc2c6f59730813ea8c98a7373c4d1103452bf1f9607aa3c44e",
            signature: "758d4498f39906c3af3bc66b172a7d24fa4defa687ab6ae67fa80a24c5623580",
        });
    });

    it("starts a whole image from a server, in the project of the region", async () => {
        wire.play({ body: { job_id: "j1" } });
        const request = { name: "app01 täglich", instanceId: serverId, vaultId: "vault-1", tags: { team: "web" } };
        assert.equal(await ims.createWholeImage(request), "j1");
        assert.equal(line(), "POST /v1/cloudimages/wholeimages/action");
        assert.deepEqual(json(wire.only()), {
            name: "app01 täglich",
            image_tags: [{ key: "team", value: "web" }],
            instance_id: serverId,
            vault_id: "vault-1",
        });
        assert.equal(wire.only().headers["x-project-id"], projectId);
    });

    it("starts a whole image from a backup, and a system image from a server", async () => {
        wire.play({ body: { job_id: "j1" } });
        await ims.createWholeImage({ name: "w", backupId, wholeImageType: "CBR", minRam: 0, maxRam: 4096 });
        await ims.createSystemImage({ name: "s", instanceId: serverId, description: "d" });
        const [whole, system] = wire.requests;
        assert.deepEqual(whole && json(whole), {
            name: "w",
            min_ram: 0,
            max_ram: 4096,
            backup_id: backupId,
            whole_image_type: "CBR",
        });
        assert.equal(system?.path, "/v2/cloudimages/action");
        assert.deepEqual(system && json(system), { name: "s", description: "d", instance_id: serverId });
    });

    it("starts a system image from a disk that has an operating system", async () => {
        wire.play({ body: { job_id: "j1" } });
        const osVersion = "Ubuntu 22.04 server 64bit";
        assert.equal(await ims.createSystemImage({ name: "s", volumeId: "vol-1", osVersion, minRam: 1024 }), "j1");
        assert.equal(line(), "POST /v2/cloudimages/action");
        assert.deepEqual(json(wire.only()), {
            name: "s",
            min_ram: 1024,
            volume_id: "vol-1",
            os_version: osVersion,
        });
    });

    it("starts copies within the region and to another region, and an export", async () => {
        wire.play({ body: { job_id: "j1" } });
        await ims.copyImage(imageId, { name: "copy", description: "d", keyId: "key-1" });
        const there = { region: "ap-southeast-1", project: "ap-southeast-1_team", agency: "ims_copy" };
        await ims.copyImageToRegion(imageId, { name: "copy", ...there, vaultId: "vault-2" });
        assert.equal(await ims.exportImage(imageId, { file: "bucket:app01.qcow2", format: "qcow2" }), "j1");
        const path = `/v1/cloudimages/${imageId}`;
        assert.deepEqual(
            wire.requests.map((request) => [request.method, request.path, json(request)]),
            [
                ["POST", `${path}/copy`, { name: "copy", description: "d", cmk_id: "key-1" }],
                [
                    "POST",
                    `${path}/cross_region_copy`,
                    {
                        name: "copy",
                        region: "ap-southeast-1",
                        project_name: "ap-southeast-1_team",
                        agency_name: "ims_copy",
                        vault_id: "vault-2",
                    },
                ],
                ["POST", `${path}/file`, { bucket_url: "bucket:app01.qcow2", file_format: "qcow2" }],
            ],
        );
    });

    it("never retries a copy whose answer was lost, but retries an export", async () => {
        wire.play("drop", "drop", { body: { job_id: "j1" } });
        await assert.rejects(ims.copyImage(imageId, { name: "copy" }), { code: "Unreachable", outcomeUnknown: true });
        assert.equal(wire.requests.length, 1);
        assert.equal(await ims.exportImage(imageId, { file: "bucket:file", format: "vhd" }), "j1");
        assert.equal(wire.requests.length, 3);
    });

    it("never retries a creation whose answer was lost", async () => {
        wire.play("drop", { body: { job_id: "j1" } });
        await assert.rejects(ims.createWholeImage({ name: "w", instanceId: serverId }), {
            name: "CloudError",
            cloud: "IMS",
            operation: "CreateWholeImage",
            code: "Unreachable",
            outcomeUnknown: true,
        });
        assert.equal(wire.requests.length, 1);
    });

    it("reads a failed job as a result, with its code and reason", async () => {
        wire.play({ body: failedJob });
        const { status, errorCode, failReason, imageId: made, imageName } = await ims.job(failedJob.job_id);
        assert.deepEqual(
            { status, errorCode, failReason, made, imageName },
            {
                status: "FAIL",
                errorCode: "IMG.0182",
                failReason: "Insufficient vault capacity. Please expand the capacity.",
                made: undefined,
                imageName: "app01-whole",
            },
        );
        assert.equal(line(), `GET /v1/${projectId}/jobs/${failedJob.job_id}`);
        assert.equal(wire.only().body.length, 0);
    });

    it("reads a running job's progress and early image id, and an image id that only a sub-job names", async () => {
        const running = { ...failedJob, status: "RUNNING", end_time: "", error_code: null, fail_reason: null };
        const parts = [{ status: "SUCCESS", entities: { image_id: imageId, image_name: "data" } }];
        wire.play(
            { body: { ...running, entities: { image_id: imageId, process_percent: 0.5, current_task: "t" } } },
            { body: { ...running, status: "SUCCESS", entities: { sub_jobs_result: parts } } },
        );
        const first = await ims.job("j1");
        assert.deepEqual(
            [first.imageId, first.progress, first.endTime, first.errorCode],
            [imageId, 0.5, undefined, undefined],
        );
        assert.equal((await ims.job("j1")).imageId, imageId);
    });

    it("reads a whole image with flags and numbers that are strings", async () => {
        wire.play({ body: { images: [wholeImage] } });
        assert.deepEqual(await ims.image(imageId), {
            id: imageId,
            name: "app01-whole",
            owner: projectId,
            status: "active",
            visibility: "private",
            imageType: "private",
            wholeImage: true,
            backupId,
            hasCloudInit: true,
            dataOrigin: `server_backup,${backupId}`,
            osType: "Linux",
            osVersion: "Ubuntu 22.04 server 64bit",
            description: "Create an image from an ECS",
            minDiskGiB: 40,
            minRamMiB: 0,
            maxRamMiB: 4096,
            sizeBytes: 449261568,
            protected: false,
            createdAt: "2024-11-06T06:28:15Z",
            updatedAt: "2024-11-06T06:37:03Z",
            tagTexts: [],
        });
        assert.deepEqual(wire.only().query, { id: imageId, limit: "100" });
    });

    it("an image that is not in the list does not exist", async () => {
        wire.play({ body: { images: [] } });
        assert.equal(await ims.image(imageId), undefined);
    });

    it("fetches every page of a list, starting after the last image of the previous page", async () => {
        const page = (from: number, count: number) => ({
            body: { images: Array.from({ length: count }, (_, i) => ({ ...wholeImage, id: `image-${from + i}` })) },
        });
        wire.play(page(0, 100), page(100, 1));
        const images = await ims.images({ name: "a b*c", wholeImage: true, owner: projectId });
        assert.equal(images.length, 101);
        assert.deepEqual(
            wire.requests.map(({ query }) => [query.name, query.__whole_image, query.marker]),
            [
                ["a b*c", "true", undefined],
                ["a b*c", "true", "image-99"],
            ],
        );
    });

    it("updates by a JSON patch and deletes with or without the backup", async () => {
        wire.play({ body: wholeImage }, { status: 204 });
        await ims.updateImage(imageId, [{ op: "add", path: "/__description", value: "new" }]);
        await ims.deleteImage(imageId, { deleteBackup: true });
        await ims.deleteImage(imageId, { deleteBackup: false });
        assert.deepEqual(
            wire.requests.map((request) => [request.method, request.path, json(request)]),
            [
                ["PATCH", `/v2/cloudimages/${imageId}`, [{ op: "add", path: "/__description", value: "new" }]],
                ["DELETE", `/v2/images/${imageId}`, { delete_backup: true }],
                ["DELETE", `/v2/images/${imageId}`, { delete_backup: false }],
            ],
        );
        assert.equal(wire.requests[0]?.headers["content-type"], "application/json");
    });

    it("creates, accepts, lists and removes shares through the Glance operations", async () => {
        const member = { status: "pending", image_id: imageId, member_id: "p2", created_at: "t", updated_at: "t" };
        const read = { imageId, projectId: "p2", status: "pending", createdAt: "t", updatedAt: "t" };
        wire.play(
            { body: member },
            { body: { ...member, status: "accepted" } },
            { body: { members: [member], schema: "/v2/schemas/members" } },
            { status: 204 },
        );
        assert.deepEqual(await ims.addMember(imageId, "p2"), read);
        const accepted = await ims.updateMember(imageId, "p2", { status: "accepted", vaultId: "v1" });
        assert.equal(accepted.status, "accepted");
        assert.deepEqual(await ims.members(imageId), [read]);
        await ims.removeMember(imageId, "p2");
        const path = `/v2/images/${imageId}/members`;
        assert.deepEqual(
            sent().map(([method, url, body]) => [method, url, String(body)]),
            [
                ["POST", path, '{"member":"p2"}'],
                ["PUT", `${path}/p2`, '{"status":"accepted","vault_id":"v1"}'],
                ["GET", path, ""],
                ["DELETE", `${path}/p2`, ""],
            ],
        );
    });

    it("reads, sets and deletes tags, whose keys are never in the path", async () => {
        wire.play({ body: { tags: [{ key: "a key", value: "" }] } }, { status: 204 });
        assert.deepEqual(await ims.imageTags(imageId), { "a key": "" });
        await ims.setImageTags(imageId, { a: "b" });
        await ims.deleteImageTags(imageId, ["a key"]);
        const path = `/v2/${projectId}/images/${imageId}/tags`;
        assert.deepEqual(
            sent().map(([method, url, body]) => [method, url, String(body)]),
            [
                ["GET", path, ""],
                ["POST", `${path}/action`, '{"action":"create","tags":[{"key":"a","value":"b"}]}'],
                ["POST", `${path}/action`, '{"action":"delete","tags":[{"key":"a key"}]}'],
            ],
        );
    });

    it("refuses an empty id, which would address the whole collection", async () => {
        await assert.rejects(async () => ims.deleteImage("", { deleteBackup: false }), { name: "UserError" });
        await assert.rejects(async () => ims.members("a/b"), {
            name: "UserError",
            message: '"a/b" is not a valid object id: correct the argument that contains it',
        });
        assert.equal(wire.requests.length, 0);
    });
});
