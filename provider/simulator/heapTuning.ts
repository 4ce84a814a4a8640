/**
 * Keeps the memory of the command small. V8 lets the space of new objects grow to 16 MiB a half and more, whatever
 * lives in it: with 10,000 images that was more than the images. Its limit can only be set when a process starts, and
 * starting a second one costs time; how fast it grows can be set at any time.
 *
 * Imported before everything else, so that loading modules does not make it grow. Never by the embedded simulator,
 * whose process belongs to somebody else.
 *
 * @module
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Times the 1 MiB with which V8 begins. With less, answers that are under way are taken for old and stay. */
const growth = 4;

function growBy(factor: number): void {
    setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function size(): number {
    return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
}

/** It grows at a collection after which as much has survived in it as it holds. */
function growOnce(): void {
    const before = size();
    const survivors: number[][] = [];
    growBy(growth);
    // Its two halves may come one after the other. Six times its size at most: with any V8 this ends.
    for (let bytes = 0; size() <= 2 * before && bytes < 6 * before; bytes += 80_000) {
        survivors.push(new Array(10_000).fill(0.5));
    }
    growBy(1);
}

growOnce();
