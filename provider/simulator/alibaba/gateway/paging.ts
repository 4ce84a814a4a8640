import { integer, withDefault } from "./parameters";

/** Parameters of every paged list; `largest` is the operation's own limit. */
export function pageParameters(largest: number) {
    return {
        PageNumber: withDefault(integer({ min: 1, max: 1_000_000 }), 1),
        PageSize: withDefault(integer({ min: 1, max: largest }), 10),
    };
}

interface Page<T> {
    readonly items: T[];
    readonly paging: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
}

/** A page past the end is empty, and TotalCount tells why. */
export function pageOf<T>(all: readonly T[], asked: { PageNumber: number; PageSize: number }): Page<T> {
    const start = (asked.PageNumber - 1) * asked.PageSize;
    return {
        items: all.slice(start, start + asked.PageSize),
        paging: { TotalCount: all.length, PageNumber: asked.PageNumber, PageSize: asked.PageSize },
    };
}
