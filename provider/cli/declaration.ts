/** A command as data: its help, its completion, what it takes and its page in the documentation come from this. */
export interface Declaration {
    readonly name: string;
    /** For the list of commands. */
    readonly summary: string;
    /** What it does, for its own help. */
    readonly about: string;
    /** What it takes besides options. */
    readonly takes?: Takes;
    readonly options: Readonly<Record<string, Option>>;
    /** Everything is handed on as it is, `--help` too. */
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
    /** What a shell offers. @default "nothing" */
    readonly completes?: "files" | "nothing";
    /** The only ones that there are. */
    readonly choices?: readonly string[];
}

/** An option, as `parseArgs` of node:util takes it, and what it means. */
export type Option = Switch | Setting;

export interface Switch {
    readonly type: "boolean";
    readonly meaning: string;
}

export interface Setting {
    readonly type: "string";
    /** What stands for the value in the help: "FILE". */
    readonly value: string;
    readonly meaning: string;
    readonly default?: string;
    /** May be given more than once. */
    readonly multiple?: true;
    readonly choices?: readonly string[];
    /** What a shell offers. @default the choices, or nothing */
    readonly completes?: "files";
}

export interface Example {
    readonly line: string;
    readonly meaning?: string;
}

/** The codes that mean the same in every command. */
export const usualExits = {
    0: "done",
    1: "failed",
    2: "called in a wrong way, or a file cannot be read",
} as const;

/** For options that say so of every command. */
export const json = { type: "boolean", meaning: "the same for machines" } as const;
