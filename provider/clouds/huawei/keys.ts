import type { Time } from "../../core/time";
import { UserError } from "../errors";
import { type Environment, type FoundKeys, type IniSection, iniSection, type ProfileFiles } from "../profileFiles";
import type { Proxies } from "../proxies";
import type { Credentials } from "../settings";

/** The project and the account (domain), if more than the region is configured. */
export interface HuaweiScope {
    projectId?: string;
    /** A name such as "eu-de_team", from OS_PROJECT_NAME. */
    projectName?: string;
    /** The account's id: the keys must belong to it. */
    domainId?: string;
    /** URL of IAM, instead of the region's. */
    iamEndpoint?: string;
}

/** How keys of Huawei Cloud are obtained. Plain data: nothing is requested before a request needs the keys. */
export type HuaweiKeys = HuaweiScope &
    (
        | { kind: "static"; accessKeyId: string; accessKeySecret: string; securityToken?: string }
        /** A token of an identity provider, exchanged for temporary keys. */
        | { kind: "oidc"; providerId: string; tokenFile: string }
        /** The agency of the ECS instance. */
        | { kind: "instance" }
    );

/** Where keys are requested. */
export interface KeyServices {
    /** The base URL of IAM. */
    iamUrl: string;
    /** The base URL of the metadata service of ECS. @default http://169.254.169.254 */
    metadataUrl?: string;
    proxies: Proxies;
    time: Time;
}

/** Temporary keys. */
export interface TemporaryKeys extends Credentials {
    /** Milliseconds since the epoch. */
    expiresAt: number;
}

/**
 * Keys as the Huawei Cloud SDKs find them: environment variables (their own or OpenStack's), then the section "basic"
 * of their credentials file. Undefined if nothing is configured.
 *
 * @throws UserError if the configuration is incomplete
 */
export function keysByChain(environment: Environment, files: ProfileFiles): FoundKeys<HuaweiKeys> | undefined {
    return sdkVariables(environment) ?? openStackVariables(environment) ?? keysOfSection("basic", environment, files);
}

function sdkVariables(environment: Environment): FoundKeys<HuaweiKeys> | undefined {
    const of = (name: string) => environment[`HUAWEICLOUD_SDK_${name}`] || undefined;
    const scope = { projectId: of("PROJECT_ID"), domainId: of("DOMAIN_ID"), iamEndpoint: of("IAM_ENDPOINT") };
    const plain = both(
        ["HUAWEICLOUD_SDK_AK", of("AK")],
        ["HUAWEICLOUD_SDK_SK", of("SK")],
        "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
    );
    if (plain) {
        const [accessKeyId, accessKeySecret] = plain;
        const keys = { accessKeyId, accessKeySecret, securityToken: of("SECURITY_TOKEN") };
        return { keys: { kind: "static", ...keys, ...scope }, origin: "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK" };
    }
    const token = both(
        ["HUAWEICLOUD_SDK_IDP_ID", of("IDP_ID")],
        ["HUAWEICLOUD_SDK_ID_TOKEN_FILE", of("ID_TOKEN_FILE")],
        "HUAWEICLOUD_SDK_IDP_ID and HUAWEICLOUD_SDK_ID_TOKEN_FILE",
    );
    if (!token) return undefined;
    const [providerId, tokenFile] = token;
    return {
        keys: { kind: "oidc", providerId, tokenFile, ...scope },
        origin: "HUAWEICLOUD_SDK_IDP_ID and HUAWEICLOUD_SDK_ID_TOKEN_FILE",
    };
}

function openStackVariables(environment: Environment): FoundKeys<HuaweiKeys> | undefined {
    const of = (...names: string[]) => names.map((name) => environment[`OS_${name}`]).find((value) => value);
    const origin = "OS_ACCESS_KEY and OS_SECRET_KEY";
    const plain = both(["OS_ACCESS_KEY", of("ACCESS_KEY")], ["OS_SECRET_KEY", of("SECRET_KEY")], origin);
    if (!plain) return undefined;
    const [accessKeyId, accessKeySecret] = plain;
    const keys = { accessKeyId, accessKeySecret, securityToken: of("SECURITY_TOKEN") };
    const scope: HuaweiScope = {
        projectId: of("PROJECT_ID", "TENANT_ID"),
        projectName: of("PROJECT_NAME", "TENANT_NAME"),
        domainId: of("DOMAIN_ID", "PROJECT_DOMAIN_ID", "USER_DOMAIN_ID"),
    };
    return { keys: { kind: "static", ...keys, ...scope }, origin };
}

/** An id and a secret from different places are never combined: the only result would be a signature error. */
function both(
    [firstName, first]: [string, string | undefined],
    [secondName, second]: [string, string | undefined],
    names: string,
): [string, string] | undefined {
    if (first !== undefined && second !== undefined) return [first, second];
    if (first === undefined && second === undefined) return undefined;
    const [present, missing] = first === undefined ? [secondName, firstName] : [firstName, secondName];
    throw new UserError(`${present} is set without ${missing}: set both ${names}, or neither`);
}

/** Fields with which other tools switch to another account. */
const delegations = /agency|assume|role|sso/i;

/** Keys of a section of the credentials file of the Huawei Cloud SDKs; undefined if there is no such section. */
export function keysOfSection(
    name: string,
    environment: Environment,
    files: ProfileFiles,
): FoundKeys<HuaweiKeys> | undefined {
    const path = credentialsFile(environment, files);
    const section = iniSection(path, name, files);
    if (section === undefined) return undefined;
    const origin = `profile ${name} in ${path}`;
    const delegation = Object.keys(section).find((field) => delegations.test(field));
    if (delegation !== undefined) {
        throw new UserError(
            `${origin}: ${delegation} is not supported: set ak and sk (and security_token for temporary keys), ` +
                "or idp_id and id_token_file",
        );
    }
    return { keys: { ...sectionKeys(section, origin), ...scopeOf(section) }, origin };
}

function scopeOf(section: IniSection): HuaweiScope {
    return { projectId: section.project_id, domainId: section.domain_id, iamEndpoint: section.iam_endpoint };
}

function sectionKeys(section: IniSection, origin: string): HuaweiKeys {
    const { ak, sk, security_token: securityToken, idp_id: providerId, id_token_file: tokenFile } = section;
    if (ak !== undefined && sk !== undefined) {
        return { kind: "static", accessKeyId: ak, accessKeySecret: sk, securityToken };
    }
    if (providerId !== undefined && tokenFile !== undefined && ak === undefined && sk === undefined) {
        return { kind: "oidc", providerId, tokenFile };
    }
    throw new UserError(`${origin} has neither ak and sk nor idp_id and id_token_file: add them`);
}

function credentialsFile(environment: Environment, files: ProfileFiles): string {
    const given = environment.HUAWEICLOUD_SDK_CREDENTIALS_FILE;
    if (!given) return `${files.home}/.huaweicloud/credentials`;
    if (files.read(given) !== undefined) return given;
    throw new UserError(`HUAWEICLOUD_SDK_CREDENTIALS_FILE names ${given}, which does not exist: correct or unset it`);
}
