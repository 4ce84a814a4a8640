import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database } from "./database";
import type { Simulation } from "./simulation";

const row = {
    cloud: z.enum(["alibaba", "huawei"]),
    account: z.string(),
    region: z.string(),
    kind: z.string(),
    seq: z.int(),
    body: z.unknown(),
};

/** The objects and scheduled jobs of the clouds, without accounts, keys and records of past requests. */
export const stateDump = z.strictObject({
    objects: z.array(z.strictObject({ ...row, id: z.string() })),
    jobs: z.array(z.strictObject({ ...row, dueAt: z.int() })),
});

export type StateDump = z.infer<typeof stateDump>;

export function dumpState(database: Database): StateDump {
    const objects = database.all("SELECT * FROM objects WHERE is_record = 0 ORDER BY cloud, account, region, kind, id");
    const jobs = database.all("SELECT * FROM jobs ORDER BY due_at, seq");
    return stateDump.parse({
        objects: objects.map(({ body, is_record: _record, ...rest }) => ({ ...rest, body: JSON.parse(String(body)) })),
        jobs: jobs.map(({ body, due_at, ...rest }) => ({ ...rest, dueAt: due_at, body: JSON.parse(String(body)) })),
    });
}

/** Replaces the objects and jobs with a dump. Accounts, keys and records are kept. */
export function loadState(sim: Simulation, dump: StateDump): void {
    const { database } = sim;
    database.transaction(() => {
        sim.objects.forget();
        database.run("DELETE FROM objects WHERE is_record = 0");
        database.run("DELETE FROM jobs");
        for (const { cloud, account, region, kind, id, seq, body } of dump.objects) {
            database.run(
                "INSERT INTO objects (cloud, account, region, kind, id, seq, is_record, body) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
                cloud,
                account,
                region,
                kind,
                id,
                seq,
                JSON.stringify(body),
            );
        }
        for (const { cloud, account, region, kind, seq, dueAt, body } of dump.jobs) {
            database.run(
                "INSERT INTO jobs (seq, due_at, kind, cloud, account, region, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                seq,
                dueAt,
                kind,
                cloud,
                account,
                region,
                JSON.stringify(body),
            );
        }
        // The sequence of a dump from another simulation can be ahead.
        sim.continueAfter([...dump.objects, ...dump.jobs].reduce((last, { seq }) => Math.max(last, seq), 0));
    });
}

/** Deletes everything except the settings. The caller must seed the world again. */
export function clearState({ database, objects }: Simulation): void {
    database.transaction(() => {
        objects.forget();
        for (const table of ["objects", "jobs", "faults", "calls"]) database.run(`DELETE FROM ${table}`);
    });
}

/** Equal for equal states, whatever their history. */
export function stateHash(database: Database): string {
    return createHash("sha256")
        .update(JSON.stringify(dumpState(database)))
        .digest("hex");
}
