import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";

/** A task that occupies a server or backup. */
export interface Worker {
    readonly id: string;
    readonly service: "ims" | "ecs" | "evs" | "backup";
}

/** Stored by subject, only while a task is in progress, so that no list must be searched. */
const occupations = kind<{ readonly workers: readonly Worker[] }>("huawei.occupation", { isRecord: true });

/** The tasks in progress on the subject, of all or some services. */
export function tasksOn(store: RegionStore, subject: string, ...services: readonly Worker["service"][]): Worker[] {
    const workers = store.get(occupations, subject)?.workers ?? [];
    return workers.filter(({ service }) => services.length === 0 || services.includes(service));
}

export function isOccupied(store: RegionStore, subject: string, ...services: readonly Worker["service"][]): boolean {
    return tasksOn(store, subject, ...services).length > 0;
}

export function occupy(store: RegionStore, subject: string, worker: Worker): void {
    store.put(occupations, subject, { workers: [...tasksOn(store, subject), worker] });
}

export function release(store: RegionStore, subject: string, workerId: string): void {
    const workers = tasksOn(store, subject).filter(({ id }) => id !== workerId);
    if (workers.length > 0) store.put(occupations, subject, { workers });
    else store.delete(occupations, subject);
}
