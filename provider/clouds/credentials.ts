import { z } from "zod";
import { UserError } from "./errors";
import { parseTexts } from "./json";
import { type ProfileFiles, profileKeys } from "./profileFiles";
import { type Credentials, configKeys, type ReadConfig } from "./settings";

type Provider = "alibaba" | "huawei";
type Environment = Readonly<Record<string, string | undefined>>;

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
 * Keys of an account: those of the stack's configuration, else of the environment variables, else of the profile files
 * that the cloud's own tools read. A named account is looked for in `machine-images:accounts`, then in the files.
 *
 * @throws UserError that says what to set
 */
export function credentialsFrom(cloud: Provider, account: string | undefined, sources: KeySources): Credentials {
    if (account !== undefined) return namedCredentials(cloud, account, sources);
    const { config, environment, files } = sources;
    const keys = configKeysOf(cloud);
    // Never mixed: an id from one place and a secret from another would only give a puzzling signature error.
    const [accessKeyId, accessKeySecret, securityToken] =
        config(keys.id) !== undefined
            ? [config(keys.id), config(keys.secret), config(keys.token)]
            : environmentKeys(cloud, environment);
    if (accessKeyId && accessKeySecret) return { accessKeyId, accessKeySecret, securityToken };
    const fromFile = config(keys.id) === undefined ? profileKeys(cloud, undefined, environment, files) : undefined;
    if (fromFile) return fromFile;
    const variables =
        cloud === "alibaba"
            ? "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"
            : "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK";
    throw new UserError(
        `no credentials for ${titles[cloud]}: run "pulumi config set ${keys.id} <id>" ` +
            `and "pulumi config set --secret ${keys.secret} <secret>", or set ${variables}, ` +
            `or use the simulator with "pulumi config set ${configKeys.simulator} embedded"`,
    );
}

function namedCredentials(cloud: Provider, account: string, { config, environment, files }: KeySources): Credentials {
    const found = accountsFrom(config)[account] ?? profileKeys(cloud, account, environment, files);
    if (found) return found;
    const path = `${configKeys.accounts}.${account}`;
    throw new UserError(
        `no credentials for the account ${account} of ${titles[cloud]}: run "pulumi config set --path '${path}.accessKeyId' <id>" ` +
            `and "pulumi config set --path --secret '${path}.accessKeySecret' <secret>", ` +
            `or add a profile of that name to ${cloud === "alibaba" ? "~/.aliyun/config.json" : "~/.huaweicloud/credentials"}`,
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

function environmentKeys(cloud: Provider, environment: Environment): (string | undefined)[] {
    if (cloud === "alibaba") {
        return [
            environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
            environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
            environment.ALIBABA_CLOUD_SECURITY_TOKEN,
        ];
    }
    const isSdk = environment.HUAWEICLOUD_SDK_AK !== undefined;
    return isSdk
        ? [environment.HUAWEICLOUD_SDK_AK, environment.HUAWEICLOUD_SDK_SK, environment.HUAWEICLOUD_SDK_SECURITY_TOKEN]
        : [environment.OS_ACCESS_KEY, environment.OS_SECRET_KEY, environment.OS_SECURITY_TOKEN];
}
