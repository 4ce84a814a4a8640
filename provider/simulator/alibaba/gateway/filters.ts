import { invalidParameter, type Parameter, positionsOf, text } from "./parameters";

/** Filters of a list, by parameter: whether an item is what is asked for. */
export type Filters<T> = Readonly<Record<string, (item: T, asked: string) => boolean>>;

export function filterParameters<T>(filters: Filters<T>): Readonly<Record<string, Parameter<string | undefined>>> {
    return Object.fromEntries(Object.keys(filters).map((name) => [name, text()]));
}

/** True when the item is what every filter that was given asks for. */
export function passes<T>(item: T, filters: Filters<T>, asked: Readonly<Record<string, unknown>>): boolean {
    return Object.entries(filters).every(([name, isAsked]) => {
        const wanted = asked[name];
        return typeof wanted !== "string" || isAsked(item, wanted);
    });
}

/** Of something that no item here has: who asks for it is shown nothing, and never everything. */
export const never = (): boolean => false;

/** Whether any of the filters was given. */
export function isFiltered<T>(filters: Filters<T>, asked: Readonly<Record<string, unknown>>): boolean {
    return Object.keys(filters).some((name) => typeof asked[name] === "string");
}

/** A flag that is the same for all items. */
export function always(value: boolean): (item: unknown, asked: string) => boolean {
    return (_item, asked) => asked.toLowerCase() === String(value);
}

/** When an item may have been created. */
interface Span {
    readonly from: number;
    readonly to: number;
}

const anyTime: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const noSpan: Span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

/** `Filter.1.Key=CreationStartTime&Filter.1.Value=2026-01-02T03:04Z`. Any other key finds nothing. */
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

/** NaN for what is no time, so that a filter by it finds nothing. */
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
