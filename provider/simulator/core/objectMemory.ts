import type { Database } from "./database";
import type { Kind, Scope } from "./kinds";
import { Place } from "./place";

/** All objects of one kind in one cloud, by account and region. */
export class KindMemory<T> {
    private readonly byAccount = new Map<string, Map<string, Place<T>>>();

    constructor(readonly kindName: string) {}

    /** Every place that was ever accessed; some are empty. */
    *places(): Iterable<Place<T>> {
        for (const byRegion of this.byAccount.values()) yield* byRegion.values();
    }

    place({ cloud, account, region }: Scope): Place<T> {
        let byRegion = this.byAccount.get(account);
        if (!byRegion) {
            byRegion = new Map();
            this.byAccount.set(account, byRegion);
        }
        let place = byRegion.get(region);
        if (!place) {
            place = new Place<T>({ cloud, account, region });
            byRegion.set(region, place);
        }
        return place;
    }
}

/** The name of a kind determines the type of the stored contents. */
function isOf<T>(memory: KindMemory<unknown>, kind: Kind<T>): memory is KindMemory<T> {
    return memory.kindName === kind.name;
}

/** The objects of every kind that was accessed since the start, or since another process last wrote. */
export class ObjectMemory {
    private readonly clouds = {
        alibaba: new Map<string, KindMemory<unknown>>(),
        huawei: new Map<string, KindMemory<unknown>>(),
    };

    constructor(private readonly database: Database) {
        database.registerCache({ forget: () => this.drop() });
    }

    of<T>(cloud: Scope["cloud"], kind: Kind<T>): KindMemory<T> {
        this.database.refreshCaches();
        const known = this.clouds[cloud].get(kind.name);
        if (known && isOf(known, kind)) return known;
        const loaded = this.load(cloud, kind);
        this.clouds[cloud].set(kind.name, loaded);
        return loaded;
    }

    /** Call it after you change the table directly: the cache is no longer valid, even if the change is undone. */
    forget(): void {
        this.drop();
        this.database.onUndo(() => this.drop());
    }

    private load<T>(cloud: Scope["cloud"], kind: Kind<T>): KindMemory<T> {
        const memory = new KindMemory<T>(kind.name);
        const rows = this.database.each(
            "SELECT account, region, id, seq, body FROM objects WHERE cloud = ? AND kind = ? ORDER BY seq, id",
            cloud,
            kind.name,
        );
        for (const { account, region, id, seq, body } of rows) {
            const place = memory.place({ cloud, account: String(account), region: String(region) });
            place.set({ scope: place.scope, id: String(id), seq: Number(seq), value: parsed<T>(String(body)) });
        }
        return memory;
    }

    private drop(): void {
        this.clouds.alibaba.clear();
        this.clouds.huawei.clear();
    }
}

/** Parses stored contents. They are frozen, because all callers get the same object. */
export function parsed<T>(body: string): T {
    const value: T = JSON.parse(body);
    freeze(value);
    return value;
}

function freeze(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
}
