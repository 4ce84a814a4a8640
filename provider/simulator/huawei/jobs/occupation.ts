import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";

/** A job or backup that is at work on a server or backup. */
export interface Worker {
    readonly id: string;
    readonly service: "ims" | "ecs" | "evs" | "backup";
}

/** Kept under the subject and only while somebody is at work, so that no list has to be searched. */
const occupations = kind<{ readonly workers: readonly Worker[] }>("huawei.occupation", { isRecord: true });

/** Who is at work on it, of all services or of some. */
export function workersOn(store: RegionStore, subject: string, ...services: readonly Worker["service"][]): Worker[] {
    const workers = store.get(occupations, subject)?.workers ?? [];
    return workers.filter(({ service }) => services.length === 0 || services.includes(service));
}

export function isOccupied(store: RegionStore, subject: string, ...services: readonly Worker["service"][]): boolean {
    return workersOn(store, subject, ...services).length > 0;
}

export function occupy(store: RegionStore, subject: string, worker: Worker): void {
    store.put(occupations, subject, { workers: [...workersOn(store, subject), worker] });
}

export function leave(store: RegionStore, subject: string, workerId: string): void {
    const workers = workersOn(store, subject).filter(({ id }) => id !== workerId);
    if (workers.length > 0) store.put(occupations, subject, { workers });
    else store.delete(occupations, subject);
}
