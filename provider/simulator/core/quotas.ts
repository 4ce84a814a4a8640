import { UserError } from "./apiError";
import type { Settings } from "./settings";

/** A limit of a cloud that a simulation can change. */
export interface Quota {
    /** "alibaba.swas.images". */
    readonly name: string;
    readonly value: number;
    readonly what: string;
    /** The source of the value. */
    readonly source: string;
}

/** The quotas of a simulation: changed values, otherwise the clouds' own. */
export class Quotas {
    private readonly known = new Map<string, Quota>();

    constructor(private readonly settings: Settings) {}

    /** Declares quotas. Every cloud declares its own before the first request. */
    declare(quotas: readonly Quota[]): void {
        for (const quota of quotas) this.known.set(quota.name, quota);
    }

    /** The limit in force. For a rate, 0 means no limit. */
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

    /** @throws UserError for an undeclared name, or a value that is not a whole number of at least 0 */
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
