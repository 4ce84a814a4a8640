/**
 * Milliseconds until the next request may be sent, according to the answer's headers; undefined if they do not say.
 * Alibaba Cloud has its own header in milliseconds (docs/reference/alibaba-api.md#throttling). `Retry-After` contains
 * seconds or a date (RFC 9110, 10.2.3). A date is compared with the date of the answer, because this machine's clock
 * may be wrong.
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
