/** Shown in the names of tests. SEED=N repeats a run. */
export function seedOfRun(): number {
    return Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
}

/** Whole numbers from 0 to below `limit` that depend only on the seed (mulberry32). */
export function random(seed: number): (limit: number) => number {
    let state = seed;
    return (limit) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
    };
}
