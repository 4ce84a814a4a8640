/** Where something is in a file: the keys and indexes that lead there. */
export type Path = readonly PropertyKey[];

/** Something that a file says and that cannot work. */
export interface Finding {
    path: Path;
    /** Whether it is the key that is wrong, or its value. */
    at: "key" | "value";
    /** Lower-case clause that names what it is about, without a full stop. */
    message: string;
}

/** A finding with its place. */
export interface EnvironmentProblem {
    file: string;
    /** From 1. */
    line: number;
    /** From 1. */
    column: number;
    /** For example "images.golden.copies.0"; empty for the file as a whole. */
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
