import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";

/** A job or backup that is at work on a server or backup. */
export interface Worker {
    readonly id: string;
    readonly service: "ims" | "ecs" | "evs" | "backup";
}

/** Kept under the subject and only while somebody is at work, so that no list has to be searched. */
const occupations = kind<{ readonly workers: readonly Worker[] }>("huawei.occupation", { isRecord: true });

/** Who is at work on it, of all services or of some. */
export function workersOn(shelf: Shelf, subject: string, ...services: readonly Worker["service"][]): Worker[] {
    const workers = shelf.get(occupations, subject)?.workers ?? [];
    return workers.filter(({ service }) => services.length === 0 || services.includes(service));
}

export function isOccupied(shelf: Shelf, subject: string, ...services: readonly Worker["service"][]): boolean {
    return workersOn(shelf, subject, ...services).length > 0;
}

export function occupy(shelf: Shelf, subject: string, worker: Worker): void {
    shelf.put(occupations, subject, { workers: [...workersOn(shelf, subject), worker] });
}

export function leave(shelf: Shelf, subject: string, workerId: string): void {
    const workers = workersOn(shelf, subject).filter(({ id }) => id !== workerId);
    if (workers.length > 0) shelf.put(occupations, subject, { workers });
    else shelf.delete(occupations, subject);
}
