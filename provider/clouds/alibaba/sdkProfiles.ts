import { UserError } from "../errors";
import { type FoundKeys, type IniSection, iniSection, type ProfileFiles } from "../profileFiles";
import type { AlibabaKeys, AssumedRole } from "./keys";

/**
 * Keys of a section of the credentials file of the Alibaba Cloud SDKs. Undefined if there is no such section, or if
 * none is named and `enable` disables the default one.
 *
 * @param name
 * @default the section "default"
 * @throws UserError for a section that is incomplete, disabled, or of an unsupported type
 */
export function sdkProfile(
    name: string | undefined,
    path: string,
    files: ProfileFiles,
): FoundKeys<AlibabaKeys> | undefined {
    const section = iniSection(path, name ?? "default", files);
    if (section === undefined) return undefined;
    const origin = `profile ${name ?? "default"} (${section.type ?? "without a type"}) in ${path}`;
    if (section.enable?.toLowerCase() === "false") {
        if (name === undefined) return undefined;
        throw new UserError(`${origin} is disabled: remove "enable = false", or use another profile`);
    }
    return { keys: keysOf(section, origin), origin };
}

/** Fields that only sections of types other than access_key have. */
const typedFields = ["role_arn", "role_name", "credentials_uri", "oidc_provider_arn", "public_key_id", "bearer_token"];

function keysOf(section: IniSection, origin: string): AlibabaKeys {
    const need = (field: string): string => {
        const value = section[field];
        if (value !== undefined) return value;
        throw new UserError(`${origin} has no ${field}: add it`);
    };
    const plain = () => ({
        kind: "static" as const,
        accessKeyId: need("access_key_id"),
        accessKeySecret: need("access_key_secret"),
        securityToken: section.security_token,
    });
    const role = (): AssumedRole => ({
        roleArn: need("role_arn"),
        sessionName: section.role_session_name,
        durationSeconds: seconds(section.role_session_expiration ?? section.duration_seconds, origin),
        policy: section.policy,
        externalId: section.external_id,
        region: section.sts_region,
        endpoint: section.sts_endpoint,
        isInVpc: section.enable_vpc?.toLowerCase() === "true",
    });
    switch (section.type) {
        case undefined: {
            // The SDKs refuse a section without a type. This provider accepts one that can only contain static keys.
            const found = typedFields.find((field) => section[field] !== undefined);
            if (found === undefined) return plain();
            throw new UserError(`${origin} has ${found}, but no type: add one, for example type = ram_role_arn`);
        }
        case "access_key":
            return plain();
        case "sts":
            return { ...plain(), securityToken: need("security_token") };
        case "ram_role_arn":
            return { kind: "role", by: plain(), ...role() };
        case "ecs_ram_role":
            return { kind: "instance", roleName: section.role_name };
        case "oidc_role_arn": {
            const tokenFile = section.oidc_token_file_path ?? need("oidc_token_file");
            return { kind: "oidc", providerArn: need("oidc_provider_arn"), tokenFile, ...role() };
        }
        case "credentials_uri":
            return { kind: "uri", uri: need("credentials_uri") };
        default:
            throw new UserError(
                `${origin}: the type ${section.type} is not supported: use access_key, sts, ram_role_arn, ecs_ram_role, ` +
                    "oidc_role_arn or credentials_uri",
            );
    }
}

function seconds(given: string | undefined, origin: string): number | undefined {
    if (given === undefined) return undefined;
    if (/^\d+$/.test(given)) return Number(given);
    throw new UserError(`${origin}: the duration of the session must be a whole number of seconds`);
}
