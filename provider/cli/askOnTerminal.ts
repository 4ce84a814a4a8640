import { createInterface } from "node:readline/promises";
import { UserError } from "../clouds/errors";

/** Questions to whoever sits at the terminal. */
export interface Questions {
    /** The answer, or the default when it is empty; asked again until `problem` finds none. */
    text(question: string, otherwise: string, problem: (answer: string) => string | undefined): Promise<string>;
    /** One of the words, or the first when the answer is empty. */
    choice(question: string, words: readonly string[]): Promise<string>;
}

export function isTerminal(): boolean {
    return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** @throws UserError when the terminal is closed, or Ctrl-C pressed, before the last answer */
export async function askOnTerminal<Answers>(ask: (questions: Questions) => Promise<Answers>): Promise<Answers> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // Lines are kept until they are asked for, so that several answers can be pasted at once.
    const lines = terminal[Symbol.asyncIterator]();
    const line = async (prompt: string): Promise<string> => {
        terminal.setPrompt(prompt);
        terminal.prompt();
        const { value, done } = await lines.next();
        if (done === true) throw new UserError("no project was made: the questions were not answered");
        return String(value).trim();
    };
    const text: Questions["text"] = async (question, otherwise, problem) => {
        for (;;) {
            const answer = (await line(`${question} (${otherwise}): `)) || otherwise;
            const found = problem(answer);
            if (found === undefined) return answer;
            process.stdout.write(`  ${found}\n`);
        }
    };
    const choice: Questions["choice"] = (question, words) =>
        text(`${question}, ${words.join(" or ")}`, words[0] ?? "", (answer) =>
            words.includes(answer) ? undefined : `${answer} is none of them`,
        );
    try {
        return await ask({ text, choice });
    } finally {
        terminal.close();
    }
}
