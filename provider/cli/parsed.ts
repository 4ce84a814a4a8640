import { parseArgs } from "node:util";
import { closestWord } from "../core/closestWord";
import type { Declaration, Option } from "./declaration";
import { UsageError } from "./usageError";

/**
 * Parses the arguments of a command by its declaration.
 *
 * @throws UsageError that names the mistake and, for an unknown option, the nearest one
 */
export function parsed<const Options extends Readonly<Record<string, Option>>>(
    command: Declaration & { options: Options },
    argv: readonly string[],
) {
    refuseInvalid(command, argv);
    const { options } = command;
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values, positionals };
}

/** The given choice, with its type. `parsed` has already refused other values. */
export function chosen<const Choice extends string>(
    choices: readonly Choice[],
    given: string | undefined,
): Choice | undefined {
    return choices.find((choice) => choice === given);
}

/** A usage error that refers to the help of the command. */
export function wrongCall(command: Declaration, reason: string): UsageError {
    return new UsageError(`${reason}: run \`machine-images ${command.name} --help\` for usage`);
}

function refuseInvalid(command: Declaration, argv: readonly string[]): void {
    const { options } = command;
    const parseable = Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
            name,
            { type: option.type, multiple: option.type === "string" && option.multiple === true },
        ]),
    );
    const { tokens } = parseArgs({
        args: [...argv],
        options: parseable,
        allowPositionals: true,
        strict: false,
        tokens: true,
    });
    const positionals: string[] = [];
    const seen = new Set<string>();
    for (const token of tokens) {
        if (token.kind === "positional") positionals.push(token.value);
        if (token.kind !== "option") continue;
        refuseOption(command, token);
        const option = options[token.name];
        if (seen.has(token.name) && option?.type === "string" && !option.multiple) {
            throw wrongCall(command, `${token.rawName} is given twice`);
        }
        seen.add(token.name);
    }
    refusePositionals(command, positionals);
}

function refuseOption(
    command: Declaration,
    { name, rawName, value }: { name: string; rawName: string; value: string | undefined },
): void {
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (!option) {
        const closest = closestWord(name, Object.keys(command.options));
        if (closest === undefined) throw wrongCall(command, `${command.name} has no option ${rawName}`);
        throw new UsageError(`${command.name} has no option ${rawName}: did you mean --${closest}?`);
    }
    if (option.type === "boolean") {
        if (value !== undefined) throw wrongCall(command, `${rawName} takes no value`);
        return;
    }
    // In "--stack --json" the value is missing, and parseArgs would take the next option as the value.
    if (value === undefined || value === "" || /^--[a-z]/.test(value)) {
        throw wrongCall(command, `${rawName} requires a ${option.value}`);
    }
    refuseChoice(`${rawName} ${value}`, value, option.choices);
}

function refusePositionals(command: Declaration, given: readonly string[]): void {
    const { takes } = command;
    const most = takes ? (takes.atMost ?? Number.POSITIVE_INFINITY) : 0;
    if (given.length > most) throw wrongCall(command, `unexpected argument ${given[most]}`);
    if (!takes) return;
    if (given.length < takes.atLeast) throw wrongCall(command, `${takes.value} is required`);
    for (const value of given) refuseChoice(value, value, takes.choices);
}

function refuseChoice(what: string, value: string, choices: readonly string[] | undefined): void {
    if (!choices || choices.includes(value)) return;
    throw new UsageError(`${what} is not valid: use ${choices.join(" or ")}`);
}
