import { ApiError } from "../../core/apiError";
import { apiError, type ErrorRule } from "../../core/errorRule";
import { gatewayRules } from "./gatewayRules";

/** One parameter of an operation: how its text becomes a value, and which error an invalid text returns. */
export interface Parameter<T> {
    readonly read: (given: ReadonlyMap<string, string>, name: string) => T;
    /** Whether it names an object. Such values appear in the call log. */
    readonly isId: boolean;
}

/** The values of an operation's parameters by name. */
export type Values<P extends Readonly<Record<string, Parameter<unknown>>>> = {
    readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

export function missingParameter(name: string): ApiError {
    const { status, code, message } = gatewayRules.missingParameter;
    return new ApiError(status, code.replace("{name}", name), message.replace("{name}", name));
}

export function invalidParameter(
    name: string,
    reason: string,
    errorRule: ErrorRule = gatewayRules.invalidParameter,
): ApiError {
    return apiError(errorRule, { name, reason });
}

interface TextRules {
    readonly pattern?: RegExp;
    readonly values?: readonly string[];
    readonly isId?: true;
    /** The product's own error for an invalid value. Default: the gateway's error. */
    readonly errorRule?: ErrorRule;
}

/** An empty value counts as missing. */
function present(given: ReadonlyMap<string, string>, name: string): string | undefined {
    return given.get(name) || undefined;
}

function checkText(text: string, name: string, rules: TextRules): string {
    if (rules.values && !rules.values.includes(text)) {
        throw invalidParameter(name, `use ${rules.values.join(", ")}`, rules.errorRule);
    }
    if (rules.pattern && !rules.pattern.test(text)) {
        throw invalidParameter(name, "it does not have the right form", rules.errorRule);
    }
    return text;
}

export function text(rules: TextRules = {}): Parameter<string | undefined> {
    return {
        isId: rules.isId ?? false,
        read: (given, name) => {
            const value = present(given, name);
            return value === undefined ? undefined : checkText(value, name, rules);
        },
    };
}

/** One of the listed words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Parameter<Word | undefined> {
    return {
        isId: false,
        read: (given, name) => {
            const value = present(given, name);
            const known = words.find((word) => word === value);
            if (value !== undefined && known === undefined) throw invalidParameter(name, `use ${words.join(", ")}`);
            return known;
        },
    };
}

/** The id of an object. Any text is valid; an unknown id is not found. */
export const id = text({ isId: true });

export function integer(rules: {
    min: number;
    max: number;
    values?: readonly number[];
    multipleOf?: number;
    errorRule?: ErrorRule;
}): Parameter<number | undefined> {
    return {
        isId: false,
        read: (given, name) => {
            const value = present(given, name);
            if (value === undefined) return undefined;
            const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
            if (rules.values && !rules.values.includes(number)) {
                throw invalidParameter(name, `use ${rules.values.join(", ")}`, rules.errorRule);
            }
            if (!(number >= rules.min && number <= rules.max)) {
                throw invalidParameter(name, `use a whole number from ${rules.min} to ${rules.max}`, rules.errorRule);
            }
            if (number % (rules.multipleOf ?? 1) !== 0) {
                throw invalidParameter(name, `use a multiple of ${rules.multipleOf}`, rules.errorRule);
            }
            return number;
        },
    };
}

export const flag: Parameter<boolean | undefined> = {
    isId: false,
    read: (given, name) => {
        const value = present(given, name)?.toLowerCase();
        if (value === undefined) return undefined;
        if (value !== "true" && value !== "false") throw invalidParameter(name, "use true or false");
        return value === "true";
    },
};

/** A list that is sent as JSON text: `["a","b"]`. */
export function jsonList(rules: { max: number; isId?: true }): Parameter<readonly string[] | undefined> {
    return {
        isId: rules.isId ?? false,
        read: (given, name) => {
            const value = present(given, name);
            if (value === undefined) return undefined;
            const items = parseStrings(value);
            if (!items) throw invalidParameter(name, "use a JSON array of strings");
            if (items.length > rules.max) throw invalidParameter(name, `at most ${rules.max} items`);
            return items;
        },
    };
}

function parseStrings(value: string): string[] | undefined {
    let parsed: unknown;
    try {
        parsed = JSON.parse(value);
    } catch {
        return undefined;
    }
    if (!Array.isArray(parsed)) return undefined;
    const items = parsed.flatMap((item: unknown) => (typeof item === "string" ? [item] : []));
    return items.length === parsed.length ? items : undefined;
}

/** The numbers N of the parameters `name.N` or `name.N.Part`, ascending. */
export function positionsOf(given: ReadonlyMap<string, string>, name: string): number[] {
    const numbers = [...given.keys()].flatMap((key) => {
        if (!key.startsWith(`${name}.`)) return [];
        const number = /^([1-9]\d{0,3})(\.|$)/.exec(key.slice(name.length + 1))?.[1];
        return number === undefined ? [] : [Number(number)];
    });
    return [...new Set(numbers)].sort((a, b) => a - b);
}

/** `Account.1=..&Account.2=..`. Empty if none is given. */
export function repeated(rules: {
    max?: number;
    pattern?: RegExp;
    isId?: true;
    errorRule?: ErrorRule;
}): Parameter<readonly string[]> {
    return {
        isId: rules.isId ?? false,
        read: (given, name) => {
            const items = positionsOf(given, name).flatMap((position) => {
                const value = present(given, `${name}.${position}`);
                return value === undefined ? [] : [checkText(value, `${name}.${position}`, rules)];
            });
            if (rules.max !== undefined && items.length > rules.max) {
                throw invalidParameter(name, `at most ${rules.max} items`);
            }
            return items;
        },
    };
}

/** Makes a parameter mandatory. An empty list counts as missing. */
export function required<T>(parameter: Parameter<T>, errorRule?: ErrorRule): Parameter<Exclude<T, undefined>> {
    return {
        isId: parameter.isId,
        read: (given, name) => {
            const value = parameter.read(given, name);
            if (!isGiven(value)) throw errorRule ? apiError(errorRule) : missingParameter(name);
            return value;
        },
    };
}

function isGiven<T>(value: T): value is Exclude<T, undefined> {
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

export function withDefault<T>(parameter: Parameter<T | undefined>, fallback: T): Parameter<T> {
    return { isId: parameter.isId, read: (given, name) => parameter.read(given, name) ?? fallback };
}
