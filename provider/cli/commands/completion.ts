import { type Declaration, usualExits } from "../declaration";

export const completionCommand = {
    name: "completion",
    summary: "print a completion script for bash or zsh",
    about: "Prints a script that completes commands, options and values. Completion runs no other program.",
    takes: { value: "SHELL", meaning: "bash or zsh", atLeast: 1, atMost: 1, choices: ["bash", "zsh"] },
    options: {},
    examples: [
        { line: 'eval "$(machine-images completion bash)"', meaning: "in ~/.bashrc" },
        {
            line: "machine-images completion zsh > ~/.zfunc/_machine-images",
            meaning: "in a folder of fpath; run it before compinit",
        },
    ],
    exits: usualExits,
} as const satisfies Declaration;
