/**
 * What one process keeps open to the clouds. Whoever asks with the same key gets the same connection, so that joined
 * lookups, pacing and what was learned hold for all of an account, whichever resource asks.
 */
export class SharedConnections<T> {
    private readonly opened = new Map<string, T>();

    /** @param key whatever distinguishes connections: address, keys, region */
    get(key: readonly unknown[], open: () => T): T {
        const text = JSON.stringify(key);
        const known = this.opened.get(text);
        if (known !== undefined) return known;
        const fresh = open();
        this.opened.set(text, fresh);
        return fresh;
    }
}
