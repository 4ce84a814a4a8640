import type { ErrorRule } from "./errorRule";
import type { Quota } from "./quotas";
import type { Simulation } from "./simulation";
import type { WireAnswer, WireRequest } from "./wire";

/** Keys of one account, as `machine-images simulate` prints them. */
export interface AccountSummary {
    readonly cloud: "alibaba" | "huawei";
    readonly id: string;
    readonly name: string;
    readonly regions: readonly string[];
    readonly keys: readonly { readonly accessKeyId: string; readonly accessKeySecret: string }[];
    /** Alibaba only: keys as STS gives them out, good together with their token, until they expire. */
    readonly temporaryKeys?: readonly {
        readonly accessKeyId: string;
        readonly accessKeySecret: string;
        readonly securityToken: string;
        readonly expiresAt?: string;
    }[];
    /** Alibaba only: the names of the roles that AssumeRole of STS takes. */
    readonly roles?: readonly string[];
    /** Huawei only: who can log in with a password. */
    readonly users?: readonly { readonly name: string; readonly password: string; readonly domain: string }[];
    /** Huawei only: the project of each region. */
    readonly projects?: readonly { readonly id: string; readonly name: string; readonly region: string }[];
}

/** What a cloud must offer to be part of a simulation. World is its part of the world file, already validated. */
export interface SimulatedCloud<World> {
    readonly name: "alibaba" | "huawei";
    /** Declares the cloud's jobs. Called once, whenever a simulation opens. */
    declareJobs(sim: Simulation): void;
    /** Puts the world's accounts and objects into a new simulation. */
    seed(sim: Simulation, world: World): void;
    accounts(sim: Simulation): AccountSummary[];
    /** Every reason for which it says no, for `machine-images rules`. */
    readonly rules: readonly ErrorRule[];
    /** The limits that can be set. */
    readonly quotas: readonly Quota[];
    /** Whether the request speaks this cloud's protocol. */
    claims(request: WireRequest): boolean;
    /** Authenticates, runs and logs one request; every problem comes back in the cloud's own envelope. */
    answer(sim: Simulation, request: WireRequest): WireAnswer;
}
