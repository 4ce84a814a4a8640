import assert from "node:assert/strict";
import { type CallQuota, Pacer } from "../../provider/dist/clouds/pacing.js";
import { plainClock, virtualTime } from "../virtualTime.ts";

const minute = 60_000;
const quota: CallQuota = { calls: 10, windowMs: minute, isCertain: true };

function paced(over: Partial<CallQuota> = {}) {
    const time = virtualTime(plainClock(0));
    return { time, pacer: new Pacer({ ...quota, ...over }, time) };
}

/** When each of `count` calls was sent, seconds. */
async function departures(
    count: number,
    { time, pacer }: ReturnType<typeof paced>,
    action = "List",
): Promise<number[]> {
    const left: number[] = [];
    await time.run(() =>
        Promise.all(
            Array.from({ length: count }, async () => {
                await pacer.turn(action);
                left.push(time.now() / 1000);
            }),
        ),
    );
    return left;
}

const most = (left: readonly number[]) =>
    Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + 60).length));

describe("pacing", () => {
    it("sends a burst at once, and never more than the quota in any minute", async () => {
        const left = await departures(100, paced());
        assert.deepEqual(
            left.slice(0, 10),
            Array.from({ length: 10 }, () => 0),
        );
        assert.equal(most(left), 10);
        assert.ok((left.at(-1) ?? 0) <= 9 * 60 * 1.1, `the last left after ${left.at(-1)} s`);
    });

    it("allows another call as soon as an earlier one leaves the window, not a minute at a time", async () => {
        const world = paced();
        await departures(5, world);
        await world.time.run(() => world.time.sleep(30_000));
        const left = await departures(10, world);
        assert.deepEqual(left.map(Math.floor), [30, 30, 30, 30, 30, 60, 60, 60, 60, 60]);
    });

    it("counts every action separately", async () => {
        const world = paced();
        await departures(10, world, "List");
        assert.deepEqual(await departures(1, world, "Create"), [0]);
    });

    it("delays no call if the quota is not certain, until the cloud has throttled a call of the action", async () => {
        const world = paced({ isCertain: false });
        assert.ok((await departures(50, world)).every((at) => at === 0));
        world.pacer.throttled("List", 20_000);
        const left = await departures(11, world);
        assert.ok((left[0] ?? 0) >= 20, "not before the cloud wants it");
        assert.equal(most(left), 10);
        assert.ok((await departures(50, world, "Create")).every((at) => at === left.at(-1)));
    });

    it("an abort ends the waiting of one caller, and later callers move up", async () => {
        const world = paced();
        const { time, pacer } = world;
        await departures(10, world);
        const stop = new AbortController();
        const givenUp = pacer.turn("List", stop.signal);
        const next = pacer.turn("List");
        await time.run(async () => {
            await new Promise(setImmediate);
            stop.abort(new Error("stopped by the user"));
            await assert.rejects(givenUp, /stopped by the user/);
            await next;
        });
        assert.equal(Math.floor(time.now() / 1000), 60);
    });
});
