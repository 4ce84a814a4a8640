import { createInterface } from "node:readline/promises";
import { UserError } from "../clouds/errors";

/** Prompts on the terminal. */
export interface Questions {
    /** The answer, or `byDefault` if it is empty. Repeats the prompt until `problem` returns undefined. */
    text(question: string, byDefault: string, problem: (answer: string) => string | undefined): Promise<string>;
    /** One of the words, or the first if the answer is empty. */
    choice(question: string, words: readonly string[]): Promise<string>;
}

export function isTerminal(): boolean {
    return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** @throws UserError if the user closes the terminal or presses Ctrl-C before the last answer */
export async function askOnTerminal<Answers>(ask: (questions: Questions) => Promise<Answers>): Promise<Answers> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // The iterator buffers lines, so that a user can paste several answers at once.
    const lines = terminal[Symbol.asyncIterator]();
    const line = async (prompt: string): Promise<string> => {
        terminal.setPrompt(prompt);
        terminal.prompt();
        const { value, done } = await lines.next();
        if (done === true) throw new UserError("no project was created: the questions were not answered");
        return String(value).trim();
    };
    const text: Questions["text"] = async (question, byDefault, problem) => {
        for (;;) {
            const answer = (await line(`${question} (${byDefault}): `)) || byDefault;
            const found = problem(answer);
            if (found === undefined) return answer;
            process.stdout.write(`  ${found}\n`);
        }
    };
    const choice: Questions["choice"] = (question, words) =>
        text(`${question}, ${words.join(" or ")}`, words[0] ?? "", (answer) =>
            words.includes(answer) ? undefined : `${answer} is not one of ${words.join(", ")}`,
        );
    try {
        return await ask({ text, choice });
    } finally {
        terminal.close();
    }
}
