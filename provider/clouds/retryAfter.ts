/**
 * Milliseconds until the cloud wants to be asked again; undefined when the headers do not say it. Alibaba Cloud counts
 * milliseconds in a header of its own (docs/reference/alibaba-api.md#throttling); `Retry-After` has seconds or a date
 * (RFC 9110, 10.2.3), which is compared with the date of the answer: this machine's clock may be wrong.
 */
export function retryAfterOf(headers: Readonly<Record<string, string | undefined>>): number | undefined {
    const own = wholeNumber(headers["x-acs-retry-after"]);
    if (own !== undefined) return own;
    const given = headers["retry-after"];
    const seconds = wholeNumber(given);
    if (seconds !== undefined) return seconds * 1000;
    const ms = Date.parse(given ?? "") - Date.parse(headers.date ?? "");
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function wholeNumber(text: string | undefined): number | undefined {
    return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
}
