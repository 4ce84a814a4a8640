/** A command as data: its parser, its help, its completion and its page in the documentation come from this. */
export interface Declaration {
    readonly name: string;
    /** For the list of commands. */
    readonly summary: string;
    /** The description in the command's own help. */
    readonly about: string;
    /** Positional arguments. */
    readonly takes?: Takes;
    readonly options: Readonly<Record<string, Option>>;
    /** Passes on all arguments unchanged, including `--help`. */
    readonly passthrough?: true;
    readonly examples: readonly Example[];
    /** What each exit code means. */
    readonly exits: Readonly<Record<number, string>>;
}

export interface Takes {
    /** "FILE" */
    readonly value: string;
    readonly meaning: string;
    readonly atLeast: number;
    /** @default any number */
    readonly atMost?: number;
    /** What shell completion offers. @default "nothing" */
    readonly completes?: "files" | "nothing";
    /** The only values that are allowed. */
    readonly choices?: readonly string[];
}

/** An option in the form of `parseArgs` of node:util, with its description. */
export type Option = Switch | Setting;

export interface Switch {
    readonly type: "boolean";
    readonly meaning: string;
}

export interface Setting {
    readonly type: "string";
    /** Placeholder for the value in the help: "FILE". */
    readonly value: string;
    readonly meaning: string;
    readonly default?: string;
    /** May be given more than once. */
    readonly multiple?: true;
    readonly choices?: readonly string[];
    /** What shell completion offers. @default the choices, or nothing */
    readonly completes?: "files";
}

export interface Example {
    readonly line: string;
    readonly meaning?: string;
}

/** Exit codes that most commands share. */
export const usualExits = {
    0: "done",
    1: "failed",
    2: "usage error, or a file cannot be read",
} as const;

export const json = { type: "boolean", meaning: "print JSON" } as const;
