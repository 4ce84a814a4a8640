import assert from "node:assert/strict";
import { Departures } from "../../../provider/dist/pulumi/dynamic/departures.js";

const golden = { name: "image", value: "m-1" };

describe("the deletions of a run that others wait for", () => {
    let departures: Departures;
    let now: number;
    // Passes while somebody sleeps.
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
    const settled = () => departures.settled(golden, time, 1000);

    it("there is nothing to wait for when nothing with this input is deleted", async () => {
        departures.expect("m-2/ecs", { image: "m-2" });
        assert.equal(await settled(), false);
    });

    it("one that runs is waited for, whether it succeeds or fails, and once", async () => {
        for (const error of [undefined, new Error("no")]) {
            let isOver = false;
            const deletion = departures.during("m-1/ecs", { image: "m-1" }, async () => {
                await new Promise((resolve) => setTimeout(resolve, 5));
                isOver = true;
                if (error) throw error;
            });
            const failure = deletion.catch(({ message }) => message);
            assert.equal(await settled(), true);
            assert.ok(isOver);
            await failure;
            assert.equal(await settled(), false);
        }
    });

    it("one that is expected may begin later", async () => {
        departures.expect("m-1/ecs", { image: "m-1" });
        let isOver = false;
        const begin = async () => {
            await time.sleep(10_000);
            await departures.during("m-1/ecs", { image: "m-1" }, async () => {
                isOver = true;
            });
        };
        const [waited] = await Promise.all([settled(), begin()]);
        assert.ok(waited && isOver);
    });

    it("two of the same object run one after the other", async () => {
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

    it("one that never begins is given up after half a minute", async () => {
        departures.expect("m-1/ecs", { image: "m-1" });
        assert.equal(await settled(), true);
        assert.equal(now, 30_000);
        assert.equal(await settled(), false);
    });
});
