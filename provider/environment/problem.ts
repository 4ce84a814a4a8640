/** A position in a file: the keys and indexes that lead to it. */
export type Path = readonly PropertyKey[];

/** A problem of a file. */
export interface Finding {
    path: Path;
    /** Whether the key or its value is wrong. */
    at: "key" | "value";
    /** A lower-case clause that names its subject, without a full stop. */
    message: string;
}

/** A finding with its line and column. */
export interface EnvironmentProblem {
    file: string;
    /** From 1. */
    line: number;
    /** From 1. */
    column: number;
    /** For example "images.golden.copies.0"; empty for the whole file. */
    path: string;
    message: string;
}

export const aboutValue = (path: Path, message: string): Finding => ({ path, at: "value", message });
export const aboutKey = (path: Path, message: string): Finding => ({ path, at: "key", message });

export const dotted = (path: Path): string => path.map(String).join(".");

/** "a, b or c" */
export function listed(words: readonly unknown[]): string {
    const texts = words.map((word) => (typeof word === "string" ? `"${word}"` : String(word)));
    const last = texts.pop() ?? "";
    return texts.length > 0 ? `${texts.join(", ")} or ${last}` : last;
}

/** A problem as one line: "environment.yaml:3:5: …". */
export function sentence({ file, line, column, message }: EnvironmentProblem): string {
    return `${file}:${line}:${column}: ${message}`;
}
