import type { Time } from "../../core/time";
import type { Properties } from "./plainJson";

/** How long a deletion that this run is known to make may take to begin before nobody waits for it. Milliseconds. */
const BEGIN_MS = 30_000;

interface Departure {
    readonly properties: Properties;
    /** Settles with the deletion, whether it succeeds or fails; undefined until the deletion begins. */
    ended?: Promise<void>;
}

/**
 * The deletions of one run. The engine deletes what an earlier run left over at the same time as what used it, so an
 * image may wait here for the shares and servers that go in the same run.
 */
export class Departures {
    private readonly all = new Map<string, Departure>();
    private readonly underWay = new Map<string, Promise<void>>();

    /** Notes that the engine has been told to replace an object. */
    expect(key: string, properties: Properties): void {
        this.all.set(key, { properties, ...this.all.get(key) });
    }

    /** Carries out a deletion that others may wait for, after any other deletion of the same object. */
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
     * Waits, once for each, for the deletions of objects that have this value of an input.
     *
     * @returns whether there was anything to wait for
     */
    async settled({ name, value }: { name: string; value: unknown }, time: Time, pollMs: number): Promise<boolean> {
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
