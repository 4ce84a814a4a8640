import { z } from "zod";
import { parseTexts } from "../core/json";
import { keysByChain as keysOfAlibabaChain, keysOfProfile } from "./alibaba/keyChain";
import type { AlibabaKeys } from "./alibaba/keys";
import { UserError } from "./errors";
import { type HuaweiKeys, keysByChain as keysOfHuaweiChain, keysOfSection } from "./huawei/keys";
import type { Environment, FoundKeys, ProfileFiles } from "./profileFiles";
import { type Credentials, configKeys, type ReadConfig } from "./settings";

type Provider = "alibaba" | "huawei";

const titles = { alibaba: "Alibaba Cloud", huawei: "Huawei Cloud" } as const;

const namedAccounts = z.record(
    z.string(),
    z.strictObject({
        accessKeyId: z.string().min(1),
        accessKeySecret: z.string().min(1),
        securityToken: z.string().min(1).optional(),
    }),
);

/** Where keys are looked for. */
export interface KeySources {
    config: ReadConfig;
    environment: Environment;
    files: ProfileFiles;
}

/**
 * Keys of an account of Alibaba Cloud: those of the stack's configuration, else what the default chain of its SDKs finds.
 * A named account is looked for in `machine-images:accounts`, then in the profile files, and nowhere else.
 *
 * @returns undefined when no account is named and nothing is configured
 * @throws UserError that says what to set
 */
export function alibabaKeys(account: string | undefined, sources: KeySources): FoundKeys<AlibabaKeys> | undefined {
    const { environment, files } = sources;
    const configured = configuredKeys("alibaba", account, sources);
    if (configured) return configured;
    if (account === undefined) return keysOfAlibabaChain(environment, files);
    return keysOfProfile(account, environment, files) ?? noSuchAccount("alibaba", account);
}

/** As `alibabaKeys`, of an account of Huawei Cloud. */
export function huaweiKeys(account: string | undefined, sources: KeySources): FoundKeys<HuaweiKeys> | undefined {
    const { environment, files } = sources;
    const configured = configuredKeys("huawei", account, sources);
    if (configured) return configured;
    if (account === undefined) return keysOfHuaweiChain(environment, files);
    return keysOfSection(account, environment, files) ?? noSuchAccount("huawei", account);
}

type Configured = FoundKeys<{ kind: "static" } & Credentials>;

function configuredKeys(cloud: Provider, account: string | undefined, { config }: KeySources): Configured | undefined {
    if (account !== undefined) {
        const accounts = accountsFrom(config);
        // "constructor" is a property of every object.
        const found = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
        return found && { keys: { kind: "static", ...found }, origin: `${configKeys.accounts}.${account}` };
    }
    const keys = configKeysOf(cloud);
    const accessKeyId = config(keys.id);
    if (accessKeyId === undefined) return undefined;
    const accessKeySecret = config(keys.secret);
    // Never mixed: an id from one place and a secret from another would only give a puzzling signature error.
    if (!accessKeyId || !accessKeySecret) throw noKeys(cloud);
    const found = { accessKeyId, accessKeySecret, securityToken: config(keys.token) };
    return { keys: { kind: "static", ...found }, origin: keys.id };
}

/** Nothing says which keys to use. The message is for a program with a stack. */
export class NoKeys extends UserError {
    constructor(
        message: string,
        /** The same for a command that reads no stack. */
        readonly withoutStack: string,
    ) {
        super(message);
    }
}

/** The error for when nothing is configured. */
export function noKeys(cloud: Provider): NoKeys {
    const keys = configKeysOf(cloud);
    const [variables, file, instance] =
        cloud === "alibaba"
            ? [
                  "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                  "~/.aliyun/config.json",
                  "an ECS instance with a RAM role",
              ]
            : ["HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK", "~/.huaweicloud/credentials", "an ECS with an agency"];
    const missing = `no credentials for ${titles[cloud]}`;
    return new NoKeys(
        `${missing}: run "pulumi config set ${keys.id} <id>" ` +
            `and "pulumi config set --secret ${keys.secret} <secret>", or set ${variables}, ` +
            `or add a profile to ${file}, or run on ${instance}, ` +
            `or use the simulator with "pulumi config set ${configKeys.simulator} embedded"`,
        `${missing}: give --stack . for the keys or the simulator of this folder's stack, or set ${variables}, ` +
            `or add a profile to ${file}, or run on ${instance}. For a simulator that is served, give --endpoint URL as well`,
    );
}

function noSuchAccount(cloud: Provider, account: string): never {
    const path = `${configKeys.accounts}.${account}`;
    const missing = `no credentials for the account ${account} of ${titles[cloud]}`;
    const profile = `add a profile of that name to ${cloud === "alibaba" ? "~/.aliyun/config.json" : "~/.huaweicloud/credentials"}`;
    throw new NoKeys(
        `${missing}: run "pulumi config set --path '${path}.accessKeyId' <id>" ` +
            `and "pulumi config set --path --secret '${path}.accessKeySecret' <secret>", or ${profile}`,
        `${missing}: give --stack . if this folder's stack names it in ${configKeys.accounts}, or ${profile}`,
    );
}

function accountsFrom(config: ReadConfig): z.infer<typeof namedAccounts> {
    const given = config(configKeys.accounts);
    if (given === undefined) return {};
    try {
        return namedAccounts.parse(parseTexts(given));
    } catch (error) {
        // Without the value: it holds secrets.
        const where = error instanceof z.ZodError ? `: ${error.issues[0]?.path.join(".")} is not as it should be` : "";
        throw new UserError(
            `${configKeys.accounts} cannot be read${where}: set it with "pulumi config set --path '${configKeys.accounts}.<name>.accessKeyId' <id>"`,
        );
    }
}

function configKeysOf(cloud: Provider): { id: string; secret: string; token: string } {
    return cloud === "alibaba"
        ? {
              id: configKeys.alibabaAccessKeyId,
              secret: configKeys.alibabaAccessKeySecret,
              token: configKeys.alibabaSecurityToken,
          }
        : { id: configKeys.huaweiAccessKey, secret: configKeys.huaweiSecretKey, token: configKeys.huaweiSecurityToken };
}
