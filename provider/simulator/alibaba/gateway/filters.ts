import { invalidParameter, type Parameter, positionsOf, text } from "./parameters";

/** Filters of a list by parameter name. A filter says whether an item matches. */
export type Filters<T> = Readonly<Record<string, (item: T, wanted: string) => boolean>>;

export function filterParameters<T>(filters: Filters<T>): Readonly<Record<string, Parameter<string | undefined>>> {
    return Object.fromEntries(Object.keys(filters).map((name) => [name, text()]));
}

/** Whether the item matches all given filters. */
export function passes<T>(item: T, filters: Filters<T>, params: Readonly<Record<string, unknown>>): boolean {
    return Object.entries(filters).every(([name, isAsked]) => {
        const wanted = params[name];
        return typeof wanted !== "string" || isAsked(item, wanted);
    });
}

/** A filter for a property that no simulated item has: it matches nothing. */
export const never = (): boolean => false;

/** Whether at least one filter is given. */
export function isFiltered<T>(filters: Filters<T>, params: Readonly<Record<string, unknown>>): boolean {
    return Object.keys(filters).some((name) => typeof params[name] === "string");
}

/** A filter for a flag that has the same value for all items. */
export function always(value: boolean): (item: unknown, wanted: string) => boolean {
    return (_item, wanted) => wanted.toLowerCase() === String(value);
}

/** A range of creation times. */
interface Span {
    readonly from: number;
    readonly to: number;
}

const anyTime: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const noSpan: Span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

/** `Filter.1.Key=CreationStartTime&Filter.1.Value=2026-01-02T03:04Z`. Any other key matches nothing. */
export const creationFilter: Parameter<Span> = {
    isId: false,
    read: (given, name) => {
        let span = anyTime;
        for (const position of positionsOf(given, name)) {
            const key = given.get(`${name}.${position}.Key`);
            const at = timeIn(given.get(`${name}.${position}.Value`) ?? "", `${name}.${position}.Value`);
            if (key === "CreationStartTime") span = { ...span, from: Math.max(span.from, at) };
            else if (key === "CreationEndTime") span = { ...span, to: Math.min(span.to, at) };
            else span = noSpan;
        }
        return span;
    },
};

/** NaN for an invalid time, so that the filter matches nothing. */
function timeIn(value: string, name: string): number {
    if (!value) throw invalidParameter(name, "it must be given with its Key");
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
}

export function isAnyTime(span: Span): boolean {
    return span === anyTime;
}

export function isCreatedIn(span: Span, createdAt: number): boolean {
    return createdAt >= span.from && createdAt <= span.to;
}
