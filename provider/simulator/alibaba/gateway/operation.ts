import type { Scope } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Quota } from "../../core/quotas";
import type { Simulation } from "../../core/simulation";
import type { Identity } from "../accounts";
import type { Parameter, Values } from "./parameters";

/** One request, authenticated: who asks, where, and the state that it may touch. */
export class Caller {
    readonly scope: Scope;
    readonly store: RegionStore;

    constructor(
        readonly sim: Simulation,
        readonly account: string,
        /** "" for an operation that belongs to no region. */
        readonly region: string,
        readonly identity: Identity = { account },
    ) {
        this.scope = { cloud: "alibaba", account, region };
        this.store = sim.store(this.scope);
    }

    /** The same account in another of its regions. */
    inRegion(region: string): Caller {
        return new Caller(this.sim, this.account, region);
    }

    get now(): number {
        return this.sim.clock.now();
    }
}

export type Body = Readonly<Record<string, unknown>>;

export type Locate = (sim: Simulation, account: string, given: ReadonlyMap<string, string>) => string | undefined;

/** An operation as the gateway sees it. */
export interface Operation {
    readonly name: string;
    /** Reading operations take no client token and let an automatic clock jump. */
    readonly reads: boolean;
    readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
    /** For operations without RegionId, which a regional endpoint would answer: where the object is that they name. */
    readonly locate?: Locate;
    /** Reads the parameters in the order of the declaration, then runs; the answer lacks only its RequestId. */
    readonly run: (caller: Caller, given: ReadonlyMap<string, string>) => Body;
}

/** Declares an operation: its name, its parameters in the order in which they are checked, and what it does. */
export function operation<P extends Readonly<Record<string, Parameter<unknown>>>>(declared: {
    name: string;
    reads?: true;
    parameters: P;
    locate?: Locate;
    run: (caller: Caller, values: Values<P>) => Body;
}): Operation {
    return {
        name: declared.name,
        reads: declared.reads ?? false,
        parameters: declared.parameters,
        locate: declared.locate,
        run: (caller, given) => {
            const values: Values<P> = Object.fromEntries(
                Object.entries(declared.parameters).map(([name, parameter]): unknown[] => [
                    name,
                    parameter.read(given, name),
                ]),
            );
            return declared.run(caller, values);
        },
    };
}

/** A product of the cloud: one version of one API. */
export interface Product {
    /** As in the call log: "swas". */
    readonly name: string;
    readonly version: string;
    /** The host that an error body names. */
    readonly hostId: (region: string) => string;
    readonly operations: readonly Operation[];
    /** How often an account may call each action. */
    readonly callsPerMinute?: Quota;
}
