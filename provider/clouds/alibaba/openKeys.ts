import {
    type CredentialsProvider,
    ECSRAMRoleCredentialsProvider,
    OIDCRoleArnCredentialsProvider,
    RAMRoleARNCredentialsProvider,
    StaticAKCredentialsProvider,
    StaticSTSCredentialsProvider,
    URICredentialsProvider,
} from "@alicloud/credentials";
import CloudSSOCredentialsProvider from "@alicloud/credentials/dist/src/providers/cloud_sso";
import ExternalCredentialsProvider from "@alicloud/credentials/dist/src/providers/external";
import { UserError } from "../errors";
import type { CredentialSource } from "../settings";
import { askForKeys } from "./askForKeys";
import type { AlibabaKeys, AssumedRole, KeyServices } from "./keys";

/** The shortest session that STS allows (reference: AssumeRole, DurationSeconds). */
const shortestSession = 900;

/**
 * Opens the official providers, which renew keys before they expire.
 * @throws UserError for keys that cannot be obtained
 */
export function openKeys(keys: AlibabaKeys, origin: string, services: KeyServices): CredentialSource {
    const provider = providerOf(keys, origin, services);
    return async () => {
        const { accessKeyId, accessKeySecret, securityToken } = await provider.getCredentials();
        return { accessKeyId, accessKeySecret, securityToken: securityToken || undefined };
    };
}

/**
 * Sets every parameter: the providers take an empty one from the environment, and then another account would be used.
 */
function providerOf(keys: AlibabaKeys, origin: string, services: KeyServices): CredentialsProvider {
    const asking = <Provider extends CredentialsProvider>(provider: Provider, what: string): Provider =>
        // Their own HTTP client supports neither a proxy nor another address. They have this property for tests.
        Object.assign(provider, { doRequest: askForKeys({ origin, what, ...services }) });
    switch (keys.kind) {
        case "static":
            return plainProvider(keys);
        case "role":
            return asking(
                withRole(RAMRoleARNCredentialsProvider.builder(), keys, origin)
                    .withCredentialsProvider(providerOf(keys.by, origin, services))
                    .withExternalId(keys.externalId ?? "")
                    .build(),
                `assume the role ${keys.roleArn}`,
            );
        case "oidc":
            return asking(
                withRole(OIDCRoleArnCredentialsProvider.builder(), keys, origin)
                    .withOIDCProviderArn(keys.providerArn)
                    .withOIDCTokenFilePath(keys.tokenFile)
                    .build(),
                `assume the role ${keys.roleArn} with the token in ${keys.tokenFile}`,
            );
        case "instance":
            return asking(instanceProvider(keys, origin), "read the keys of the instance's RAM role");
        case "uri":
            if (!URL.canParse(keys.uri) || !/^https?:$/.test(new URL(keys.uri).protocol)) {
                throw new UserError(`${origin}: the credentials URI is not an HTTP or HTTPS URL: correct it`);
            }
            return asking(
                URICredentialsProvider.builder().withCredentialsURI(keys.uri).build(),
                "read keys from the credentials URI",
            );
        case "command":
            return ExternalCredentialsProvider.builder().withProcessCommand(keys.command).build();
        case "cloudSso":
            return asking(cloudSsoProvider(keys, origin, services), "get keys from CloudSSO");
    }
}

function plainProvider({ accessKeyId, accessKeySecret, securityToken }: AlibabaKeys & { kind: "static" }) {
    if (securityToken === undefined) {
        return StaticAKCredentialsProvider.builder()
            .withAccessKeyId(accessKeyId)
            .withAccessKeySecret(accessKeySecret)
            .build();
    }
    return StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(accessKeyId)
        .withAccessKeySecret(accessKeySecret)
        .withSecurityToken(securityToken)
        .build();
}

type RoleBuilder<Builder> = Record<
    "withRoleArn" | "withRoleSessionName" | "withPolicy" | "withStsRegionId" | "withStsEndpoint",
    (value: string) => Builder
> & { withDurationSeconds(seconds: number): Builder; withEnableVpc(isInVpc: boolean): Builder };

/** Empty text selects the builder's default. */
function withRole<Builder extends RoleBuilder<Builder>>(builder: Builder, role: AssumedRole, origin: string): Builder {
    const { durationSeconds = 0 } = role;
    if (durationSeconds > 0 && durationSeconds < shortestSession) {
        throw new UserError(`${origin}: a session must last at least ${shortestSession} seconds: correct its duration`);
    }
    return builder
        .withRoleArn(role.roleArn)
        .withRoleSessionName(role.sessionName || "pulumi-machine-images")
        .withDurationSeconds(durationSeconds)
        .withPolicy(role.policy ?? "")
        .withStsRegionId(role.region ?? "")
        .withStsEndpoint(role.endpoint?.replace(/^https:\/\//, "").replace(/\/+$/, "") ?? "")
        .withEnableVpc(role.isInVpc ?? false);
}

function instanceProvider({ roleName, isHardened }: AlibabaKeys & { kind: "instance" }, origin: string) {
    try {
        return ECSRAMRoleCredentialsProvider.builder()
            .withRoleName(roleName ?? "")
            .withDisableIMDSv1(isHardened ?? false)
            .build();
    } catch (error) {
        throw new UserError(
            `${origin}: ALIBABA_CLOUD_ECS_METADATA_DISABLED disables the metadata service that provides the keys: unset it`,
            { cause: error },
        );
    }
}

function cloudSsoProvider(keys: AlibabaKeys & { kind: "cloudSso" }, origin: string, { time }: KeyServices) {
    if (keys.accessTokenExpires * 1000 <= time.now()) {
        throw new UserError(
            `${origin}: the sign-in has expired: sign in again with "aliyun configure --mode CloudSSO"`,
        );
    }
    return CloudSSOCredentialsProvider.builder()
        .withSignInUrl(keys.signInUrl)
        .withAccountId(keys.accountId)
        .withAccessConfig(keys.accessConfiguration)
        .withAccessToken(keys.accessToken)
        .withAccessTokenExpire(keys.accessTokenExpires)
        .build();
}
