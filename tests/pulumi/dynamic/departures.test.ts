import assert from "node:assert/strict";
import { Departures } from "../../../provider/dist/pulumi/dynamic/departures.js";

const golden = { name: "image", value: "m-1" };

describe("the deletions of a run that others wait for", () => {
    let departures: Departures;
    let now: number;
    // Time advances while somebody sleeps.
    const time = {
        now: () => now,
        async sleep(ms: number) {
            await new Promise(setImmediate);
            now += ms;
        },
    };
    beforeEach(() => {
        departures = new Departures();
        now = 0;
    });
    const wait = () => departures.waitFor(golden, time, 1000);

    it("there is nothing to wait for if no object with this input is deleted", async () => {
        departures.expect("m-2/ecs", { image: "m-2" });
        assert.equal(await wait(), false);
    });

    it("a running deletion is waited for once, whether it succeeds or fails", async () => {
        for (const error of [undefined, new Error("no")]) {
            let isOver = false;
            const deletion = departures.during("m-1/ecs", { image: "m-1" }, async () => {
                await new Promise((resolve) => setTimeout(resolve, 5));
                isOver = true;
                if (error) throw error;
            });
            const failure = deletion.catch(({ message }) => message);
            assert.equal(await wait(), true);
            assert.ok(isOver);
            await failure;
            assert.equal(await wait(), false);
        }
    });

    it("an expected deletion may begin later", async () => {
        departures.expect("m-1/ecs", { image: "m-1" });
        let isOver = false;
        const begin = async () => {
            await time.sleep(10_000);
            await departures.during("m-1/ecs", { image: "m-1" }, async () => {
                isOver = true;
            });
        };
        const [waited] = await Promise.all([wait(), begin()]);
        assert.ok(waited && isOver);
    });

    it("two deletions of the same object run one after the other", async () => {
        const log: string[] = [];
        const deletion = (name: string) => async () => {
            log.push(`${name} begins`);
            await new Promise(setImmediate);
            log.push(`${name} ends`);
        };
        const both = ["first", "second"].map((name) => departures.during("m-1", {}, deletion(name)));
        assert.ok(departures.isUnderWay("m-1"));
        await Promise.all(both);
        assert.deepEqual(log, ["first begins", "first ends", "second begins", "second ends"]);
        assert.ok(!departures.isUnderWay("m-1"));
    });

    it("waiting for a deletion that never begins ends after half a minute", async () => {
        departures.expect("m-1/ecs", { image: "m-1" });
        assert.equal(await wait(), true);
        assert.equal(now, 30_000);
        assert.equal(await wait(), false);
    });
});
