import type { Time } from "../../core/time";
import type { Properties } from "./plainJson";

/** How long to wait for an expected deletion of this run to begin. Milliseconds. */
const BEGIN_MS = 30_000;

interface Departure {
    readonly properties: Properties;
    /** Resolves when the deletion succeeds or fails; undefined until the deletion begins. */
    ended?: Promise<void>;
}

/**
 * The deletions of one run. The engine deletes the objects that an earlier run left and their dependents at the same
 * time, so an image may wait here for shares and servers that the same run deletes.
 */
export class Departures {
    private readonly all = new Map<string, Departure>();
    private readonly underWay = new Map<string, Promise<void>>();

    /** Records that the engine will replace, and so delete, an object. */
    expect(key: string, properties: Properties): void {
        this.all.set(key, { properties, ...this.all.get(key) });
    }

    /** Runs a deletion that others may wait for, after any other deletion of the same object. */
    async during(key: string, properties: Properties, deletion: () => Promise<void>): Promise<void> {
        const earlier = this.underWay.get(key);
        const deleting = earlier ? earlier.then(deletion) : deletion();
        const ended = deleting.catch(() => undefined);
        this.underWay.set(key, ended);
        this.all.set(key, { properties, ended });
        try {
            await deleting;
        } finally {
            if (this.underWay.get(key) === ended) this.underWay.delete(key);
        }
    }

    isUnderWay(key: string): boolean {
        return this.underWay.has(key);
    }

    /**
     * Waits for the deletions of objects with this value of an input. Each deletion is waited for only once.
     *
     * @returns whether there was a deletion to wait for
     */
    async waitFor({ name, value }: { name: string; value: unknown }, time: Time, pollMs: number): Promise<boolean> {
        const awaited = [...this.all].filter(([, { properties }]) => properties[name] === value);
        for (const [key] of awaited) {
            const until = time.now() + BEGIN_MS;
            while (!this.all.get(key)?.ended && time.now() < until) await time.sleep(pollMs);
            await this.all.get(key)?.ended;
            this.all.delete(key);
        }
        return awaited.length > 0;
    }
}
