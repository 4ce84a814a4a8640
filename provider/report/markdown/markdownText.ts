/** Text as Markdown shows it and never reads it: names and messages come from programs and clouds. */
export function plainText(text: string): string {
    return text
        .replace(/\s+/g, " ")
        .replace(/[\\`*_[\]|~#@]/g, "\\$&")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;");
}

/** A name between backticks. */
export function code(text: string): string {
    return `\`${text.replace(/\s+/g, " ").replaceAll("`", "'")}\``;
}

/** A block that a reader opens. */
export function collapsed(title: string, lines: readonly string[]): string[] {
    return ["<details>", `<summary>${title}</summary>`, "", ...lines, "", "</details>", ""];
}

/** "2 images, 1 server" */
export function counted(counts: Record<string, number>): string {
    return Object.entries(counts)
        .map(([what, count]) => `${count} ${what}${count === 1 ? "" : what.endsWith("y") ? "" : "s"}`)
        .join(", ")
        .replace(/(\d+) copy/g, (whole, count) => (count === "1" ? whole : `${count} copies`));
}

/** Seconds as people read them: "45 s", "12 min", "1.5 h". */
export function timeText(seconds: number): string {
    if (seconds < 90) return `${Math.round(seconds)} s`;
    if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
    return `${Math.round(seconds / 360) / 10} h`;
}

/** "steps 1-4, 6" */
export function ranges(numbers: readonly number[]): string {
    const runs: [number, number][] = [];
    for (const number of numbers) {
        const last = runs.at(-1);
        if (last && last[1] === number - 1) last[1] = number;
        else runs.push([number, number]);
    }
    const list = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
    return `${numbers.length === 1 ? "step" : "steps"} ${list}`;
}
