import assert from "node:assert/strict";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";
import { jsonAnswer } from "../../../provider/dist/simulator/core/wire.js";
import { grouped } from "../../../provider/dist/simulator/groups.js";

const thing = kind<{ size: number }>("test.thing");
const scope = { cloud: "alibaba", account: "1", region: "here" } as const;
const failure = jsonAnswer(500, "failed");

describe("requests that arrive together", () => {
    let sim: Simulation;
    let events: string[];
    let reported: unknown[];
    let groups: ReturnType<typeof grouped>;
    beforeEach(() => {
        sim = new Simulation({ path: ":memory:", seed: 1, clock: { mode: "frozen" }, wallNow: () => 0 });
        events = [];
        reported = [];
        groups = serve((work) => sim.database.transaction(work));
    });
    afterEach(() => sim.close());

    /** Stores an object named by the path. "/broken" stores it and then throws. */
    function serve(commit: <T>(work: () => T) => T) {
        return grouped({
            answer: ({ path }) =>
                sim.database.transaction(() => {
                    sim.store(scope).put(thing, path, { size: 1 });
                    if (path === "/broken") throw new Error("broken");
                    events.push(`done ${path}`);
                    return jsonAnswer(200, path);
                }),
            commit: (work) => {
                const result = commit(work);
                events.push("committed");
                return result;
            },
            failure,
            onError: (error) => reported.push(error),
        });
    }

    const ask = (path: string) =>
        groups.answer({ method: "GET", path, query: "", headers: {}, body: Buffer.alloc(0) }).then(({ status }) => {
            events.push(`answered ${path}`);
            return status;
        });
    const stored = () =>
        sim
            .store(scope)
            .list(thing)
            .map(({ id }) => id);

    it("share one commit, and none is answered before it", async () => {
        assert.deepEqual(await Promise.all([ask("/a"), ask("/b")]), [200, 200]);
        assert.deepEqual(events, ["done /a", "done /b", "committed", "answered /a", "answered /b"]);
        await ask("/c");
        assert.deepEqual(events.slice(5), ["done /c", "committed", "answered /c"]);
    });

    it("keep their changes if one of them throws; only that one is undone", async () => {
        assert.deepEqual(await Promise.all([ask("/a"), ask("/broken"), ask("/b")]), [200, 500, 200]);
        assert.deepEqual(stored(), ["/a", "/b"]);
        assert.match(String(reported), /broken/);
    });

    it("are all answered as failed if their commit fails, and change nothing", async () => {
        groups = serve((work) =>
            sim.database.transaction(() => {
                work();
                throw new Error("the disk is full");
            }),
        );
        assert.deepEqual(await Promise.all([ask("/a"), ask("/b")]), [500, 500]);
        assert.deepEqual(stored(), []);
        assert.match(String(reported), /the disk is full/);
    });

    it("are not started after the simulator is closed", async () => {
        void ask("/a");
        groups.end();
        await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(events, []);
    });
});
