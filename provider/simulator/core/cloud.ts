import type { ErrorRule } from "./errorRule";
import type { Quota } from "./quotas";
import type { Simulation } from "./simulation";
import type { WireAnswer, WireRequest } from "./wire";

/** The credentials of one account, as `machine-images simulate` prints them. */
export interface AccountSummary {
    readonly cloud: "alibaba" | "huawei";
    readonly id: string;
    readonly name: string;
    readonly regions: readonly string[];
    readonly keys: readonly { readonly accessKeyId: string; readonly accessKeySecret: string }[];
    /** Alibaba only: keys as STS issues them, valid only together with their token and until they expire. */
    readonly temporaryKeys?: readonly {
        readonly accessKeyId: string;
        readonly accessKeySecret: string;
        readonly securityToken: string;
        readonly expiresAt?: string;
    }[];
    /** Alibaba only: names of the roles that AssumeRole of STS accepts. */
    readonly roles?: readonly string[];
    /** Huawei only: users that can log in with a password. */
    readonly users?: readonly { readonly name: string; readonly password: string; readonly domain: string }[];
    /** Huawei only: the project of each region. */
    readonly projects?: readonly { readonly id: string; readonly name: string; readonly region: string }[];
}

/** The interface of a simulated cloud. World is its part of the world file, already validated. */
export interface SimulatedCloud<World> {
    readonly name: "alibaba" | "huawei";
    /** Declares the cloud's jobs. Called once each time a simulation is opened. */
    declareJobs(sim: Simulation): void;
    /** Creates the world's accounts and objects in a new simulation. */
    seed(sim: Simulation, world: World): void;
    accounts(sim: Simulation): AccountSummary[];
    /** Every error that the cloud can return, for `machine-images rules`. */
    readonly rules: readonly ErrorRule[];
    /** The quotas that can be changed. */
    readonly quotas: readonly Quota[];
    /** Whether the request uses this cloud's protocol. */
    claims(request: WireRequest): boolean;
    /** Authenticates, runs and logs one request. Every error has the cloud's own envelope. */
    answer(sim: Simulation, request: WireRequest): WireAnswer;
}
