import assert from "node:assert/strict";
import { CloudError } from "../../provider/dist/clouds/errors.js";
import { withRetries } from "../../provider/dist/clouds/retry.js";
import { fakeTime } from "./wire.ts";

function refusal(
    over: Partial<{ retryable: boolean; throttled: boolean; retryAfterMs: number; outcomeUnknown: boolean }> = {},
) {
    return new CloudError("busy", {
        cloud: "SWAS",
        operation: "ListDisks",
        code: "Throttling",
        status: 400,
        retryable: true,
        ...over,
    });
}

/** Fails with these errors in turn, then answers "done". */
function failing(...errors: Error[]) {
    const left = [...errors];
    let calls = 0;
    const call = async () => {
        calls++;
        const error = left.shift();
        if (error) throw error;
        return "done";
    };
    return { call, calls: () => calls };
}

describe("retries", () => {
    it("a pause is a random part of a ceiling that doubles up to its cap", async () => {
        const time = fakeTime();
        const { call } = failing(...Array.from({ length: 8 }, () => refusal()));
        const random = () => 0.5;
        assert.equal(await withRetries(call, { time, random, idempotent: true }), "done");
        assert.deepEqual(time.sleeps, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    });

    it("the waiting time that the cloud asks for is respected, however small the jitter", async () => {
        const time = fakeTime();
        const { call } = failing(refusal({ retryAfterMs: 40_000 }), refusal({ retryAfterMs: 1 }));
        await withRetries(call, { time, random: () => 0.9, idempotent: true });
        assert.deepEqual(time.sleeps, [40_000, 900]);
    });

    it("a request that cannot succeed later is not retried", async () => {
        const { call, calls } = failing(refusal({ retryable: false }));
        await assert.rejects(withRetries(call, { time: fakeTime(), idempotent: true }), { code: "Throttling" });
        assert.equal(calls(), 1);
    });

    it("a request with an unknown outcome is retried only if it is idempotent", async () => {
        const time = fakeTime();
        const unknown = () => refusal({ outcomeUnknown: true });
        const idempotent = failing(unknown());
        assert.equal(await withRetries(idempotent.call, { time, idempotent: true }), "done");
        const single = failing(unknown());
        await assert.rejects(withRetries(single.call, { time, idempotent: false }), { outcomeUnknown: true });
        assert.equal(single.calls(), 1);
    });

    it("it gives up within two minutes, even if the jitter is always zero", async () => {
        for (const random of [() => 0, () => 0.99]) {
            const time = fakeTime();
            const startedAt = time.now();
            const always = async () => {
                throw refusal();
            };
            await assert.rejects(withRetries(always, { time, random, idempotent: true }), { code: "Throttling" });
            assert.ok(time.now() - startedAt <= 120_000);
            assert.ok(time.now() - startedAt >= 100_000);
        }
    });

    it("it gives up on a clock that does not advance", async () => {
        const time = { ...fakeTime(), now: () => 0 };
        const always = async () => {
            throw refusal();
        };
        await assert.rejects(withRetries(always, { time, random: () => 0, idempotent: true }), { code: "Throttling" });
    });

    it("it gives up at once if the cloud asks for more time than is left", async () => {
        const time = fakeTime();
        const { call } = failing(refusal({ retryAfterMs: 6000 }));
        await assert.rejects(withRetries(call, { time, idempotent: true, deadlineMs: 5000 }), { code: "Throttling" });
        assert.deepEqual(time.sleeps, []);
    });

    it("throttled requests are retried far beyond the deadline, and do not use it up", async () => {
        const time = fakeTime();
        const throttled = Array.from({ length: 30 }, () => refusal({ throttled: true, retryAfterMs: 60_000 }));
        const { call } = failing(refusal(), ...throttled, refusal());
        assert.equal(
            await withRetries(call, { time, random: () => 0.5, idempotent: true, deadlineMs: 30_000 }),
            "done",
        );
        assert.equal(time.sleeps.filter((ms) => ms === 60_000).length, 30);
    });

    it("throttling that lasts for hours is thrown in the end", async () => {
        const time = fakeTime();
        const always = async () => {
            throw refusal({ throttled: true, retryAfterMs: 60_000 });
        };
        await assert.rejects(withRetries(always, { time, idempotent: true }), { code: "Throttling" });
        assert.equal(time.sleeps.length, 120);
    });

    it("a request is retried once a minute, even if the cloud asks for a longer pause", async () => {
        for (const retryAfterMs of [3_600_000, 1e12, Number.POSITIVE_INFINITY]) {
            const time = fakeTime();
            const { call } = failing(refusal({ throttled: true, retryAfterMs }), refusal({ retryAfterMs: -5000 }));
            assert.equal(await withRetries(call, { time, random: () => 0, idempotent: true }), "done");
            assert.deepEqual(time.sleeps, [60_000, 100]);
        }
    });

    it("every attempt waits for its turn, which does not count towards the deadline", async () => {
        const time = fakeTime();
        const { call, calls } = failing(refusal(), refusal());
        let turns = 0;
        const turn = async () => {
            turns++;
            await time.sleep(600_000);
        };
        assert.equal(await withRetries(call, { time, random: () => 0.5, idempotent: true, turn }), "done");
        assert.deepEqual([turns, calls()], [3, 3]);
    });

    it("any error other than a refusal of the cloud is thrown at once", async () => {
        const { call, calls } = failing(new TypeError("a defect"));
        await assert.rejects(withRetries(call, { time: fakeTime(), idempotent: true }), { name: "TypeError" });
        assert.equal(calls(), 1);
    });

    it("an abort ends the waiting with its own reason", async () => {
        const abort = new AbortController();
        const { call } = failing(refusal(), refusal());
        const time = fakeTime();
        const rules = { time, idempotent: true, signal: abort.signal };
        const stopping = async () => {
            abort.abort(new Error("stopped by the user"));
            return call();
        };
        await assert.rejects(withRetries(stopping, rules), { message: "stopped by the user" });
        assert.deepEqual(time.sleeps, []);
    });

    it("nothing is sent after an abort", async () => {
        const { call, calls } = failing();
        const signal = AbortSignal.abort(new Error("stopped by the user"));
        await assert.rejects(withRetries(call, { time: fakeTime(), idempotent: true, signal }), {
            message: "stopped by the user",
        });
        assert.equal(calls(), 0);
    });
});
