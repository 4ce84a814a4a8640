import { UserError } from "./apiError";
import type { Settings } from "./settings";

/** A limit of a cloud that can be set for a simulation. */
export interface Quota {
    /** "alibaba.swas.images". */
    readonly name: string;
    readonly value: number;
    readonly what: string;
    /** Where the value comes from. */
    readonly source: string;
}

/** The quotas of a simulation: those that were set, else the clouds' own. */
export class Quotas {
    private readonly known = new Map<string, Quota>();

    constructor(private readonly settings: Settings) {}

    /** Makes quotas known; every cloud declares its own before the first request. */
    declare(quotas: readonly Quota[]): void {
        for (const quota of quotas) this.known.set(quota.name, quota);
    }

    /** The limit in force; 0 of a rate means that there is none. */
    of(quota: Quota): number {
        return this.set()[quota.name] ?? quota.value;
    }

    list(): (Quota & { readonly isSet: boolean })[] {
        const set = this.set();
        return [...this.known.values()].map((quota) => ({
            ...quota,
            value: set[quota.name] ?? quota.value,
            isSet: set[quota.name] !== undefined,
        }));
    }

    /** @throws UserError for a name that no cloud declares, or a value that is no whole number from 0 */
    change(name: string, value: number): void {
        if (!this.known.has(name)) {
            throw new UserError(`unknown quota ${name}: use one of ${[...this.known.keys()].join(", ")}`);
        }
        if (!Number.isInteger(value) || value < 0) {
            throw new UserError(`invalid quota ${name}=${value}: use a whole number, 0 or greater`);
        }
        this.settings.set("quotas", { ...this.set(), [name]: value });
    }

    private set(): Record<string, number> {
        return this.settings.get<Record<string, number>>("quotas") ?? {};
    }
}
