import assert from "node:assert/strict";
import { connectClouds } from "../../provider/dist/clouds/connect.js";
import { systemTime } from "../../provider/dist/clouds/time.js";
import { holdingsInClouds } from "../../provider/dist/report/holdings.js";
import { readPreview } from "../../provider/dist/report/readPreview.js";
import { type Report, reportOf } from "../../provider/dist/report/report.js";
import type { LoggedCall } from "../../provider/dist/simulator/index.js";
import type { Change } from "../report/changes.ts";
import { actByHand, changeNamed, previewJson } from "../report/previewJson.ts";
import { type EngineStack, engineStack } from "./stack.ts";

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

    /** The change is previewed, with what the clouds say. */
    async function reported(change: Change): Promise<Report> {
        world.use(async () => change.before?.());
        await world.up();
        await actByHand(world, change);
        const config = await world.stack.getAllConfig();
        const clouds = connectClouds({
            config: (key) => config[key]?.value,
            environment: {},
            time: systemTime,
            random: () => 0.5,
        });
        const plan = readPreview(await previewJson(world, change));
        const report = reportOf(plan, await holdingsInClouds(plan.changes, clouds));
        world.use(async () => change.after());
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
