/** The number of words that are compared for one collection: enough for 40 typing errors among 5,000 names. */
const mostComparisons = 200_000;

const comparisons = new WeakMap<object, number>();

/**
 * The word that the user probably meant, or undefined if no word is similar enough.
 *
 * @param collection where the words come from; after too many comparisons for it, the result is undefined
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
    // Up to a third of the letters may differ.
    return best && best.distance <= Math.max(1, Math.ceil(best.word.length / 3)) ? best.word : undefined;
}

/** The number of letters to insert, delete or replace to turn one text into the other (Levenshtein distance). */
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
