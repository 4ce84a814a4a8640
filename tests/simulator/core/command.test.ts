import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { $OpenApiUtil } = require("@alicloud/openapi-core");
const {
    default: Swas,
    CreateCustomImageRequest,
    CreateSnapshotRequest,
    DeleteCustomImageRequest,
    ListCustomImagesRequest,
    ListDisksRequest,
    ListSnapshotsRequest,
    ModifyImageShareStatusRequest,
} = require("@alicloud/swas-open20200601");

const cli = join(import.meta.dirname, "..", "..", "..", "provider", "bin", "machine-images.js");

interface Ready {
    url: string;
    adminToken: string;
    accounts: { cloud: string; keys: { accessKeyId: string; accessKeySecret: string }[]; regions: string[] }[];
}

describe("machine-images simulate", () => {
    const running: ChildProcess[] = [];
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    afterEach(async () => {
        for (const child of running.splice(0)) {
            if (child.exitCode !== null || child.signalCode !== null) continue;
            child.kill("SIGTERM");
            await once(child, "exit");
        }
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    async function start(...args: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
        const child = spawn("node", [cli, "simulate", "--port", "0", ...args], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        running.push(child);
        assert.ok(child.stdout);
        const [line] = await once(createInterface(child.stdout), "line");
        return { child, ready: JSON.parse(String(line)) };
    }

    function refused(...args: string[]): string {
        const { status, stderr } = spawnSync("node", [cli, "simulate", ...args], { encoding: "utf8" });
        assert.equal(status, 2, stderr);
        assert.match(stderr, /^machine-images: .*\n$/);
        return stderr;
    }

    it("prints one line with its address and keys, and the official SDK creates, shares and deletes an image", async () => {
        const { ready } = await start("--memory", "--clock", "auto");
        const account = ready.accounts.find(({ cloud }) => cloud === "alibaba");
        const client = new Swas(
            new $OpenApiUtil.Config({
                ...account?.keys[0],
                endpoint: new URL(ready.url).host,
                protocol: "http",
                readTimeout: 10_000,
                connectTimeout: 10_000,
            }),
        );
        const regionId = "cn-hangzhou";
        const instanceId = "ace0706b2ac4454d984295a942130001";
        const disks = await client.listDisks(new ListDisksRequest({ regionId, instanceId, diskType: "system" }));
        const { diskId } = disks.body.disks[0];
        const taken = await client.createSnapshot(new CreateSnapshotRequest({ regionId, diskId, snapshotName: "sys" }));
        const { snapshotId } = taken.body;
        await client.listSnapshots(new ListSnapshotsRequest({ regionId, snapshotIds: JSON.stringify([snapshotId]) }));
        const creation = await client.createCustomImage(
            new CreateCustomImageRequest({ regionId, instanceId, imageName: "web-1", systemSnapshotId: snapshotId }),
        );
        const { imageId } = creation.body;
        const list = () =>
            client.listCustomImages(new ListCustomImagesRequest({ regionId, imageIds: JSON.stringify([imageId]) }));
        assert.equal((await list()).body.customImages[0].status, "1");
        const share = (operation: string) =>
            client.modifyImageShareStatus(new ModifyImageShareStatusRequest({ regionId, imageId, operation }));
        const remove = () => client.deleteCustomImage(new DeleteCustomImageRequest({ regionId, imageId }));
        await share("Share");
        assert.equal((await list()).body.customImages[0].inShare, true);
        await assert.rejects(remove(), { code: "CustomImageInShare" });
        await share("UnShare");
        await remove();
        assert.deepEqual((await list()).body.customImages, []);
    });

    it("stores its state in a file, across a clean stop and a restart", async () => {
        const data = join(folder, "clouds.db");
        const first = await start("--data", data, "--clock", "frozen", "--seed", "7");
        const objects = async ({ url, adminToken }: Ready) =>
            (await fetch(`${url}/_simulator/holdings`, { headers: { authorization: `Bearer ${adminToken}` } })).text();
        const before = await objects(first.ready);
        first.child.kill("SIGTERM");
        const [code] = await once(first.child, "exit");
        assert.equal(code, 0);
        const second = await start("--data", data);
        assert.equal(await objects(second.ready), before);
    });

    it("stops cleanly under load, without output about late requests", async () => {
        const child = spawn("node", [cli, "simulate", "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
        running.push(child);
        const complaints: string[] = [];
        child.stderr.on("data", (text) => complaints.push(String(text)));
        const [line] = await once(createInterface(child.stdout), "line");
        const ready: Ready = JSON.parse(String(line));
        const { hostname, port } = new URL(ready.url);
        const request = `POST /v2/cloudimages HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 2\r\n\r\n{}`;
        let answers = 0;
        const isLoaded = new Promise<void>((resolve) => {
            for (let n = 0; n < 16; n++) {
                const socket = connect(Number(port), hostname);
                socket.on("error", () => {});
                socket.on("data", () => {
                    socket.write(request);
                    if (++answers === 3000) resolve();
                });
                socket.write(request);
            }
        });
        await isLoaded;
        child.kill("SIGTERM");
        const [code] = await once(child, "close");
        assert.deepEqual([code, complaints.join("")], [0, ""]);
    });

    it("starts with the world of a file", async () => {
        const file = join(folder, "world.yaml");
        writeFileSync(
            file,
            [
                "alibaba:",
                "  accounts:",
                '    - id: "1234567890123456"',
                "      name: mine",
                "      accessKeys: [{ id: MYSIMULATEDKEY01, secret: my-simulated-secret }]",
                "      regions: { cn-beijing: { servers: [] } }",
            ].join("\n"),
        );
        const { ready } = await start("--memory", "--world", file);
        const account = ready.accounts.find(({ cloud }) => cloud === "alibaba");
        assert.deepEqual(account?.regions, ["cn-beijing"]);
        assert.equal(account?.keys[0]?.accessKeyId, "MYSIMULATEDKEY01");
    });

    it("names the problem of its options in one line, and exits with 2", () => {
        assert.match(refused("--port", "abc"), /invalid value "abc" for --port: use a whole number from 0 to 65535/);
        assert.match(refused("--clock", "fast"), /use real, auto, frozen or scaled:N/);
        assert.match(refused("--profile", "x"), /use csbs or cbr/);
        assert.match(refused("--memory", "--data", "x.db"), /cannot be used together/);
        assert.match(refused("--what"), /no option --what: run `machine-images simulate --help`/);
        const world = join(folder, "wrong.yaml");
        writeFileSync(world, "alibabba: {}\n");
        assert.match(refused("--world", world), /invalid world file [\s\S]*alibabba/);
        assert.match(refused("--world", join(folder, "nothing.yaml")), /cannot read/);
    });

    it("reports a port that is in use", async () => {
        const { ready } = await start("--memory");
        assert.match(refused("--port", new URL(ready.url).port), /cannot listen on .*Choose another port/);
    });
});
