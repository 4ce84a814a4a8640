import assert from "node:assert/strict";
import { CloudError } from "../../provider/dist/clouds/errors.js";
import { joinEqual } from "../../provider/dist/clouds/joinedLookups.js";
import { Pacer } from "../../provider/dist/clouds/pacing.js";
import { remembered } from "../../provider/dist/clouds/remembered.js";
import { withRetries } from "../../provider/dist/clouds/retry.js";
import { StepPatience } from "../../provider/dist/clouds/stepPatience.js";
import { plainClock, type VirtualTime, virtualTime } from "../virtualTime.ts";

function refusal(over: { throttled?: boolean; retryAfterMs?: number; outcomeUnknown?: boolean } = {}) {
    const failure = { cloud: "SWAS", operation: "ListDisks", code: "Throttling.User", status: 400, retryable: true };
    return new CloudError("flow control", { ...failure, ...over });
}

/** A step of 20 s, and the messages that it showed. */
function step(time: VirtualTime, over: { limitMs?: number; countsTurns?: boolean } = {}) {
    const shown: string[] = [];
    const show = (message: string) => void shown.push(message);
    const patience = new StepPatience({ time, limitMs: 20_000, setting: "timeouts.create", show, ...over });
    return { patience, shown };
}

const never = async () => {
    throw refusal({ throttled: true });
};

describe("the time of a step", () => {
    it("ends endless throttling, reports what the step waited for, and shows it meanwhile", async () => {
        const time = virtualTime(plainClock(0));
        const { patience, shown } = step(time);
        const asked = { cloud: "SWAS", operation: "ListDisks" };
        const work = () => withRetries(never, { asked, time, random: () => 0.5, idempotent: true });
        await assert.rejects(
            time.run(() => patience.run(work)),
            /^CloudError: SWAS ListDisks: flow control \(Throttling.User\): (gave up|timed out).* timeouts.create$/,
        );
        assert.ok(time.now() > 19_000 && time.now() <= 20_000, `${time.now()} ms`);
        assert.match(shown[0] ?? "", /^SWAS ListDisks: flow control; retrying in/);
    });

    it("is not used up if the cloud asks for a longer pause", async () => {
        const time = virtualTime(plainClock(0));
        const call = async () => {
            throw refusal({ throttled: true, retryAfterMs: 3_600_000 });
        };
        const work = () => step(time).patience.run(() => withRetries(call, { time, idempotent: true }));
        await assert.rejects(time.run(work), /next request may be sent in 60 s, and only 20 s are left/);
        assert.equal(time.now(), 0);
    });

    it("keeps that the outcome of a request is unknown", async () => {
        const time = virtualTime(plainClock(0));
        const { patience } = step(time);
        const call = async () => {
            await time.sleep(20_000);
            throw refusal({ outcomeUnknown: true });
        };
        const work = () => patience.run(() => withRetries(call, { time, idempotent: false }));
        await assert.rejects(time.run(work), { outcomeUnknown: true, gaveUp: /^timed out after 20 s/ });
    });

    it("prevents requests after its end, and the user gets the first failure", async () => {
        const time = virtualTime(plainClock(0));
        const { patience } = step(time);
        let later = 0;
        const work = async () => {
            await withRetries(never, { time, idempotent: true }).catch(() => {});
            await time.sleep(5000);
            await withRetries(async () => void later++, { time, idempotent: true });
        };
        await assert.rejects(
            time.run(() => patience.run(work)),
            /flow control/,
        );
        assert.equal(later, 0);
    });

    it("ends a loop that only sleeps", async () => {
        const time = virtualTime(plainClock(0));
        const { patience, shown } = step(time);
        const work = async () => {
            for (;;) await patience.time.sleep(6000);
        };
        await assert.rejects(
            time.run(() => patience.run(work)),
            /timed out after 20 s \(waiting before the next request\)/,
        );
        assert.equal(time.now(), 20_000);
        assert.ok(shown.length > 0);
    });

    it("ends the waiting of one step for a joined call, and the call continues for the other", async () => {
        const time = virtualTime(plainClock(0));
        let sent = 0;
        const list = joinEqual((began) =>
            withRetries(
                async () => {
                    began();
                    if (++sent < 12) throw refusal({ throttled: true, retryAfterMs: 5000 });
                    return "answer";
                },
                { time, random: () => 0, idempotent: true },
            ),
        );
        const short = step(time).patience.run(() => list());
        const long = step(time, { limitMs: 600_000 }).patience.run(() => list());
        const [ended, answered] = await time.run(() => Promise.allSettled([short, long]));
        assert.match(ended.status === "rejected" ? String(ended.reason) : "", /timed out after 20 s/);
        assert.deepEqual(answered, { status: "fulfilled", value: "answer" });
    });

    it("ends a joined call if none of its callers has time left", async () => {
        const time = virtualTime(plainClock(0));
        let sent = 0;
        const list = joinEqual((began) =>
            withRetries(
                async () => {
                    began();
                    sent++;
                    throw refusal({ throttled: true, retryAfterMs: 5000 });
                },
                { time, random: () => 0, idempotent: true },
            ),
        );
        const both = [step(time), step(time)].map(({ patience }) => patience.run(() => list()));
        const ended = await time.run(() => Promise.allSettled(both));
        assert.ok(ended.every(({ status }) => status === "rejected"));
        const then = sent;
        await time.run(() => time.sleep(600_000));
        assert.equal(sent, then);
    });

    it("of one caller of a cached request does not end the request for another", async () => {
        const time = virtualTime(plainClock(0));
        let asked = 0;
        const plans = remembered<undefined, string>(async () => {
            const answer = async () => {
                if (++asked < 12) throw refusal({ throttled: true, retryAfterMs: 5000 });
                return "plans";
            };
            return withRetries(answer, { time, random: () => 0, idempotent: true });
        });
        const short = step(time).patience.run(() => plans(undefined));
        const long = step(time, { limitMs: 600_000 }).patience.run(() => plans(undefined));
        const [ended, answered] = await time.run(() => Promise.allSettled([short, long]));
        assert.equal(ended.status, "rejected");
        assert.deepEqual(answered, { status: "fulfilled", value: "plans" });
        assert.equal(asked, 12);
    });

    it("ends the waiting for a turn without using the turn or blocking later callers", async () => {
        const time = virtualTime(plainClock(0));
        const pacer = new Pacer({ calls: 1, windowMs: 60_000, isCertain: true }, time);
        await pacer.turn("List");
        const { patience, shown } = step(time);
        const short = patience.run(() => pacer.turn("List"));
        const next = pacer.turn("List");
        const [ended] = await time.run(() => Promise.allSettled([short, next]));
        assert.equal(ended.status, "rejected");
        assert.equal(Math.round(time.now() / 1000), 61);
        assert.match(shown[0] ?? "", /List is waiting for the call quota/);
    });

    it("of a lookup is not used up by waiting for a turn within the quota", async () => {
        const time = virtualTime(plainClock(0));
        const pacer = new Pacer({ calls: 1, windowMs: 60_000, isCertain: true }, time);
        const { patience } = step(time, { countsTurns: false });
        const work = async () => {
            for (let call = 0; call < 4; call++) await pacer.turn("List");
            return patience.left();
        };
        assert.equal(await time.run(() => patience.run(work)), 20_000);
    });
});
