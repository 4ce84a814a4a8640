/**
 * Keeps the memory of the command small. V8 lets each half of the space for new objects grow to 16 MiB or more,
 * whatever it contains: with 10,000 images, that was more than the images. The limit of that space can be set only when
 * a process starts, and a second process takes time to start. The growth factor can be set at any time.
 *
 * Import it before everything else, so that loading modules does not make the space grow. The embedded simulator must
 * not import it, because its process belongs to another program.
 *
 * @module
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** A multiple of the 1 MiB that V8 starts with. With less, V8 promotes answers in progress to the old generation. */
const growth = 4;

function growBy(factor: number): void {
    setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function size(): number {
    return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
}

/** V8 grows the space after a collection in which as much survived as the space holds. */
function growOnce(): void {
    const before = size();
    const survivors: number[][] = [];
    growBy(growth);
    // The two halves can grow one after the other. The limit of six times the initial size ends the loop with any V8.
    for (let bytes = 0; size() <= 2 * before && bytes < 6 * before; bytes += 80_000) {
        survivors.push(new Array(10_000).fill(0.5));
    }
    growBy(1);
}

growOnce();
