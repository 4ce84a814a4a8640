import { createHash } from "node:crypto";
import { type Bench, golden, partner, wholeImage } from "../client.ts";
import { aBackup, aCsbsBackup, aDisk, aSystemImage, patch, wholeImagesPath } from "../rules/scene.ts";

/** One id of every kind that a path or a body can name, by the name of the path parameter. */
export const kinds = [
    "image_id",
    "server_id",
    "instance_id",
    "volume_id",
    "snapshot_id",
    "vault_id",
    "backup_id",
    "checkpoint_id",
    "checkpoint_item_id",
    "operation_log_id",
    "job_id",
    "project_id",
    "id",
    "token",
] as const;

export type Ids = Readonly<Record<(typeof kinds)[number], string>>;

/** Ids that do not exist. */
export function unknownIds(): Ids {
    const digits = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 32);
    const uuid = (name: string) => digits(name).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    const isHex = (name: string) => ["job_id", "project_id", "id", "token"].includes(name);
    const all = kinds.map((name) => [name, isHex(name) ? digits(name) : uuid(name)]);
    const project = digits("project_id");
    return { ...(Object.fromEntries(all) as Ids), project_id: project, id: project };
}

async function logIn({ simulator }: Bench): Promise<string> {
    const user = { name: "golden-admin", password: "simulated-huawei-password-1", domain: { name: "golden" } };
    const identity = { methods: ["password"], password: { user } };
    const auth = { identity, scope: { project: { id: golden.project } } };
    const response = await fetch(`${simulator.url}/v3/auth/tokens`, { method: "POST", body: JSON.stringify({ auth }) });
    return response.headers.get("x-subject-token") ?? "";
}

/** The ids of the golden project's objects. Every object that can have a name is called "secret". */
export async function victimIds(bench: Bench, profile: "cbr" | "csbs"): Promise<Ids> {
    const { golden: client } = bench;
    const none = unknownIds();
    const own: Partial<Ids> = profile === "cbr" ? await inCbr(bench) : await inCsbs(bench);
    const image_id = await aSystemImage(bench);
    await patch(bench, image_id, "/name", "secret-system");
    await client.post(`/v2/{pid}/images/${image_id}/tags`, { tag: { key: "secret-key", value: "secret-value" } });
    const path = `/v1/{pid}/cloudservers/${golden.server}`;
    await client.put(path, { server: { name: "secret-server", description: "secret-text" } });
    await client.post(`${path}/tags/action`, {
        action: "create",
        tags: [{ key: "secret-key", value: "secret-value" }],
    });
    const volume_id = await aDisk(bench);
    const { body } = await client.post("/v2/{pid}/cloudsnapshots", {
        snapshot: { volume_id, name: "secret-snapshot" },
    });
    const creation = await client.post(wholeImagesPath, {
        name: "secret-whole",
        instance_id: golden.server,
        vault_id: golden.vault,
    });
    return {
        ...none,
        ...own,
        image_id,
        server_id: golden.server,
        instance_id: golden.server,
        volume_id,
        snapshot_id: body.snapshot.id,
        vault_id: golden.vault,
        job_id: creation.body.job_id,
        project_id: golden.project,
        id: golden.project,
        token: await logIn(bench),
    };
}

async function inCbr(bench: Bench): Promise<Partial<Ids>> {
    await wholeImage(bench, { name: "secret-erp" });
    const backup_id = await aBackup(bench);
    const { backup } = (await bench.golden.get(`/v3/{pid}/backups/${backup_id}`)).body;
    const { operation_logs } = (await bench.golden.get("/v3/{pid}/operation-logs")).body;
    return { backup_id, checkpoint_id: backup.checkpoint_id, operation_log_id: operation_logs[0].id };
}

async function inCsbs(bench: Bench): Promise<Partial<Ids>> {
    const { id, checkpoint_id } = await aCsbsBackup(bench);
    return { checkpoint_item_id: id, checkpoint_id };
}

/** Objects of the partner, to be named in a path with ids of others. */
export async function ownIds({ partner: client, seconds }: Bench): Promise<Partial<Ids>> {
    const server_id = (await client.get("/v1/{pid}/cloudservers/detail")).body.servers[0].id;
    const { body } = await client.post("/v2/cloudimages/action", { name: "intruder", instance_id: server_id });
    seconds(500);
    const image_id = (await client.job(body.job_id)).entities.image_id;
    return { server_id, instance_id: server_id, vault_id: partner.vault, image_id };
}
