/**
 * Fuzzy filters: "*" matches any text. A scan instead of a regular expression, because a pattern such as "*a*a*a*b"
 * would take seconds.
 */
export function fitsWildcard(text: string, pattern: string): boolean {
    const parts = pattern.split("*");
    const first = parts.shift() ?? "";
    const last = parts.pop();
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const part of parts) {
        const found = text.indexOf(part, from);
        if (found < 0) return false;
        from = found + part.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
}
