import { z } from "zod";
import { UserError } from "../errors";
import type { FoundKeys, ProfileFiles } from "../profileFiles";
import type { AlibabaKeys, AssumedRole } from "./keys";

const text = z
    .string()
    .nullish()
    .transform((value) => value || undefined)
    .catch(undefined);
const number = z.coerce.number().positive().optional().catch(undefined);
const flag = z.boolean().catch(false);

/** A profile of ~/.aliyun/config.json, as the aliyun CLI writes it (aliyun-cli, config/profile.go). */
const profile = z.object({
    name: z.string(),
    mode: text,
    access_key_id: text,
    access_key_secret: text,
    sts_token: text,
    ram_role_name: text,
    ram_role_arn: text,
    ram_session_name: text,
    external_id: text,
    expired_seconds: number,
    duration_seconds: number,
    sts_region: text,
    sts_endpoint: text,
    enable_vpc: flag,
    source_profile: text,
    oidc_provider_arn: text,
    oidc_token_file: text,
    credentials_uri: text,
    process_command: text,
    cloud_sso_sign_in_url: text,
    cloud_sso_account_id: text,
    cloud_sso_access_config: text,
    access_token: text,
    cloud_sso_access_token_expire: number,
});

type Profile = z.infer<typeof profile>;
type Field = Exclude<
    keyof Profile,
    "name" | "expired_seconds" | "duration_seconds" | "enable_vpc" | "cloud_sso_access_token_expire"
>;

const configuration = z.object({ current: text, profiles: z.array(profile).nullish() });

interface Reading {
    path: string;
    profiles: readonly Profile[];
    /** The chain of profiles whose sources are being resolved. */
    through: readonly string[];
}

/**
 * Keys of a profile of the aliyun CLI. Undefined if there is no such profile, or if no profile is named and the current
 * one is empty.
 *
 * @param name
 * @default the file's current profile
 * @throws UserError for a profile that is incomplete or has an unsupported mode
 */
export function cliProfile(name: string | undefined, files: ProfileFiles): FoundKeys<AlibabaKeys> | undefined {
    const path = `${files.home}/.aliyun/config.json`;
    const written = files.read(path);
    if (written === undefined) return undefined;
    const read = configuration.safeParse(json(written));
    if (!read.success)
        throw new UserError(
            `cannot read ${path}: it is not a valid configuration of the aliyun CLI. Correct or remove it`,
        );
    const profiles = read.data.profiles ?? [];
    const wanted = name ?? read.data.current ?? "default";
    const found = profiles.find((candidate) => candidate.name === wanted);
    if (found === undefined || (name === undefined && isEmpty(found))) return undefined;
    return { keys: keysOf(found, { path, profiles, through: [] }), origin: identityOf(found, path) };
}

/** An interrupted `aliyun configure` leaves such a profile. */
function isEmpty(found: Profile): boolean {
    return modeOf(found) === "AK" && found.access_key_id === undefined && found.access_key_secret === undefined;
}

function modeOf({ mode }: Profile): string {
    return mode ?? "AK";
}

function identityOf(found: Profile, path: string): string {
    return `profile ${found.name} (${modeOf(found)}) in ${path}`;
}

function keysOf(found: Profile, reading: Reading): AlibabaKeys {
    const need = (field: Field): string => {
        const value = found[field];
        if (value !== undefined) return value;
        throw new UserError(`${identityOf(found, reading.path)} has no ${field}: add it with "aliyun configure"`);
    };
    const plain = () => ({
        kind: "static" as const,
        accessKeyId: need("access_key_id"),
        accessKeySecret: need("access_key_secret"),
    });
    const instance = (roleName: string | undefined) => ({ kind: "instance" as const, roleName });
    const role = (): AssumedRole => ({
        roleArn: need("ram_role_arn"),
        sessionName: found.ram_session_name,
        durationSeconds: found.expired_seconds ?? found.duration_seconds,
        externalId: found.external_id,
        region: found.sts_region,
        endpoint: found.sts_endpoint,
        isInVpc: found.enable_vpc,
    });
    switch (modeOf(found)) {
        case "AK":
            return plain();
        case "StsToken":
            return { ...plain(), securityToken: need("sts_token") };
        case "RamRoleArn":
            return { kind: "role", by: { ...plain(), securityToken: found.sts_token }, ...role() };
        case "EcsRamRole":
            return instance(found.ram_role_name);
        case "RamRoleArnWithRoleName":
            return { kind: "role", by: instance(found.ram_role_name), ...role() };
        case "ChainableRamRoleArn":
            return { kind: "role", by: sourceOf(found, need("source_profile"), reading), ...role() };
        case "OIDC": {
            const identity = { providerArn: need("oidc_provider_arn"), tokenFile: need("oidc_token_file") };
            return { kind: "oidc", ...identity, ...role() };
        }
        case "CredentialsURI":
            return { kind: "uri", uri: need("credentials_uri") };
        case "External":
            return { kind: "command", command: need("process_command") };
        case "CloudSSO":
            return {
                kind: "cloudSso",
                signInUrl: need("cloud_sso_sign_in_url"),
                accountId: need("cloud_sso_account_id"),
                accessConfiguration: need("cloud_sso_access_config"),
                accessToken: need("access_token"),
                accessTokenExpires: found.cloud_sso_access_token_expire ?? 0,
            };
        default:
            throw new UserError(
                `${identityOf(found, reading.path)}: the mode ${modeOf(found)} is not supported: use a profile with one of the modes ` +
                    "AK, StsToken, RamRoleArn, RamRoleArnWithRoleName, ChainableRamRoleArn, EcsRamRole, OIDC, " +
                    "CredentialsURI, External and CloudSSO",
            );
    }
}

function sourceOf(found: Profile, name: string, { path, profiles, through }: Reading): AlibabaKeys {
    const chain = [...through, found.name];
    if (chain.includes(name)) {
        throw new UserError(
            `${identityOf(found, path)} is its own source (${[...chain, name].join(", ")}): correct source_profile`,
        );
    }
    const source = profiles.find((candidate) => candidate.name === name);
    if (source) return keysOf(source, { path, profiles, through: chain });
    throw new UserError(`${identityOf(found, path)} has the source_profile ${name}, which does not exist: correct it`);
}

function json(written: string): unknown {
    try {
        return JSON.parse(written);
    } catch {
        return undefined;
    }
}
