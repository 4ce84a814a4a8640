/**
 * The open connections of one process. Equal keys return the same connection, so that joined lookups, pacing and
 * learned quotas apply to the whole account, whichever resource sends the request.
 */
export class SharedConnections<T> {
    private readonly opened = new Map<string, T>();

    /** @param key everything that distinguishes connections: address, keys, region */
    get(key: readonly unknown[], open: () => T): T {
        const text = JSON.stringify(key);
        const known = this.opened.get(text);
        if (known !== undefined) return known;
        const fresh = open();
        this.opened.set(text, fresh);
        return fresh;
    }
}
