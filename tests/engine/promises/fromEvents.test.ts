import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEvents } from "../../../provider/dist/report/plan/readEvents.js";
import { type Report, reportOf } from "../../../provider/dist/report/report.js";
import { groups } from "../../report/changes.ts";
import { eventLog } from "../../report/previewJson.ts";
import { prepare } from "../../report/surroundings.ts";
import { type EngineStack, engineStack } from "../stack.ts";
import { reported } from "./applied.ts";

describe("a report of the real engine's event log", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("report-of-events");
    });
    after(() => world.close());

    it("equals the report of the same preview's JSON, except for what each step waits for", async () => {
        const change = groups.servers.find(({ name }) => name === "wipe");
        assert.ok(change);
        const report = await reported(world, change, await prepare(world, change));
        const fromEvents = reportOf(readEvents(readFileSync(join(world.folder, eventLog), "utf8")));
        const factsOf = ({ steps }: Report) =>
            steps.map(({ deed, name, place, id, erases }) => [deed, name, place, id, erases]);
        assert.deepEqual(factsOf(fromEvents), factsOf(report));
        assert.deepEqual(fromEvents.differences, report.differences);
    });
});
