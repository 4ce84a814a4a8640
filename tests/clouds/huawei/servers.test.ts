import assert from "node:assert/strict";
import { type ServersClient, serversClient } from "../../../provider/dist/clouds/huawei/servers.js";
import { type VolumesClient, volumesClient } from "../../../provider/dist/clouds/huawei/volumes.js";
import { json, openWire, type Wire } from "../wire.ts";
import { accessKey, connectionTo, projectId, secretKey } from "./account.ts";
import { imageId, server, serverId } from "./answers.ts";
import { verifies } from "./sdkHmac.ts";

describe("the ECS and EVS clients", () => {
    let wire: Wire;
    let servers: ServersClient;
    let volumes: VolumesClient;
    beforeEach(async () => {
        wire = await openWire();
        const { connection } = connectionTo(wire);
        servers = serversClient(connection, "eu-de");
        volumes = volumesClient(connection, "eu-de");
    });
    afterEach(async () => {
        await wire.close();
        assert.ok(wire.requests.every((request) => verifies(request, accessKey, secretKey, ["x-project-id"])));
    });

    const line = () => `${wire.only().method} ${wire.only().url}`;
    const order = {
        name: "clone-1",
        imageId,
        flavorId: "s3.large.1",
        vpcId: "vpc-1",
        subnetIds: ["subnet-1"],
        rootVolume: { volumeType: "SSD" },
    };

    it("orders a server with a restored data disk, under a signed client token", async () => {
        wire.play({ body: { job_id: "j1", serverIds: [serverId] } });
        const made = await servers.createServer({
            ...order,
            availabilityZone: "eu-de-01",
            dataVolumes: [
                { volumeType: "SAS", sizeGiB: 150, snapshotId: "5c9dd5d5-fc70-42a2-8d58-c9e009ccf418" },
                { volumeType: "SAS", sizeGiB: 20 },
            ],
            securityGroupIds: ["sg-1"],
            tags: { team: "web" },
            clientToken: "mine",
        });
        assert.deepEqual(made, { jobId: "j1", serverIds: [serverId] });
        assert.equal(line(), `POST /v1/${projectId}/cloudservers`);
        assert.equal(wire.only().headers["x-client-token"], "mine");
        assert.ok(verifies(wire.only(), accessKey, secretKey, ["x-client-token"]));
        assert.deepEqual(json(wire.only()), {
            server: {
                name: "clone-1",
                imageRef: imageId,
                flavorRef: "s3.large.1",
                vpcid: "vpc-1",
                nics: [{ subnet_id: "subnet-1" }],
                root_volume: { volumetype: "SSD" },
                data_volumes: [
                    {
                        volumetype: "SAS",
                        size: 150,
                        extendparam: { snapshotId: "5c9dd5d5-fc70-42a2-8d58-c9e009ccf418" },
                    },
                    { volumetype: "SAS", size: 20 },
                ],
                security_groups: [{ id: "sg-1" }],
                availability_zone: "eu-de-01",
                server_tags: [{ key: "team", value: "web" }],
            },
        });
    });

    for (const [region, times] of [
        ["cn-north-4", 2],
        ["ap-southeast-3", 2],
        ["eu-de", 1],
        ["eu-nl", 1],
        ["eu-ch2", 1],
        ["eu-west-0", 1],
    ] as const) {
        it(`sends an unanswered order ${times === 1 ? "once" : "again, with its token,"} in ${region}`, async () => {
            wire.play("drop", { body: { job_id: "j1", serverIds: [serverId] } });
            const { createServer } = serversClient(connectionTo(wire).connection, region);
            const ordering = createServer({ ...order, clientToken: "mine" });
            if (times === 1) {
                await assert.rejects(ordering, { operation: "CreateServers", outcomeUnknown: true });
            } else {
                assert.deepEqual(await ordering, { jobId: "j1", serverIds: [serverId] });
            }
            const sent = wire.requests.map(({ headers, body }) => [headers["x-client-token"], String(body)]);
            assert.equal(sent.length, times);
            assert.equal(new Set(sent.map(String)).size, 1);
            assert.equal(sent[0]?.[0], "mine");
        });
    }

    it("does not retry a lost order, because not every cloud supports the token, and renames and tags servers", async () => {
        wire.play("drop", { body: { server } }, { status: 204 });
        await assert.rejects(servers.createServer(order), { outcomeUnknown: true });
        assert.equal(wire.requests.length, 1);
        await servers.updateServer(serverId, { name: "erp-2" });
        await servers.setServerTags(serverId, { team: "erp" });
        await servers.deleteServerTags(serverId, ["team"]);
        assert.deepEqual(
            wire.requests
                .slice(1)
                .map(({ method, url, body }) => [method, url.replace(/.*cloudservers/, ""), JSON.parse(String(body))]),
            [
                ["PUT", `/${serverId}`, { server: { name: "erp-2" } }],
                ["POST", `/${serverId}/tags/action`, { action: "create", tags: [{ key: "team", value: "erp" }] }],
                ["POST", `/${serverId}/tags/action`, { action: "delete", tags: [{ key: "team" }] }],
            ],
        );
    });

    it("reads a server with its disks, addresses and tags", async () => {
        wire.play({ body: { server } });
        assert.deepEqual(await servers.server(serverId), {
            id: serverId,
            name: "clone-1",
            status: "ACTIVE",
            taskState: undefined,
            createdAt: "2024-11-06T06:28:15Z",
            keyName: undefined,
            flavorId: "s3.large.1",
            imageId,
            osType: "Linux",
            availabilityZone: "eu-de-01",
            volumes: [
                { volumeId: "vol-system", device: "/dev/vda", bootable: true, deleteOnTermination: true },
                { volumeId: "vol-data", device: "/dev/vdb", bootable: false, deleteOnTermination: false },
            ],
            addresses: [
                { address: "192.168.0.5", floating: false },
                { address: "203.0.113.7", floating: true },
            ],
            tags: { team: "web", plain: "" },
        });
    });

    it("a server that answers 404 is undefined, in the service's own form and in Nova's", async () => {
        wire.play(
            { status: 404, body: { error: { code: "Ecs.0114", message: "not found" } } },
            { status: 404, body: { itemNotFound: { message: "could not be found", code: 404 } } },
            { status: 403, body: { error: { code: "Ecs.0023", message: "other project" } } },
        );
        assert.equal(await servers.server(serverId), undefined);
        assert.equal(await servers.server(serverId), undefined);
        await assert.rejects(servers.server(serverId), { code: "Ecs.0023", status: 403 });
    });

    it("fetches every page of a list of servers, counting pages from 1", async () => {
        const many = Array.from({ length: 100 }, () => server);
        wire.play({ body: { servers: many, count: 101 } }, { body: { servers: [server], count: 101 } });
        assert.equal((await servers.servers({ name: "clone" })).length, 101);
        assert.deepEqual(
            wire.requests.map(({ query }) => query),
            [
                { offset: "1", limit: "100", name: "clone" },
                { offset: "2", limit: "100", name: "clone" },
            ],
        );
    });

    it("reads the disks of a server", async () => {
        const system = {
            id: "v1",
            volumeId: "v1",
            serverId,
            device: "/dev/vda",
            size: 40,
            bootIndex: 0,
            bus: "virtio",
        };
        wire.play({ body: { attachableQuantity: { free_disk: 58 }, volumeAttachments: [system] } });
        assert.deepEqual(await servers.blockDevices(serverId), [
            { volumeId: "v1", device: "/dev/vda", sizeGiB: 40, bootable: true, bus: "virtio" },
        ]);
        assert.equal(line(), `GET /v1/${projectId}/cloudservers/${serverId}/block_device`);
    });

    it("changes a server's image with the API version that matches cloud-init", async () => {
        wire.play({ body: { job_id: "j1" } });
        const wanted = { imageId: "image-1", keyName: "key-1" };
        assert.equal(await servers.changeOs(serverId, { ...wanted, hasCloudInit: true }), "j1");
        await servers.changeOs(serverId, { ...wanted, hasCloudInit: false });
        const body = { "os-change": { imageid: "image-1", keyname: "key-1" } };
        assert.deepEqual(
            wire.requests.map((request) => [request.path, json(request)]),
            [
                [`/v2/${projectId}/cloudservers/${serverId}/changeos`, body],
                [`/v1/${projectId}/cloudservers/${serverId}/changeos`, body],
            ],
        );
    });

    it("starts, stops and deletes servers through jobs", async () => {
        wire.play({ body: { job_id: "j1" } });
        await servers.start(serverId);
        await servers.stop(serverId, { type: "HARD" });
        assert.equal(await servers.deleteServer(serverId, { deleteVolumes: true }), "j1");
        const listed = [{ id: serverId }];
        assert.deepEqual(
            wire.requests.map((request) => [request.path, json(request)]),
            [
                [`/v1/${projectId}/cloudservers/action`, { "os-start": { servers: listed } }],
                [`/v1/${projectId}/cloudservers/action`, { "os-stop": { type: "HARD", servers: listed } }],
                [
                    `/v1/${projectId}/cloudservers/delete`,
                    { servers: listed, delete_volume: true, delete_publicip: false },
                ],
            ],
        );
    });

    it("reads which servers a job created and why a part of it failed", async () => {
        const job = { job_id: "j1", job_type: "createServer", begin_time: "t", end_time: "t" };
        const part = { job_id: "j2", job_type: "createSingleServer", entities: { server_id: serverId } };
        const reason = { error_code: "Ecs.0319", fail_reason: "sold out" };
        wire.play(
            { body: { ...job, status: "SUCCESS", entities: { sub_jobs_total: 1, sub_jobs: [part] } } },
            { body: { ...job, status: "FAIL", entities: { sub_jobs: [{ ...part, status: "FAIL", ...reason }] } } },
        );
        assert.deepEqual((await servers.job("j1")).serverIds, [serverId]);
        const { status, errorCode, failReason } = await servers.job("j1");
        assert.deepEqual([status, errorCode, failReason], ["FAIL", "Ecs.0319", "sold out"]);
    });

    it("reads and deletes disks, and a missing disk is undefined", async () => {
        const volume = {
            id: "v1",
            status: "in-use",
            size: 40,
            bootable: "true",
            attachments: [{ server_id: serverId }],
        };
        wire.play({ body: { volume } }, { body: { job_id: "j1" } }, { status: 404, body: { itemNotFound: {} } });
        const read = await volumes.volume("v1");
        assert.deepEqual([read?.status, read?.sizeGiB, read?.bootable], ["in-use", 40, true]);
        assert.deepEqual(read?.attachments, [{ serverId, device: undefined }]);
        assert.equal(await volumes.deleteVolume("v1"), "j1");
        assert.equal(await volumes.volume("v1"), undefined);
        const path = `/v2/${projectId}/cloudvolumes/v1`;
        assert.deepEqual(
            wire.requests.map((request) => `${request.method} ${request.url}`),
            [`GET ${path}`, `DELETE ${path}`, `GET ${path}`],
        );
    });
});
