import type { z } from "zod";
import { type Ask, joinEqual, joinLookups } from "../joinedLookups";
import { allPages } from "../pages";
import { isAboutOneObject } from "./failures";
import type { Query, Rpc } from "./rpc";

/** The clouds accept at most 100 ids in one request (docs/reference/alibaba-api.md#paging). */
const IDS_PER_REQUEST = 100;
const ITEMS_PER_PAGE = 100;

/** One page of a list. */
export interface Page<T> {
    items: T[];
    /** Items on all pages; undefined if the cloud does not report it. */
    total?: number;
}

/** A listing action. */
export interface ListRequest<T> {
    action: string;
    /** A function is called each time the request for the first page is sent. */
    query?: Query;
    page: z.ZodType<Page<T>>;
    /** @default 100 */
    pageSize?: number;
}

/** All pages of a list, by PageNumber and PageSize. */
export async function listAll<T>(rpc: Rpc, request: ListRequest<T>): Promise<T[]> {
    const { action, query, page, pageSize = ITEMS_PER_PAGE } = request;
    let asked: Record<string, unknown> | undefined;
    return allPages({ cloud: rpc.cloud, operation: action }, async (pageNumber, found: readonly T[]) => {
        const { items, total } = await rpc.ask({
            action,
            query: () => {
                if (pageNumber === 1) asked = typeof query === "function" ? query() : query;
                return { ...asked, PageNumber: pageNumber, PageSize: pageSize };
            },
            answer: page,
            idempotent: true,
        });
        // The cloud's count may be wrong: only a page that is not full can be the last one.
        const isComplete = total !== undefined && found.length + items.length >= total;
        const isShort = items.length < pageSize;
        return { items, isLast: items.length === 0 || (isShort && (total === undefined || isComplete)), isComplete };
    });
}

/**
 * A list filtered by ids, in requests of at most 100 ids. An empty list of ids sends no request, because the clouds
 * treat "no ids" as "all".
 *
 * @param ids undefined if the list is not filtered; `idsJson` is then undefined too
 */
export async function listByIds<T>(
    ids: readonly string[] | undefined,
    listSome: (idsJson: string | undefined) => Promise<T[]>,
): Promise<T[]> {
    if (ids === undefined) return listSome(undefined);
    const found: T[] = [];
    for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
        found.push(...(await listSome(JSON.stringify(ids.slice(start, start + IDS_PER_REQUEST)))));
    }
    return found;
}

/** A complete list; simultaneous calls are joined. */
export function listTogether<T>(
    rpc: Rpc,
    { query, ...request }: ListRequest<T> & { query?: Record<string, unknown> },
): (signal?: AbortSignal) => Promise<readonly T[]> {
    const listNow = (began: () => void) => {
        const asked = () => {
            began();
            return { ...query };
        };
        return listAll(rpc, { ...request, query: asked });
    };
    return joinEqual(listNow);
}

/** The paging parameters of a lookup with the largest number of ids. */
export const onePage = { PageNumber: 1, PageSize: ITEMS_PER_PAGE };

/**
 * Lookups by id that are joined into calls of at most 100 ids.
 *
 * @param lookup parameter: the parameter with the ids as a JSON list
 */
export function lookupByIds<T>(
    rpc: Rpc,
    lookup: { action: string; parameter: string; query?: Record<string, unknown>; page: z.ZodType<Page<T>> },
    idOf: (found: T) => string,
): Ask<string, T | undefined> {
    const { action, parameter, query, page } = lookup;
    return joinLookups({
        find: async (take) => {
            const { items } = await rpc.ask({
                action,
                query: () => ({ ...query, [parameter]: JSON.stringify(take()) }),
                answer: page,
                idempotent: true,
            });
            return items;
        },
        idOf,
        most: IDS_PER_REQUEST,
        isAboutOne: isAboutOneObject,
    });
}
