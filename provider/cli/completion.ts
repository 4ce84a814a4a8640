import { completionCommand } from "./commands/completion";
import { bashCompletion } from "./completions/bash";
import { zshCompletion } from "./completions/zsh";
import { declarations } from "./declarations";
import { parsed } from "./parsed";

/** `machine-images completion` */
export async function completion(argv: string[]): Promise<void> {
    const { positionals } = parsed(completionCommand, argv);
    const script = positionals[0] === "zsh" ? zshCompletion : bashCompletion;
    process.stdout.write(script(declarations));
}
