import { createInterface } from "node:readline/promises";
import type { Look } from "../inventory/tree";

/** A progress line on a terminal. Without a terminal it prints nothing. */
export interface ProgressLine {
    show(text: string): void;
    clear(): void;
}

/** Writes to standard error, because standard output is for the result of the command. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
    if (!stream.isTTY) return { show: () => {}, clear: () => {} };
    const erase = "\r\u001b[2K";
    // A longer line would wrap, and a wrapped line cannot be erased.
    const fit = (text: string) => text.slice(0, (stream.columns || 80) - 1);
    return { show: (text) => stream.write(erase + fit(text)), clear: () => stream.write(erase) };
}

/** Colour on a terminal, unless the user has disabled it (no-color.org). */
export function lookOf(
    stream: { isTTY?: boolean } = process.stdout,
    environment: Readonly<Record<string, string | undefined>> = process.env,
): Look {
    const isColoured = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
    const as = (code: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
    const [bold, dim, red, green, yellow] = [as(1), as(2), as(31), as(32), as(33)];
    return { place: bold, id: dim, good: green, notable: yellow, bad: red };
}

/** Whether the command can ask for confirmation. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks for confirmation on the terminal. Every answer except y or yes means no. */
export async function agreed(question: string): Promise<boolean> {
    // Without line editing, so that Ctrl-C sends SIGINT as usual.
    const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
    try {
        return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
    } finally {
        terminal.close();
    }
}
