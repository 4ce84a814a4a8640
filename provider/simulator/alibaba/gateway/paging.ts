import type { Sliced } from "../../core/slices";
import { integer, text, withDefault } from "./parameters";

/** Parameters of a paged list. `largest` is the operation's own limit. */
export function pageParameters(maxPageSize: number) {
    return {
        PageNumber: withDefault(integer({ min: 1, max: 1_000_000 }), 1),
        PageSize: withDefault(integer({ min: 1, max: maxPageSize }), 10),
    };
}

interface Page<T> {
    readonly items: T[];
    readonly paging: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
}

/** A page after the end is empty; TotalCount shows why. */
export function pageOf<T>(all: Sliced<T>, params: { PageNumber: number; PageSize: number }): Page<T> {
    const start = (params.PageNumber - 1) * params.PageSize;
    return {
        items: all.slice(start, start + params.PageSize),
        paging: { TotalCount: all.length, PageNumber: params.PageNumber, PageSize: params.PageSize },
    };
}

/** Parameters of ECS lists, which page by token or, as in older versions, by number. */
export const tokenParameters = {
    MaxResults: integer({ min: 1, max: 100 }),
    NextToken: text({ pattern: /^\d{1,9}$/ }),
    ...pageParameters(100),
};

interface TokenPageParams {
    readonly MaxResults?: number;
    readonly NextToken?: string;
    readonly PageNumber: number;
    readonly PageSize: number;
}

/** The page after a token. Without MaxResults and token, the page with the number. */
export function tokenPageOf<T>(all: readonly T[], params: TokenPageParams) {
    if (params.MaxResults === undefined && params.NextToken === undefined) {
        const { items, paging } = pageOf(all, params);
        return { items, paging: { ...paging, NextToken: "" } };
    }
    const start = Number(params.NextToken ?? 0);
    const next = start + (params.MaxResults ?? 10);
    const NextToken = next < all.length ? String(next) : "";
    return { items: all.slice(start, next), paging: { TotalCount: all.length, PageNumber: 0, PageSize: 0, NextToken } };
}
