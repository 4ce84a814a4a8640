import { UserError } from "./errors";
import type { CallQuota } from "./pacing";

/** Reads the stack's configuration; `key` includes the namespace: "machine-images:endpoint". */
export type ReadConfig = (key: string) => string | undefined;

/** Keys of one account. */
export interface Credentials {
    accessKeyId: string;
    accessKeySecret: string;
    /** Present with temporary credentials. */
    securityToken?: string;
}

/**
 * Returns the keys that are valid now. It is called before every request, because temporary keys are renewed during a
 * run.
 */
export type CredentialSource = () => Promise<Credentials>;

/** Which clouds are used. */
export type Where =
    | { kind: "endpoint"; url: string }
    | { kind: "embedded"; data: string; clock: string; profile?: "csbs" | "cbr" }
    | { kind: "public" };

/** The keys of the stack's configuration, all in the namespace "machine-images". */
export const configKeys = {
    endpoint: "machine-images:endpoint",
    simulator: "machine-images:simulator",
    simulatorData: "machine-images:simulatorData",
    simulatorClock: "machine-images:simulatorClock",
    simulatorProfile: "machine-images:simulatorProfile",
    pollSeconds: "machine-images:pollSeconds",
    callsPerMinute: "machine-images:callsPerMinute",
    alibabaAccessKeyId: "machine-images:alibabaAccessKeyId",
    alibabaAccessKeySecret: "machine-images:alibabaAccessKeySecret",
    alibabaSecurityToken: "machine-images:alibabaSecurityToken",
    huaweiAccessKey: "machine-images:huaweiAccessKey",
    huaweiSecretKey: "machine-images:huaweiSecretKey",
    huaweiSecurityToken: "machine-images:huaweiSecurityToken",
    /** Additional accounts, by the name that a cloud's `account` refers to: a map of keys. */
    accounts: "machine-images:accounts",
    /** Default tags for all objects that can be tagged: a map of strings. */
    defaultTags: "machine-images:defaultTags",
    /** The environment file of `pulumi-machine-images/program`. */
    environment: "machine-images:environment",
    /** Values of its parameters, by name. */
    parameters: "machine-images:parameters",
} as const;

/** The data file of an embedded simulator, relative to the program's folder. */
export const defaultSimulatorData = ".machine-images/simulator.db";

/** One hour of a real cloud takes one minute. */
const defaultClock = "scaled:60";

/**
 * The clouds that the configuration selects: a simulator by its endpoint, an embedded simulator, or the real clouds.
 */
export function whereFrom(config: ReadConfig): Where {
    const endpoint = config(configKeys.endpoint);
    const simulator = config(configKeys.simulator);
    if (endpoint !== undefined) {
        if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
            throw new UserError(`${configKeys.endpoint} must be an HTTP or HTTPS URL`);
        }
        return { kind: "endpoint", url: endpoint.replace(/\/+$/, "") };
    }
    if (simulator === undefined || simulator === "off") return { kind: "public" };
    if (simulator !== "embedded") {
        throw new UserError(`${configKeys.simulator} must be "embedded" or "off", not "${simulator}"`);
    }
    const profile = config(configKeys.simulatorProfile);
    if (profile !== undefined && profile !== "csbs" && profile !== "cbr") {
        throw new UserError(`${configKeys.simulatorProfile} must be "csbs" or "cbr", not "${profile}"`);
    }
    return {
        kind: "embedded",
        data: config(configKeys.simulatorData) ?? defaultSimulatorData,
        clock: config(configKeys.simulatorClock) ?? defaultClock,
        ...(profile && { profile }),
    };
}

/** SWAS allows 10 calls a minute for each action (docs/reference/alibaba-api.md#call-quota). */
const realPollMs = 6000;

/** The shortest time between two polls of the same object, ms. */
export function pollMsFrom(config: ReadConfig, where: Where): number {
    const given = config(configKeys.pollSeconds);
    if (given !== undefined) {
        const seconds = Number(given);
        if (!(seconds > 0 && seconds <= 600)) {
            throw new UserError(
                `${configKeys.pollSeconds} must be a number of seconds greater than 0 and at most 600, not "${given}"`,
            );
        }
        return seconds * 1000;
    }
    if (where.kind !== "embedded") return realPollMs;
    return Math.max(50, realPollMs / (speedOf(where) ?? realPollMs));
}

/**
 * How many times faster than the machine's clock the clouds' clock runs. If it is not known, it is derived from the
 * poll interval.
 */
export function speedFrom(config: ReadConfig, where: Where): number {
    if (where.kind === "public") return 1;
    const known = where.kind === "embedded" ? speedOf(where) : undefined;
    return known ?? Math.max(1, realPollMs / pollMsFrom(config, where));
}

/**
 * How many times faster than the machine's clock an embedded simulator's clock runs; undefined if it jumps or does not
 * advance.
 */
function speedOf(where: Where): number | undefined {
    if (where.kind !== "embedded" || where.clock === "real") return 1;
    const [, factor] = /^scaled:(.+)$/.exec(where.clock) ?? [];
    return factor === undefined ? undefined : Number(factor);
}

/** The quota of SWAS (docs/reference/alibaba-api.md#call-quota). */
const realCallsPerMinute = 10;

/**
 * How often an account may call each action of a product that has such a quota. Simulators have the quota only if it is
 * configured there, so for them it applies only after the first throttled call.
 */
export function callQuotaFrom(config: ReadConfig, where: Where): CallQuota {
    const windowMs = 60_000 / (speedOf(where) ?? 1);
    const given = config(configKeys.callsPerMinute);
    if (given === undefined) return { calls: realCallsPerMinute, windowMs, isCertain: where.kind === "public" };
    const calls = Number(given);
    if (!Number.isInteger(calls) || calls < 1) {
        throw new UserError(`${configKeys.callsPerMinute} must be a whole number, at least 1, not "${given}"`);
    }
    return { calls, windowMs, isCertain: true };
}
