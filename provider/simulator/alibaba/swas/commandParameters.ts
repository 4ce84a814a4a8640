import { apiError } from "../../core/errorRule";
import { invalidParameter, type Parameter } from "../gateway/parameters";
import { swasRules } from "./swasRules";

/** `{{name}}` in the text of a command. Spaces around the name are ignored. */
const placeholder = /\{\{\s*([\w-]{1,64})\s*\}\}/g;

/**
 * The names of the custom parameters in a command, in lower case: they are case-insensitive (CreateCommand, SDK 4.0.0).
 */
export function parameterNames(content: string): string[] {
    return [...new Set([...content.matchAll(placeholder)].map(([, name = ""]) => name.toLowerCase()))];
}

/** Values of custom parameters as the SDKs send them: a JSON object of strings. */
export const parameterValues: Parameter<Readonly<Record<string, string>>> = {
    isId: false,
    read: (given, name) => {
        const value = given.get(name);
        if (!value) return {};
        const parsed = parseObject(value);
        if (!parsed) throw invalidParameter(name, "use a JSON object");
        return Object.fromEntries(Object.entries(parsed).map(([key, item]) => [key, String(item)]));
    },
};

function parseObject(text: string): object | undefined {
    try {
        const parsed: unknown = JSON.parse(text);
        return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
    } catch {
        return undefined;
    }
}

/** The text of the command with the values inserted. A missing value is empty. */
export function withValues(content: string, isEnabled: boolean, values: Readonly<Record<string, string>>): string {
    if (!isEnabled) return content;
    const known = parameterNames(content);
    const byName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
    const unknown = [...byName.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) throw apiError(swasRules.unknownCommandParameter, { name: unknown });
    return content.replace(placeholder, (_whole, name: string) => byName.get(name.toLowerCase()) ?? "");
}
