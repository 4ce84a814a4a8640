import { createInterface } from "node:readline/promises";
import type { Look } from "../inventory/tree";

/** A line that says what is being done, where somebody is looking; nothing elsewhere. */
export interface ProgressLine {
    show(text: string): void;
    clear(): void;
}

/** On standard error, because standard output belongs to the command's result. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
    if (!stream.isTTY) return { show: () => {}, clear: () => {} };
    const erase = "\r\u001b[2K";
    // A longer line would wrap, and what wraps cannot be erased.
    const fit = (text: string) => text.slice(0, (stream.columns || 80) - 1);
    return { show: (text) => stream.write(erase + fit(text)), clear: () => stream.write(erase) };
}

/** Colour on a terminal whose user has not said otherwise (no-color.org). */
export function lookOf(
    stream: { isTTY?: boolean } = process.stdout,
    environment: Readonly<Record<string, string | undefined>> = process.env,
): Look {
    const isColoured = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
    const as = (code: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
    const [bold, dim, red, green, yellow] = [as(1), as(2), as(31), as(32), as(33)];
    return { place: bold, id: dim, good: green, notable: yellow, bad: red };
}

/** Whether somebody can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks on the terminal; anything but yes is no. */
export async function agreed(question: string): Promise<boolean> {
    // Without line editing, so that Ctrl-C is the signal that it is everywhere else.
    const asking = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
    try {
        return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
    } finally {
        asking.close();
    }
}
