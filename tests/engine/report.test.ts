import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readEvents } from "../../provider/dist/report/readEvents.js";
import { type Report, reportOf } from "../../provider/dist/report/report.js";
import type { LoggedCall } from "../../provider/dist/simulator/index.js";
import type { Change } from "../report/changes.ts";
import { actByHand, changeNamed, eventLog, previewJson } from "../report/previewJson.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const call = promisify(execFile);
const cli = join(import.meta.dirname, "..", "..", "provider", "dist", "cli", "main.js");

/** The calls that carry a step out, by its deed. */
const callsOf: Record<string, string[]> = {
    "create image": ["swas.CreateSnapshot", "swas.CreateCustomImage"],
    "create copy": ["swas.CopyCustomImage"],
    "create server": ["swas.CreateInstances"],
    "create instance": ["ecs.RunInstances"],
    "replace system disk": ["swas.ResetSystem"],
    "delete image": ["swas.DeleteCustomImage", "swas.DeleteSnapshot"],
    "delete copy": ["swas.DeleteCustomImage"],
    "delete server": ["bss.RefundInstance"],
    "delete instance": ["ecs.DeleteInstance"],
};

const callsOfShares: Record<string, string> = {
    "share with ECS": "swas.ModifyImageShareStatus",
    "unshare with ECS": "swas.ModifyImageShareStatus",
    "share with account 1000000000000002": "swas.AddCustomImageShareAccount",
    "unshare with account 1000000000000002": "swas.RemoveCustomImageShareAccount",
};

const counted = new Set([...Object.values(callsOf).flat(), ...Object.values(callsOfShares)]);

describe("what a report promises, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("report");
    });
    after(() => world.close());

    /** The change is previewed and reported by the command, with what the clouds say. */
    async function reported(change: Change): Promise<Report> {
        world.use(async () => change.before?.());
        await world.up();
        await actByHand(world, change);
        const { workDir, envVars } = world.stack.workspace;
        writeFileSync(join(workDir, "preview.json"), await previewJson(world, change));
        const args = [cli, "report", "--json", "--stack", "dev", "--input", "preview.json"];
        const { stdout } = await call(process.execPath, args, { cwd: workDir, env: { ...process.env, ...envVars } });
        world.use(async () => change.after());
        const report: Report = JSON.parse(stdout);
        assert.deepEqual([report.readFrom, report.readReason], ["cloud", undefined]);
        return report;
    }

    async function callsOfUp(): Promise<LoggedCall[]> {
        const from = world.calls().at(-1)?.seq ?? 0;
        await world.up();
        return world
            .calls()
            .filter(({ seq, outcome, action }) => seq > from && outcome === "ok" && counted.has(action));
    }

    for (const name of ["new-source", "everything"]) {
        it(`"${name}" makes just the calls of its steps, each after those that the report says it waits for`, async () => {
            const report = await reported(changeNamed(name));
            const calls = await callsOfUp();
            const left = calls.map(({ action, ids }, at) => ({ action, ids, at }));
            const ends = new Map<number, number>();
            for (const { number, deed, place, id, waitsFor } of report.steps) {
                const earliest = Math.max(-1, ...waitsFor.map((other) => ends.get(other) ?? -1));
                const deletes = deed.startsWith("delete");
                for (const action of callsOf[deed] ?? [callsOfShares[`${deed} ${place}`]]) {
                    const isOfObject = deletes && action !== "swas.DeleteSnapshot";
                    const index = left.findIndex(
                        (call) =>
                            call.action === action &&
                            call.at > earliest &&
                            (!isOfObject || call.ids.includes(id ?? "")),
                    );
                    assert.ok(index >= 0, `step ${number}: no ${action} after call ${earliest} of ${named(calls)}`);
                    ends.set(number, left[index]?.at ?? 0);
                    left.splice(index, 1);
                }
            }
            assert.deepEqual(left, [], `more than the report says: ${named(calls)}`);
            await world.destroy();
        });
    }

    it("is the same from the engine's event log, but for what each step waits for", async () => {
        const report = await reported(changeNamed("wipe"));
        const events = readFileSync(join(world.stack.workspace.workDir, eventLog), "utf8");
        const fromEvents = reportOf(readEvents(events));
        const told = ({ steps }: Report) =>
            steps.map(({ deed, name, place, id, erases }) => [deed, name, place, id, erases]);
        assert.deepEqual(told(fromEvents), told(report));
        assert.deepEqual(fromEvents.differences, report.differences);
    });

    it("names just the disks that are wiped", async () => {
        const { steps } = await reported(changeNamed("wipe"));
        const named = steps.flatMap(({ erases }) => (erases === undefined ? [] : [erases]));
        assert.equal(named.length, 1);
        assert.match(named[0] ?? "", /of server ace0706b2ac4454d984295a942130003 /);
        const wiped = (await callsOfUp()).filter(({ action }) => action === "swas.ResetSystem");
        assert.deepEqual(
            wiped.map(({ ids }) => ids[0]),
            ["ace0706b2ac4454d984295a942130003"],
        );
        await world.destroy();
    });

    it("is blocked by a share that somebody made by hand, in the words with which up then fails", async () => {
        const report = await reported(changeNamed("hand-made-share"));
        assert.equal(report.verdict, "blocked");
        assert.deepEqual(report.images[0]?.recipients, ["ECS"]);
        assert.equal(report.drift.length, 1);
        const { blockedBy = "?" } = report.steps[0] ?? {};
        await assert.rejects(world.up(), (error: Error) => error.message.includes(blockedBy));
    });
});

const named = (calls: readonly LoggedCall[]) => calls.map(({ action }) => action).join(", ");
