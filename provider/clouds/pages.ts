import { CloudError } from "./errors";
import { currentPatience } from "./patience";

/** No account has so many objects: a list that goes on is not the account's. */
const MOST_PAGES = 1000;
/** A list of more pages takes its time, which is shown. */
const QUICK_PAGES = 3;

/** One page of a list. */
export interface NextPage<T> {
    items: readonly T[];
    /** Whether the cloud says that there is no other page. */
    isLast: boolean;
    /** Whether all that the cloud has counted is there: some clouds answer the last page again, instead of an empty one. */
    isComplete?: boolean;
}

/**
 * All pages of a list.
 *
 * @throws CloudError when pages come again or do not end: a list that is not whole must not pass for one
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
            if (isRepeated) throw noList(asked, `page ${page} of the list repeats an earlier page`);
            seen.add(text);
            found.push(...items);
            if (isLast) return found;
        }
        throw noList(asked, `the list has not ended after ${MOST_PAGES} pages`);
    } finally {
        patience?.show(undefined);
    }
}

/** A page that is reached by a marker which was given before comes before again. */
export function repeatedMarker(asked: { cloud: string; operation: string }): CloudError {
    return noList(asked, "the list refers to an earlier page as its next page");
}

function noList(asked: { cloud: string; operation: string }, reason: string): CloudError {
    return new CloudError(reason, { ...asked, code: "EndlessList", status: 200, retryable: false });
}
