import { UserError } from "../errors";
import type { Environment, FoundKeys, ProfileFiles } from "../profileFiles";
import { cliProfile } from "./cliProfiles";
import type { AlibabaKeys } from "./keys";
import { sdkProfile } from "./sdkProfiles";

const idVariable = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const secretVariable = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

/**
 * Keys as the default chain of the Alibaba Cloud SDKs finds them: environment variables, an OIDC token, the profile of
 * the aliyun CLI, the SDKs' own file, a credentials URI, the role of the ECS instance.
 *
 * @returns undefined if nothing is configured
 * @throws UserError if the configuration is incomplete or contradictory
 */
export function keysByChain(environment: Environment, files: ProfileFiles): FoundKeys<AlibabaKeys> | undefined {
    const profile = environment.ALIBABA_CLOUD_PROFILE || undefined;
    const fromVariables = environmentKeys(environment);
    if (fromVariables) {
        if (profile === undefined) return fromVariables;
        throw new UserError(
            `both ${fromVariables.origin} and ALIBABA_CLOUD_PROFILE (${profile}) select an account: unset one of them`,
        );
    }
    if (environment.ALIBABA_CLOUD_ROLE_ARN) {
        throw new UserError(
            `ALIBABA_CLOUD_ROLE_ARN is set without keys that can assume the role: set ${idVariable} and ${secretVariable}, ` +
                "or ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE, or unset it",
        );
    }
    const fromFiles = keysOfProfile(profile, environment, files);
    if (fromFiles) return fromFiles;
    if (profile !== undefined) {
        throw new UserError(
            `ALIBABA_CLOUD_PROFILE names the profile ${profile}, which is neither in ${files.home}/.aliyun/config.json ` +
                `nor in ${sdkFile(environment, files)}: correct or unset it`,
        );
    }
    const uri = environment.ALIBABA_CLOUD_CREDENTIALS_URI;
    return uri ? { keys: { kind: "uri", uri }, origin: "ALIBABA_CLOUD_CREDENTIALS_URI" } : undefined;
}

/** Keys of a profile of the CLI, otherwise of the SDKs' file. @param name @default the current or the default one */
export function keysOfProfile(
    name: string | undefined,
    environment: Environment,
    files: ProfileFiles,
): FoundKeys<AlibabaKeys> | undefined {
    const isCliOff = isTrue(environment.ALIBABA_CLOUD_CLI_PROFILE_DISABLED);
    const found = isCliOff ? undefined : cliProfile(name, files);
    return found ?? sdkProfile(name, sdkFile(environment, files), files);
}

/** The role of the instance, unless the environment disables it. */
export function instanceKeys(environment: Environment): FoundKeys<AlibabaKeys> | undefined {
    if (isTrue(environment.ALIBABA_CLOUD_ECS_METADATA_DISABLED)) return undefined;
    const roleName = environment.ALIBABA_CLOUD_ECS_METADATA || undefined;
    const isHardened = isTrue(environment.ALIBABA_CLOUD_IMDSV1_DISABLED);
    return { keys: { kind: "instance", roleName, isHardened }, origin: "the RAM role of this ECS instance" };
}

function sdkFile(environment: Environment, files: ProfileFiles): string {
    const given = environment.ALIBABA_CLOUD_CREDENTIALS_FILE;
    if (!given) return `${files.home}/.alibabacloud/credentials`;
    if (files.read(given) !== undefined) return given;
    throw new UserError(`ALIBABA_CLOUD_CREDENTIALS_FILE names ${given}, which does not exist: correct or unset it`);
}

function environmentKeys(environment: Environment): FoundKeys<AlibabaKeys> | undefined {
    const accessKeyId = environment[idVariable] || undefined;
    const accessKeySecret = environment[secretVariable] || undefined;
    const securityToken = environment.ALIBABA_CLOUD_SECURITY_TOKEN || undefined;
    const roleArn = environment.ALIBABA_CLOUD_ROLE_ARN || undefined;
    const providerArn = environment.ALIBABA_CLOUD_OIDC_PROVIDER_ARN || undefined;
    const tokenFile = environment.ALIBABA_CLOUD_OIDC_TOKEN_FILE || undefined;
    if ((accessKeyId === undefined) !== (accessKeySecret === undefined)) {
        const [present, missing] = accessKeyId ? [idVariable, secretVariable] : [secretVariable, idVariable];
        throw new UserError(`${present} is set without ${missing}: set both or neither`);
    }
    const role = roleArn && {
        roleArn,
        sessionName: environment.ALIBABA_CLOUD_ROLE_SESSION_NAME || undefined,
        region: environment.ALIBABA_CLOUD_STS_REGION || undefined,
        isInVpc: isTrue(environment.ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED),
    };
    const hasToken = role && providerArn && tokenFile;
    if (accessKeyId && accessKeySecret) {
        const keys: AlibabaKeys = { kind: "static", accessKeyId, accessKeySecret, securityToken };
        // If there is also a token, the role belongs to the token: a pod of ACK has these variables whether it uses
        // them or not.
        if (!role || hasToken) return { keys, origin: `${idVariable} and ${secretVariable}` };
        return { keys: { kind: "role", by: keys, ...role }, origin: `${idVariable} and ALIBABA_CLOUD_ROLE_ARN` };
    }
    if (!hasToken) return undefined;
    const origin = "ALIBABA_CLOUD_OIDC_TOKEN_FILE and ALIBABA_CLOUD_ROLE_ARN";
    return { keys: { kind: "oidc", providerArn, tokenFile, ...role }, origin };
}

function isTrue(value: string | undefined): boolean {
    return value?.toLowerCase() === "true";
}
