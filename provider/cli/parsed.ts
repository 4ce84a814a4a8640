import { parseArgs } from "node:util";
import { closestWord } from "../core/closestWord";
import type { Declaration, Option } from "./declaration";
import { UsageError } from "./usageError";

/**
 * What a command was called with, as its declaration says.
 *
 * @throws UsageError that names what is wrong, and what was probably meant
 */
export function parsed<const Options extends Readonly<Record<string, Option>>>(
    command: Declaration & { options: Options },
    argv: readonly string[],
) {
    refuseWrong(command, argv);
    const { options } = command;
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values, positionals };
}

/** The one of these that was given. Others have been refused before. */
export function chosen<const Choice extends string>(
    choices: readonly Choice[],
    given: string | undefined,
): Choice | undefined {
    return choices.find((choice) => choice === given);
}

/** A wrong call, with where to read how it is right. */
export function wrongCall(command: Declaration, reason: string): UsageError {
    return new UsageError(`${reason}: \`machine-images ${command.name} --help\` shows how it is called`);
}

function refuseWrong(command: Declaration, argv: readonly string[]): void {
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
        const meant = closestWord(name, Object.keys(command.options));
        if (meant === undefined) throw wrongCall(command, `${command.name} has no option ${rawName}`);
        throw new UsageError(`${command.name} has no option ${rawName}: did you mean --${meant}?`);
    }
    if (option.type === "boolean") {
        if (value !== undefined) throw wrongCall(command, `${rawName} takes no value`);
        return;
    }
    // "--stack --json" has forgotten the value, and would take the next option for it.
    if (value === undefined || value === "" || /^--[a-z]/.test(value)) {
        throw wrongCall(command, `${rawName} needs a ${option.value}`);
    }
    refuseChoice(`${rawName} ${value}`, value, option.choices);
}

function refusePositionals(command: Declaration, given: readonly string[]): void {
    const { takes } = command;
    const most = takes ? (takes.atMost ?? Number.POSITIVE_INFINITY) : 0;
    if (given.length > most) throw wrongCall(command, `${command.name} takes no ${given[most]}`);
    if (!takes) return;
    if (given.length < takes.atLeast) throw wrongCall(command, `no ${takes.value} is given`);
    for (const value of given) refuseChoice(value, value, takes.choices);
}

function refuseChoice(what: string, value: string, choices: readonly string[] | undefined): void {
    if (!choices || choices.includes(value)) return;
    throw new UsageError(`${what} is not known: use ${choices.join(" or ")}`);
}
