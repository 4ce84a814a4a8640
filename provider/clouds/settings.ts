import { UserError } from "./errors";
import type { CallQuota } from "./pacing";

/** The stack's configuration: `key` is full, "machine-images:endpoint". */
export type ReadConfig = (key: string) => string | undefined;

/** Keys of one account. */
export interface Credentials {
    accessKeyId: string;
    accessKeySecret: string;
    /** Present with temporary credentials. */
    securityToken?: string;
}

/** The keys that are valid now: asked before every request, because temporary ones are renewed while a run waits. */
export type CredentialSource = () => Promise<Credentials>;

/** Where the clouds are. */
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
    /** More accounts, by the name that a cloud's `account` gives: an object of keys. */
    accounts: "machine-images:accounts",
    /** Tags for everything that takes tags: an object of texts. */
    defaultTags: "machine-images:defaultTags",
    /** The environment file of `pulumi-machine-images/program`. */
    environment: "machine-images:environment",
    /** Values of its parameters, by name. */
    parameters: "machine-images:parameters",
} as const;

/** The file of an embedded simulator, seen from the program's folder. */
export const defaultSimulatorData = ".machine-images/simulator.db";

/** An hour of a real cloud's waiting passes in a minute. */
const defaultClock = "scaled:60";

/** Which clouds the configuration asks for: a simulator by endpoint, an embedded one, or the real ones. */
export function whereFrom(config: ReadConfig): Where {
    const endpoint = config(configKeys.endpoint);
    const simulator = config(configKeys.simulator);
    if (endpoint !== undefined) {
        if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
            throw new UserError(`${configKeys.endpoint} is no http or https URL: correct it`);
        }
        return { kind: "endpoint", url: endpoint.replace(/\/+$/, "") };
    }
    if (simulator === undefined || simulator === "off") return { kind: "public" };
    if (simulator !== "embedded") {
        throw new UserError(`${configKeys.simulator} "${simulator}" is not known: use embedded or off`);
    }
    const profile = config(configKeys.simulatorProfile);
    if (profile !== undefined && profile !== "csbs" && profile !== "cbr") {
        throw new UserError(`${configKeys.simulatorProfile} "${profile}" is not known: use csbs or cbr`);
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

/** The shortest time between two looks at the same thing, ms. */
export function pollMsFrom(config: ReadConfig, where: Where): number {
    const given = config(configKeys.pollSeconds);
    if (given !== undefined) {
        const seconds = Number(given);
        if (!(seconds > 0 && seconds <= 600)) {
            throw new UserError(`${configKeys.pollSeconds} "${given}" is not possible: give seconds, at most 600`);
        }
        return seconds * 1000;
    }
    if (where.kind !== "embedded") return realPollMs;
    return Math.max(50, realPollMs / (speedOf(where) ?? realPollMs));
}

/** How many times faster than the machine's clock that of the clouds runs: what polling says, where it is not known. */
export function speedFrom(config: ReadConfig, where: Where): number {
    if (where.kind === "public") return 1;
    const known = where.kind === "embedded" ? speedOf(where) : undefined;
    return known ?? Math.max(1, realPollMs / pollMsFrom(config, where));
}

/** How many times faster than the machine's clock an embedded simulator's runs; undefined when it jumps or stands. */
function speedOf(where: Where): number | undefined {
    if (where.kind !== "embedded" || where.clock === "real") return 1;
    const [, factor] = /^scaled:(.+)$/.exec(where.clock) ?? [];
    return factor === undefined ? undefined : Number(factor);
}

/** SWAS's own (docs/reference/alibaba-api.md#call-quota). */
const realCallsPerMinute = 10;

/**
 * How often an account may call each action of a product that has such a quota. Simulators have it only when they are
 * told to, so there it holds once it has been met.
 */
export function callQuotaFrom(config: ReadConfig, where: Where): CallQuota {
    const windowMs = 60_000 / (speedOf(where) ?? 1);
    const given = config(configKeys.callsPerMinute);
    if (given === undefined) return { calls: realCallsPerMinute, windowMs, isCertain: where.kind === "public" };
    const calls = Number(given);
    if (!Number.isInteger(calls) || calls < 1) {
        throw new UserError(`${configKeys.callsPerMinute} "${given}" is not possible: give a whole number from 1`);
    }
    return { calls, windowMs, isCertain: true };
}
