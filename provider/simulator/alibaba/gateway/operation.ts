import type { Scope } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Quota } from "../../core/quotas";
import type { Simulation } from "../../core/simulation";
import type { Identity } from "../accounts";
import type { Parameter, Values } from "./parameters";

/** An authenticated request: its caller, its region, and the state that it can access. */
export class Caller {
    readonly scope: Scope;
    readonly store: RegionStore;

    constructor(
        readonly sim: Simulation,
        readonly account: string,
        /** "" for an operation without a region. */
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

/** An operation as the gateway uses it. */
export interface Operation {
    readonly name: string;
    /** A reading operation takes no client token and makes an automatic clock jump. */
    readonly reads: boolean;
    readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
    /**
     * For operations without RegionId, which a regional endpoint would answer: finds the region of the named object.
     */
    readonly locate?: Locate;
    /** Parses the parameters in the order of declaration, then runs. The answer lacks only its RequestId. */
    readonly run: (caller: Caller, given: ReadonlyMap<string, string>) => Body;
}

/** Declares an operation: name, parameters in the order of validation, and implementation. */
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
    /** The name in the call log: "swas". */
    readonly name: string;
    readonly version: string;
    /** The host name in error bodies. */
    readonly hostId: (region: string) => string;
    readonly operations: readonly Operation[];
    /** The rate limit of each action for an account. */
    readonly callsPerMinute?: Quota;
}
