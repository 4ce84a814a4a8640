/**
 * Fuzzy filters: "*" stands for anything, everything else for itself. Scanned and not compiled to a pattern, which a
 * filter like "*a*a*a*b" would keep busy for seconds.
 */
export function fitsWildcard(text: string, asked: string): boolean {
    const parts = asked.split("*");
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
