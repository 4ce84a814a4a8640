/** The results of several rounds. */
export interface Spread {
    readonly min: number;
    readonly median: number;
    readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
    const middle = (sorted.length - 1) / 2;
    const median = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
    return { min: at(0), median, max: at(1) };
}

/** The value that this fraction of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
