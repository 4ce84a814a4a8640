import assert from "node:assert/strict";
import { waitUntil } from "../../provider/dist/reconcile/polling/waiting.js";

/** A clock that advances only by sleeping, and an operation that is ready at `readyAt`. */
function clock() {
    let now = 0;
    const sleeps: number[] = [];
    const reports: string[] = [];
    const never = () => Promise.reject(new Error("not used"));
    return {
        sleeps,
        reports,
        now: () => now,
        context: {
            time: {
                now: () => now,
                sleep: async (ms: number) => {
                    sleeps.push(ms);
                    now += ms;
                },
            },
            report: (message: string) => void reports.push(message),
            clouds: { pollMs: 6000, speed: 1, alibaba: never, huawei: never },
        },
    };
}

describe("waiting", () => {
    it("sleeps according to progress, never shorter than the quota allows, and reports what it waits for", async () => {
        const { context, sleeps, reports, now } = clock();
        const poll = async () =>
            now() >= 400_000 ? { done: "ready" } : { pending: "creating the image", progress: now() / 400_000 };
        assert.equal(await waitUntil({ context, what: "image m-1", poll, limit: 3_600_000 }), "ready");
        assert.ok(sleeps.length < 20, `${sleeps.length} looks`);
        assert.ok(
            sleeps.every((ms) => ms >= 6000 && ms <= 60_000),
            sleeps.join(" "),
        );
        assert.match(reports.join("\n"), /creating the image \d+% \(about \d+ (min|s) left\)/);
    });

    it("polls rarely at first if it knows only the usual duration", async () => {
        const { context, sleeps, now } = clock();
        const poll = async () => (now() >= 180_000 ? { done: true } : { pending: "creating" });
        await waitUntil({ context, what: "image m-1", poll, limit: 3_600_000, expected: 180_000 });
        assert.ok(sleeps.length <= 16, `${sleeps.length} looks`);
        assert.ok(sleeps.every((ms) => ms >= 6000));
    });

    it("polls ten times a minute, however long it takes", async () => {
        const { context, now } = clock();
        const polls: number[] = [];
        const poll = async () => {
            polls.push(now());
            return now() >= 1_800_000 ? { done: true } : { pending: "creating" };
        };
        await waitUntil({ context, what: "image m-1", poll, limit: 3_600_000 });
        const inOneMinute = polls.map((from) => polls.filter((at) => at >= from && at < from + 60_000).length);
        assert.ok(Math.max(...inOneMinute) <= 10, `${Math.max(...inOneMinute)} looks`);
        assert.ok(polls.length >= 290, `${polls.length} looks`);
    });

    it("times out at the limit, and reports what it waited for and how to continue", async () => {
        const { context, now } = clock();
        const poll = async () => ({ pending: "creating the image" });
        await assert.rejects(
            waitUntil({ context, what: "image m-1", poll, limit: 600_000 }),
            /waiting for image m-1 timed out after 10 min \(creating the image\)\. Run the same command again/,
        );
        assert.equal(now(), 600_000);
    });

    it("passes on the error if waiting is pointless", async () => {
        const { context } = clock();
        const poll = () => Promise.reject(new Error("the image failed"));
        await assert.rejects(waitUntil({ context, what: "image m-1", poll, limit: 1000 }), /the image failed/);
    });
});
