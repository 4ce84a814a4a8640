import type { z } from "zod";
import type { Rpc } from "./rpc";

/** The clouds take at most 100 ids in one request (reference alibaba.md section 2). */
const IDS_PER_REQUEST = 100;
const ITEMS_PER_PAGE = 100;

/** One page of a list. */
export interface Page<T> {
    items: T[];
    /** Items on all pages; undefined when the cloud does not say. */
    total?: number;
}

/** A listing action. */
export interface ListRequest<T> {
    action: string;
    query?: Record<string, unknown>;
    page: z.ZodType<Page<T>>;
    /** @default 100 */
    pageSize?: number;
}

/** All pages of a list, by PageNumber and PageSize. */
export async function listAll<T>(rpc: Rpc, request: ListRequest<T>): Promise<T[]> {
    const { action, query, page, pageSize = ITEMS_PER_PAGE } = request;
    const found: T[] = [];
    for (let pageNumber = 1; ; pageNumber++) {
        const { items, total } = await rpc.ask({
            action,
            query: { ...query, PageNumber: pageNumber, PageSize: pageSize },
            answer: page,
            idempotent: true,
        });
        found.push(...items);
        const last = total === undefined ? items.length < pageSize : found.length >= total;
        if (items.length === 0 || last) return found;
    }
}

/**
 * A list narrowed by ids: in requests of at most 100 ids, and none at all for an empty list, because the clouds
 * take "no ids" for "all".
 *
 * @param ids undefined when the list is not narrowed; `idsJson` is then undefined too
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
