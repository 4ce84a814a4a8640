import assert from "node:assert/strict";
import { joinEqual, joinLookups } from "../../provider/dist/clouds/joinedLookups.js";

/** A cloud that answers when the test tells it to, and records the questions of every call. */
function cloud(options: { most?: number; bad?: string } = {}) {
    const objects = new Map<string, number>();
    const calls: (readonly string[])[] = [];
    const held: (() => void)[] = [];
    let isHeld = false;
    const badId = new Error("one id is malformed");
    const find = joinLookups({
        find: async (take) => {
            const ids = take();
            calls.push(ids);
            const found = ids.flatMap((id) => (objects.has(id) ? [{ id, version: objects.get(id) }] : []));
            if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
            if (options.bad !== undefined && ids.includes(options.bad)) throw badId;
            return found;
        },
        idOf: ({ id }) => id,
        most: options.most,
        isAboutOne: (error) => error === badId,
    });
    return {
        objects,
        calls,
        find,
        hold: () => {
            isHeld = true;
        },
        letGo: () => {
            isHeld = false;
            for (const go of held.splice(0)) go();
        },
        isAsked: async () => {
            while (held.length === 0) await new Promise(setImmediate);
        },
    };
}

describe("joined lookups", () => {
    it("simultaneous questions are answered by one call, each with its own object", async () => {
        const { objects, calls, find } = cloud();
        objects.set("a", 1).set("b", 2);
        const found = await Promise.all(["a", "b", "c", "a"].map((id) => find(id)));
        assert.deepEqual(found, [{ id: "a", version: 1 }, { id: "b", version: 2 }, undefined, { id: "a", version: 1 }]);
        assert.deepEqual(calls, [["a", "b", "c"]]);
    });

    it("an answer never comes from a call that started before the question", async () => {
        const { objects, calls, find, hold, letGo, isAsked } = cloud();
        hold();
        const early = find("a");
        await isAsked();
        objects.set("a", 1);
        const late = [find("a"), find("b")];
        letGo();
        assert.equal(await early, undefined);
        assert.deepEqual(await Promise.all(late), [{ id: "a", version: 1 }, undefined]);
        assert.deepEqual(calls, [["a"], ["a", "b"]]);
    });

    it("requests no more ids in one call than the cloud accepts", async () => {
        const { calls, find } = cloud({ most: 2 });
        await Promise.all(["a", "b", "a", "c", "d", "e"].map((id) => find(id)));
        assert.deepEqual(calls, [["a", "b"], ["c", "d"], ["e"]]);
    });

    it("one malformed id among many fails alone", async () => {
        const { objects, calls, find } = cloud({ bad: "d" });
        for (const id of ["a", "b", "c", "e", "f", "g", "h"]) objects.set(id, 1);
        const found = await Promise.allSettled(["a", "b", "c", "d", "e", "f", "g", "h"].map((id) => find(id)));
        assert.deepEqual(
            found.map(({ status }) => status),
            ["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled", "fulfilled"],
        );
        assert.equal(calls.length, 7, "halves, until the invalid id is alone");
    });

    it("a failed call fails for every caller, and the next question starts a new call", async () => {
        let calls = 0;
        const find = joinLookups<{ id: string }>({
            find: async (take) => {
                take();
                calls++;
                if (calls === 1) throw new Error("unreachable");
                return [{ id: "a" }];
            },
            idOf: ({ id }) => id,
        });
        const failed = await Promise.allSettled([find("a"), find("b")]);
        assert.deepEqual(
            failed.map((one) => one.status === "rejected" && String(one.reason)),
            ["Error: unreachable", "Error: unreachable"],
        );
        assert.equal(calls, 1);
        assert.deepEqual(await find("a"), { id: "a" });
    });

    it("a call that fails before it is sent fails for every caller, and is not repeated endlessly", async () => {
        const find = joinLookups<{ id: string }>({
            find: () => Promise.reject(new Error("aborted")),
            idOf: ({ id }) => id,
        });
        await assert.rejects(find("a"), /aborted/);
    });

    it("questions that arrive before the request is sent or retried are included", async () => {
        const sent: (readonly string[])[] = [];
        let open = () => {};
        const gate = new Promise<void>((resolve) => {
            open = resolve;
        });
        const find = joinLookups<{ id: string }>({
            find: async (take) => {
                await gate;
                sent.push(take());
                await new Promise(setImmediate);
                sent.push(take());
                return [];
            },
            idOf: ({ id }) => id,
        });
        const early = find("a");
        await new Promise(setImmediate);
        const late = find("b");
        open();
        await gate;
        const again = find("c");
        await Promise.all([early, late, again]);
        assert.deepEqual(sent, [
            ["a", "b"],
            ["a", "b", "c"],
        ]);
    });

    it("an abort ends only the waiting of its own caller", async () => {
        const { objects, find, calls, hold, letGo, isAsked } = cloud();
        objects.set("a", 1).set("b", 1).set("c", 1);
        hold();
        const first = find("a");
        await isAsked();
        const stop = new AbortController();
        const givenUp = find("b", stop.signal);
        const other = find("c", stop.signal);
        const kept = find("c");
        stop.abort(new Error("stopped by the user"));
        await assert.rejects(givenUp, /stopped by the user/);
        await assert.rejects(other, /stopped by the user/);
        letGo();
        assert.deepEqual(await Promise.all([first, kept]), [
            { id: "a", version: 1 },
            { id: "c", version: 1 },
        ]);
        assert.deepEqual(calls, [["a"], ["c"]]);
        await assert.rejects(find("a", stop.signal), /stopped by the user/);
    });
});

describe("equal calls", () => {
    it("are one call for all callers while no call, or an older one, is running", async () => {
        let calls = 0;
        const list = joinEqual(async (began) => {
            began();
            const call = ++calls;
            await new Promise(setImmediate);
            return call;
        });
        const first = [list(), list(), list()];
        await new Promise(setImmediate);
        assert.equal(calls, 1);
        const second = [list(), list()];
        assert.deepEqual(await Promise.all([...first, ...second]), [1, 1, 1, 2, 2]);
    });
});
