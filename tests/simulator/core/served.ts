import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { SignedClient } from "../alibaba/signedClient.ts";
import { golden, web } from "../alibaba/simulated.ts";
import { Client, golden as huaweiGolden } from "../huawei/client.ts";

const cli = join(import.meta.dirname, "..", "..", "..", "provider", "bin", "machine-images.js");

/** A simulator in a separate process with a data file. */
export class ServedFile {
    readonly child: ChildProcess;
    readonly ecs: SignedClient;
    readonly huawei: Client;
    private readonly url: string;
    private readonly adminToken: string;

    private constructor(child: ChildProcess, ready: { url: string; adminToken: string }) {
        this.child = child;
        this.url = ready.url;
        this.adminToken = ready.adminToken;
        this.ecs = new SignedClient(ready.url, golden, "ecs");
        this.huawei = new Client(ready.url, huaweiGolden.project, huaweiGolden.key);
    }

    static async start(data: string, clock: string): Promise<ServedFile> {
        const child = spawn("node", [cli, "simulate", "--port", "0", "--data", data, "--clock", clock], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        assert.ok(child.stdout);
        const [line] = await once(createInterface(child.stdout), "line");
        return new ServedFile(child, JSON.parse(String(line)));
    }

    /** An image that ECS can copy. Requires an automatic clock. */
    async sourceImage(): Promise<string> {
        const swas = new SignedClient(this.url, golden, "swas");
        const { Disks } = await swas.ok("ListDisks", { InstanceId: web, DiskType: "system" });
        const DiskId: string = Disks[0].DiskId;
        const { SnapshotId } = await swas.ok("CreateSnapshot", { DiskId, SnapshotName: "source" });
        await swas.ok("ListSnapshots");
        const made = { InstanceId: web, SystemSnapshotId: SnapshotId, ImageName: "source" };
        const { ImageId } = await swas.ok("CreateCustomImage", made);
        await swas.ok("ListCustomImages");
        await swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
        return ImageId;
    }

    async admin<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
        const response = await fetch(`${this.url}/_simulator${path}`, {
            method,
            headers: { authorization: `Bearer ${this.adminToken}` },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const value: T = JSON.parse(await response.text());
        return value;
    }

    async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
        const ended = once(this.child, "exit");
        this.child.kill(signal);
        await ended;
    }
}

interface Load {
    /** The ids of objects whose creation the server has acknowledged. */
    readonly acknowledged: string[];
    stop(): Promise<void>;
}

/** Copies `source` on `connections` connections until told to stop, or until the server does not answer any more. */
export function copyUntilStopped(server: ServedFile, source: string, connections: number): Load {
    return createUntilStopped(connections, async () => {
        const { ImageId } = await server.ecs.ok("CopyImage", { ImageId: source });
        return ImageId;
    });
}

/** The same in the other cloud: creates disks. */
export function createDisksUntilStopped(server: ServedFile, connections: number): Load {
    const volume = { size: 10, volume_type: "SSD", availability_zone: "eu-de-01", name: "disk" };
    return createUntilStopped(connections, async () => {
        const { status, text, body } = await server.huawei.post("/v2/{pid}/cloudvolumes", { volume });
        assert.equal(status, 200, text);
        return body.volume_ids[0];
    });
}

/** Without an answer, fetch throws a TypeError and node:http a socket error. */
const isWithoutAnswer = (error: unknown): boolean =>
    error instanceof TypeError || (error instanceof Error && "code" in error && /^E[A-Z]+$/.test(String(error.code)));

function createUntilStopped(connections: number, make: () => Promise<string>): Load {
    const acknowledged: string[] = [];
    let isStopped = false;
    const work = async () => {
        while (!isStopped) {
            try {
                acknowledged.push(await make());
            } catch (error) {
                // A kill explains only this failure.
                if (!isWithoutAnswer(error)) throw error;
                return;
            }
        }
    };
    const all = Promise.all(Array.from({ length: connections }, work));
    return {
        acknowledged,
        stop: async () => {
            isStopped = true;
            await all;
        },
    };
}

/** The content of a data file, read without the simulator. */
export function readFile(path: string) {
    const database = new DatabaseSync(path);
    try {
        const texts = (sql: string) =>
            database
                .prepare(sql)
                .all()
                .map((row) => String(Object.values(row)[0]));
        return {
            integrity: texts("PRAGMA integrity_check"),
            copies: new Set(texts("SELECT id FROM objects WHERE kind = 'alibaba.ecsImage'")),
            copying: texts("SELECT id FROM objects WHERE kind = 'alibaba.ecsImage' AND body ->> 'status' = 'Creating'"),
            copyJobs: texts("SELECT body ->> 'imageId' FROM jobs WHERE kind = 'alibaba.ecsImage.copied'"),
            disks: new Set(texts("SELECT id FROM objects WHERE kind = 'huawei.volume'")),
            creating: texts("SELECT id FROM objects WHERE kind = 'huawei.volume' AND body ->> 'status' = 'creating'"),
            diskJobs: texts("SELECT body ->> 'volumeId' FROM jobs WHERE kind = 'huawei.disk.create'"),
            logged: texts(
                "SELECT ids FROM calls WHERE action IN ('ecs.CopyImage', 'evs.CreateVolume') AND outcome = 'ok'",
            ).join("\n"),
        };
    } finally {
        database.close();
    }
}
