import { CloudError } from "./errors";
import { currentPatience } from "./patience";

/** No account has this many objects, so a longer list is an error. */
const MOST_PAGES = 1000;
/** Progress is shown for lists with more pages than this. */
const QUICK_PAGES = 3;

/** One page of a list. */
export interface NextPage<T> {
    items: readonly T[];
    /** Whether the cloud reports no further page. */
    isLast: boolean;
    /**
     * Whether all objects that the cloud counted were read: some clouds return the last page again instead of an empty
     * one.
     */
    isComplete?: boolean;
}

/**
 * All pages of a list.
 *
 * @throws CloudError if pages repeat or do not end: an incomplete list must not be treated as complete
 */
export async function allPages<T>(
    asked: { cloud: string; operation: string },
    ask: (page: number, found: readonly T[]) => Promise<NextPage<T>>,
): Promise<T[]> {
    const found: T[] = [];
    const seen = new Set<string>();
    const patience = currentPatience();
    try {
        for (let page = 1; page <= MOST_PAGES; page++) {
            if (page > QUICK_PAGES) patience?.show(`reading page ${page} of ${asked.cloud} ${asked.operation}`);
            const { items, isLast, isComplete = false } = await ask(page, found);
            const text = JSON.stringify(items);
            const isRepeated = items.length > 0 && seen.has(text);
            if (isRepeated && isComplete) return found;
            if (isRepeated) throw endlessList(asked, `page ${page} of the list repeats an earlier page`);
            seen.add(text);
            found.push(...items);
            if (isLast) return found;
        }
        throw endlessList(asked, `the list has not ended after ${MOST_PAGES} pages`);
    } finally {
        patience?.show(undefined);
    }
}

/** The error for a page marker that was returned before. */
export function repeatedMarker(asked: { cloud: string; operation: string }): CloudError {
    return endlessList(asked, "the list refers to an earlier page as its next page");
}

function endlessList(asked: { cloud: string; operation: string }, reason: string): CloudError {
    return new CloudError(reason, { ...asked, code: "EndlessList", status: 200, retryable: false });
}
