import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** The problems of a failed validation in one line: "effect.html: too small; match: unrecognized key nht". */
export function problemsOf({ issues }: z.ZodError): string {
    return issues.flatMap((issue) => linesOf(issue, [])).join("; ");
}

function linesOf(issue: Issue, before: readonly PropertyKey[]): string[] {
    const path = [...before, ...issue.path];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [line(path, issue.message)];
    const [nearest = [], ...others] = closestForms(issue.errors);
    if (others.length === 0) return nearest.flatMap((inner) => linesOf(inner, path));
    const names = [nearest, ...others].flatMap((form) => form.flatMap(({ path }) => path.slice(0, 1).map(String)));
    return [line(path, names.length > 0 ? `use one of ${[...new Set(names)].join(", ")}` : issue.message)];
}

function line(path: readonly PropertyKey[], message: string): string {
    const place = path.reduce<string>(
        (text, part) => text + (typeof part === "number" ? `[${part}]` : `${text && "."}${String(part)}`),
        "",
    );
    return place ? `${place}: ${message}` : message;
}

/** The alternatives of a union that the input matches best. */
function closestForms(forms: readonly Issue[][]): Issue[][] {
    const scores = forms.map(distance);
    const least = Math.min(...scores);
    return forms.filter((_form, at) => scores[at] === least);
}

/** An unrecognized key weighs more than all missing keys; a different type weighs most. */
function distance(form: readonly Issue[]): number {
    return form.reduce((sum, issue) => sum + weight(issue), 0);
}

function weight(issue: Issue): number {
    if (issue.code === "invalid_union") return Math.min(...issue.errors.map(distance));
    if (issue.code === "unrecognized_keys") return 1000 * issue.keys.length;
    return issue.path.length === 0 ? 1_000_000 : 1;
}
