import { UserError } from "./errors";

/** The stack's configuration: `key` is full, "machine-images:endpoint". */
export type ReadConfig = (key: string) => string | undefined;

/** Keys of one account. */
export interface Credentials {
    accessKeyId: string;
    accessKeySecret: string;
    /** Present with temporary credentials. */
    securityToken?: string;
}

/** Where the clouds are. */
export type Where =
    | { kind: "endpoint"; url: string }
    | { kind: "embedded"; data: string; clock: string }
    | { kind: "public" };

/** The keys of the stack's configuration, all in the namespace "machine-images". */
export const configKeys = {
    endpoint: "machine-images:endpoint",
    simulator: "machine-images:simulator",
    simulatorData: "machine-images:simulatorData",
    simulatorClock: "machine-images:simulatorClock",
    pollSeconds: "machine-images:pollSeconds",
    alibabaAccessKeyId: "machine-images:alibabaAccessKeyId",
    alibabaAccessKeySecret: "machine-images:alibabaAccessKeySecret",
    alibabaSecurityToken: "machine-images:alibabaSecurityToken",
    huaweiAccessKey: "machine-images:huaweiAccessKey",
    huaweiSecretKey: "machine-images:huaweiSecretKey",
    huaweiSecurityToken: "machine-images:huaweiSecurityToken",
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
    return {
        kind: "embedded",
        data: config(configKeys.simulatorData) ?? defaultSimulatorData,
        clock: config(configKeys.simulatorClock) ?? defaultClock,
    };
}

/** Keys of an account from the configuration, else from the environment variables that the cloud's own tools read. */
export function credentialsFrom(
    cloud: "alibaba" | "huawei",
    config: ReadConfig,
    environment: Readonly<Record<string, string | undefined>>,
): Credentials {
    const [id, secret, token] =
        cloud === "alibaba"
            ? [configKeys.alibabaAccessKeyId, configKeys.alibabaAccessKeySecret, configKeys.alibabaSecurityToken]
            : [configKeys.huaweiAccessKey, configKeys.huaweiSecretKey, configKeys.huaweiSecurityToken];
    const fromEnvironment =
        cloud === "alibaba"
            ? [
                  environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
                  environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
                  environment.ALIBABA_CLOUD_SECURITY_TOKEN,
              ]
            : [
                  environment.HUAWEICLOUD_SDK_AK ?? environment.OS_ACCESS_KEY,
                  environment.HUAWEICLOUD_SDK_SK ?? environment.OS_SECRET_KEY,
                  environment.HUAWEICLOUD_SDK_SECURITY_TOKEN ?? environment.OS_SECURITY_TOKEN,
              ];
    // Never mixed: an id from one place and a secret from another would only give a puzzling signature error.
    const [accessKeyId, accessKeySecret, securityToken] =
        config(id) !== undefined ? [config(id), config(secret), config(token)] : fromEnvironment;
    if (accessKeyId && accessKeySecret) return { accessKeyId, accessKeySecret, securityToken };
    const variables =
        cloud === "alibaba"
            ? "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"
            : "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK";
    throw new UserError(
        `no credentials for ${cloud === "alibaba" ? "Alibaba Cloud" : "Huawei Cloud"}: run "pulumi config set ${id} <id>" ` +
            `and "pulumi config set --secret ${secret} <secret>", or set ${variables}, ` +
            `or use the simulator with "pulumi config set ${configKeys.simulator} embedded"`,
    );
}

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
    // SWAS allows 10 calls a minute for each action (reference alibaba.md 1.6).
    const realMs = 6000;
    if (where.kind !== "embedded") return realMs;
    const factor = Number(/^scaled:(.+)$/.exec(where.clock)?.[1] ?? (where.clock === "real" ? 1 : realMs));
    return Math.max(50, realMs / factor);
}
