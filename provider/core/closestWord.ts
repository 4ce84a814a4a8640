/** How many words are compared for the sake of one collection: enough for 40 slips among 5,000 names. */
const mostComparisons = 200_000;

const comparisons = new WeakMap<object, number>();

/**
 * The word that was probably meant, or undefined when none is near enough to suggest.
 *
 * @param collection where the words come from, which does not answer any more once too many were compared
 */
export function closestWord(typed: string, words: readonly string[], collection?: object): string | undefined {
    if (collection) {
        const spent = comparisons.get(collection) ?? 0;
        if (spent + words.length > mostComparisons) return undefined;
        comparisons.set(collection, spent + words.length);
    }
    const ranked = words
        .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word.toLowerCase()) }))
        .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    // A third of the letters wrong is a slip; more is another word.
    return best && best.distance <= Math.max(1, Math.ceil(best.word.length / 3)) ? best.word : undefined;
}

/** Letters to insert, delete or replace to get from one text to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (const [i, a] of [...from].entries()) {
        const next = [i + 1];
        for (const [j, b] of [...to].entries()) {
            const replaced = (row[j] ?? 0) + (a === b ? 0 : 1);
            next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        }
        row = next;
    }
    return row[to.length] ?? 0;
}
