import assert from "node:assert/strict";
import { concatenated, filtered, mapped, reversed, type Sliced } from "../../../provider/dist/simulator/core/slices.js";
import { random, seedOfRun } from "./random.ts";

const seed = seedOfRun();

describe(`lists that are read in parts (SEED=${seed})`, () => {
    it("equal, when concatenated, one array of their items", () => {
        const dice = random(seed);
        for (let round = 0; round < 500; round++) {
            const lists = Array.from({ length: dice(5) }, (_, list) =>
                Array.from({ length: dice(6) }, (_, item) => `${list}/${item}`),
            );
            const all = lists.flat();
            const both = concatenated(...lists);
            assert.equal(both.length, all.length);
            assert.deepEqual(both.slice(), all);
            const [start, end] = [dice(30), dice(30)];
            assert.deepEqual(both.slice(start, end), all.slice(start, end));
            assert.deepEqual(both.slice(start), all.slice(start));
        }
    });

    it("show only the requested items, and read none without a condition", () => {
        const shown: number[] = [];
        const show = (item: number) => {
            shown.push(item);
            return `#${item}`;
        };
        const list = filtered(mapped([1, 2, 3, 4], show), [false]);
        assert.equal(list.length, 4);
        assert.deepEqual(list.slice(1, 3), ["#2", "#3"]);
        assert.deepEqual(shown, [2, 3]);
    });

    it("meet every condition", () => {
        const numbers: Sliced<number> = [1, 2, 3, 4, 5, 6];
        const found = filtered(numbers, [(item) => item % 2 === 0, false, (item) => item > 2]);
        assert.deepEqual([found.length, found.slice()], [2, [4, 6]]);
    });

    it("equal, when filtered and concatenated, arrays, whatever part is requested", () => {
        const dice = random(seed);
        for (let round = 0; round < 500; round++) {
            const numbers = Array.from({ length: dice(1500) }, (_, index) => index);
            const divisor = dice(6) + 1;
            const isWanted = (number: number) => number % divisor === 0;
            const expected = [...numbers.filter(isWanted), ...numbers];
            const found = concatenated(filtered(numbers, [isWanted]), numbers);
            const [start, end] = [dice(2000), dice(2000)];
            assert.deepEqual(found.slice(start, end), expected.slice(start, end));
            assert.equal(found.length, expected.length);
            assert.deepEqual(found.slice(), expected);
        }
    });

    it("are read only as far as requested", () => {
        let read = 0;
        const slice = (start = 0, end = 100_000) => {
            read += end - start;
            return Array.from({ length: end - start }, (_, index) => start + index);
        };
        const numbers = reversed({ length: 100_000, slice });
        const page = concatenated(filtered(numbers, [(number) => number % 2 === 0]), numbers).slice(0, 50);
        assert.deepEqual([page.length, ...page.slice(0, 2)], [50, 99_998, 99_996]);
        assert.ok(read < 1000, `${read} were read`);
    });
});
