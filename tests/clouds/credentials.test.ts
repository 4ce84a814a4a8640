import assert from "node:assert/strict";
import { alibabaKeys, huaweiKeys } from "../../provider/dist/clouds/credentials.js";
import { configKeys } from "../../provider/dist/clouds/settings.js";

type Cloud = "alibaba" | "huawei";

interface Places {
    config?: Record<string, string>;
    environment?: Record<string, string>;
    files?: Record<string, string>;
}

function found(cloud: Cloud, places: Places, account?: string) {
    const { config = {}, environment = {}, files = {} } = places;
    const sources = {
        config: (key: string) => config[key],
        environment,
        files: { home: "/home", read: (path: string) => files[path] },
    };
    return cloud === "alibaba" ? alibabaKeys(account, sources) : huaweiKeys(account, sources);
}

/** Without undefined properties. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

const fixed = (accessKeyId: string, accessKeySecret: string, more: object = {}) => ({
    kind: "static",
    accessKeyId,
    accessKeySecret,
    ...more,
});

const fromConfig = { [configKeys.alibabaAccessKeyId]: "c-id", [configKeys.alibabaAccessKeySecret]: "c-secret" };
const fromEnvironment = { ALIBABA_CLOUD_ACCESS_KEY_ID: "e-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "e-secret" };
const roleArn = "acs:ram::2:role/images";
const role = { ram_role_arn: roleArn, ram_session_name: "ci", expired_seconds: 1800, sts_region: "cn-beijing" };
const assumed = { roleArn, sessionName: "ci", durationSeconds: 1800, region: "cn-beijing", isInVpc: false };
const base = { access_key_id: "b-id", access_key_secret: "b-secret" };

/** A file of the aliyun CLI. */
const cli = (profiles: object[], current?: string) => ({
    "/home/.aliyun/config.json": JSON.stringify({ current, profiles }),
});
const oneProfile = (mode: string, fields: object) => cli([{ name: "partner", mode, ...fields }]);
/** A section of the SDKs' file. */
const section = (...lines: string[]) => ({ "/home/.alibabacloud/credentials": lines.join("\n") });

const aliyun = cli(
    [
        { name: "main", mode: "AK", access_key_id: "m-id", access_key_secret: "m-secret", sts_token: "" },
        { name: "partner", mode: "StsToken", access_key_id: "p-id", access_key_secret: "p-secret", sts_token: "t" },
    ],
    "main",
);
const credentialsFile = section(
    "[default]",
    "type = access_key",
    "access_key_id = f-id",
    "access_key_secret = f-secret",
    "[only.here]",
    "type = access_key",
    "access_key_id = o-id",
    "access_key_secret = o-secret",
);
const accounts = JSON.stringify({ partner: { accessKeyId: "n-id", accessKeySecret: "n-secret" } });

type Case = [what: string, places: Places, account: string | undefined, keys: object];

describe("the keys of an account of Alibaba Cloud", () => {
    const cases: Case[] = [
        [
            "the configuration first",
            { config: fromConfig, environment: { ...fromEnvironment, ALIBABA_CLOUD_PROFILE: "x" } },
            undefined,
            fixed("c-id", "c-secret"),
        ],
        ["then the environment", { environment: fromEnvironment, files: aliyun }, undefined, fixed("e-id", "e-secret")],
        [
            "the environment with a token",
            { environment: { ...fromEnvironment, ALIBABA_CLOUD_SECURITY_TOKEN: "t" } },
            undefined,
            fixed("e-id", "e-secret", { securityToken: "t" }),
        ],
        [
            "the role that the environment names together with keys",
            { environment: { ...fromEnvironment, ALIBABA_CLOUD_ROLE_ARN: roleArn } },
            undefined,
            { kind: "role", by: fixed("e-id", "e-secret"), roleArn, isInVpc: false },
        ],
        [
            "the OIDC token of the environment",
            {
                environment: {
                    ALIBABA_CLOUD_ROLE_ARN: roleArn,
                    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::2:oidc-provider/ack",
                    ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
                    ALIBABA_CLOUD_STS_REGION: "cn-beijing",
                    ALIBABA_CLOUD_ROLE_SESSION_NAME: "pod",
                },
                files: aliyun,
            },
            undefined,
            {
                kind: "oidc",
                providerArn: "acs:ram::2:oidc-provider/ack",
                tokenFile: "/token",
                roleArn,
                sessionName: "pod",
                region: "cn-beijing",
                isInVpc: false,
            },
        ],
        [
            "then the CLI's current profile, as the SDKs do",
            { files: { ...credentialsFile, ...aliyun } },
            undefined,
            fixed("m-id", "m-secret"),
        ],
        ["then the SDKs' file", { files: credentialsFile }, undefined, fixed("f-id", "f-secret")],
        [
            "the SDKs' file if the CLI's current profile is empty",
            { files: { ...credentialsFile, ...cli([{ name: "default", mode: "AK", access_key_id: "" }], "default") } },
            undefined,
            fixed("f-id", "f-secret"),
        ],
        [
            "the SDKs' file if the CLI's file is disabled",
            { environment: { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "TRUE" }, files: { ...credentialsFile, ...aliyun } },
            undefined,
            fixed("f-id", "f-secret"),
        ],
        [
            "the profile that the environment names",
            { environment: { ALIBABA_CLOUD_PROFILE: "partner" }, files: aliyun },
            undefined,
            fixed("p-id", "p-secret", { securityToken: "t" }),
        ],
        [
            "a section with a dot in its name",
            { environment: { ALIBABA_CLOUD_PROFILE: "only.here" }, files: { ...credentialsFile, ...aliyun } },
            undefined,
            fixed("o-id", "o-secret"),
        ],
        [
            "a file in another place",
            {
                environment: { ALIBABA_CLOUD_CREDENTIALS_FILE: "/x" },
                files: { "/x": "[default]\naccess_key_id=x\naccess_key_secret=y\nsecurity_token=z" },
            },
            undefined,
            fixed("x", "y", { securityToken: "z" }),
        ],
        [
            "the credentials URI of the environment, last",
            { environment: { ALIBABA_CLOUD_CREDENTIALS_URI: "http://keys.example/" } },
            undefined,
            { kind: "uri", uri: "http://keys.example/" },
        ],
        [
            "a named account of the configuration",
            { config: { ...fromConfig, [configKeys.accounts]: accounts }, files: aliyun },
            "partner",
            fixed("n-id", "n-secret"),
        ],
        [
            "a named profile, regardless of the environment",
            {
                config: fromConfig,
                environment: { ...fromEnvironment, ALIBABA_CLOUD_PROFILE: "main", ALIBABA_CLOUD_ROLE_ARN: "other" },
                files: aliyun,
            },
            "partner",
            fixed("p-id", "p-secret", { securityToken: "t" }),
        ],
    ];
    const modes: [mode: string, fields: object, keys: object][] = [
        ["AK", { ...base, sts_token: "of another mode" }, fixed("b-id", "b-secret")],
        ["StsToken", { ...base, sts_token: "t" }, fixed("b-id", "b-secret", { securityToken: "t" })],
        ["RamRoleArn", { ...base, ...role }, { kind: "role", by: fixed("b-id", "b-secret"), ...assumed }],
        [
            "RamRoleArn",
            { ...base, ...role, sts_token: "t", external_id: "e" },
            {
                kind: "role",
                by: fixed("b-id", "b-secret", { securityToken: "t" }),
                ...assumed,
                externalId: "e",
            },
        ],
        ["EcsRamRole", { ram_role_name: "worker" }, { kind: "instance", roleName: "worker" }],
        ["EcsRamRole", {}, { kind: "instance" }],
        [
            "RamRoleArnWithRoleName",
            { ...role, ram_role_name: "worker" },
            { kind: "role", by: { kind: "instance", roleName: "worker" }, ...assumed },
        ],
        [
            "OIDC",
            { ...role, oidc_provider_arn: "p", oidc_token_file: "/token" },
            { kind: "oidc", providerArn: "p", tokenFile: "/token", ...assumed },
        ],
        ["CredentialsURI", { credentials_uri: "http://keys" }, { kind: "uri", uri: "http://keys" }],
        ["External", { process_command: "get keys" }, { kind: "command", command: "get keys" }],
        [
            "CloudSSO",
            {
                cloud_sso_sign_in_url: "https://sso",
                cloud_sso_account_id: "2",
                cloud_sso_access_config: "ac",
                access_token: "a",
                cloud_sso_access_token_expire: 9,
            },
            {
                kind: "cloudSso",
                signInUrl: "https://sso",
                accountId: "2",
                accessConfiguration: "ac",
                accessToken: "a",
                accessTokenExpires: 9,
            },
        ],
    ];
    for (const [mode, fields, keys] of modes) {
        cases.push([
            `a profile with the mode ${mode} with ${Object.keys(fields)}`,
            { environment: fromEnvironment, files: oneProfile(mode, fields) },
            "partner",
            keys,
        ]);
    }
    cases.push([
        "a profile whose source is another role",
        {
            files: cli([
                { name: "partner", mode: "ChainableRamRoleArn", source_profile: "hop", ...role },
                { name: "hop", mode: "RamRoleArn", ...base, ram_role_arn: "acs:ram::1:role/hop" },
            ]),
        },
        "partner",
        {
            kind: "role",
            by: { kind: "role", by: fixed("b-id", "b-secret"), roleArn: "acs:ram::1:role/hop", isInVpc: false },
            ...assumed,
        },
    ]);
    const head = ["[partner]", "access_key_id = b-id", "access_key_secret = b-secret"];
    const types: [type: string, lines: string[], keys: object][] = [
        ["access_key", head, fixed("b-id", "b-secret")],
        ["sts", [...head, "security_token = t"], fixed("b-id", "b-secret", { securityToken: "t" })],
        [
            "ram_role_arn",
            [...head, `role_arn = ${roleArn}`, "role_session_name = ci", "policy = ", "role_session_expiration = 900"],
            {
                kind: "role",
                by: fixed("b-id", "b-secret"),
                roleArn,
                sessionName: "ci",
                durationSeconds: 900,
                isInVpc: false,
            },
        ],
        ["ecs_ram_role", ["[partner]", "role_name = worker"], { kind: "instance", roleName: "worker" }],
        [
            "oidc_role_arn",
            ["[partner]", "oidc_provider_arn = p", "oidc_token_file_path = /token", `role_arn = ${roleArn}`],
            { kind: "oidc", providerArn: "p", tokenFile: "/token", roleArn, isInVpc: false },
        ],
        ["credentials_uri", ["[partner]", "credentials_uri = http://keys"], { kind: "uri", uri: "http://keys" }],
        ["access_key", [...head, "enable = true"], fixed("b-id", "b-secret")],
    ];
    for (const [type, lines, keys] of types) {
        const [name = "", ...rest] = lines;
        const files = section(name, `type = ${type}`, ...rest);
        cases.push([
            `a section of the type ${type}, ${lines.at(-1)}`,
            { environment: fromEnvironment, files },
            "partner",
            keys,
        ]);
    }
    for (const [what, places, account, keys] of cases) {
        it(`come from ${what}`, () => assert.deepEqual(plain(found("alibaba", places, account)?.keys), keys));
    }

    it("are undefined if nothing is configured", () => {
        assert.equal(found("alibaba", {}), undefined);
        assert.equal(found("alibaba", { files: section(...head.slice(1), "[default]", "enable = false") }), undefined);
    });
});

describe("the keys of an account of Huawei Cloud", () => {
    const sdk = { HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" };
    const file = (...lines: string[]) => ({ "/home/.huaweicloud/credentials": lines.join("\n") });
    const files = file("[basic]", "ak = b-ak", "sk = b-sk", "[partner]", "ak = p-ak", "sk = p-sk");
    const cases: Case[] = [
        ["the SDK's variables", { environment: sdk, files }, undefined, fixed("ak", "sk")],
        [
            "the SDK's variables with token, project and account",
            {
                environment: {
                    ...sdk,
                    HUAWEICLOUD_SDK_SECURITY_TOKEN: "t",
                    HUAWEICLOUD_SDK_PROJECT_ID: "p",
                    HUAWEICLOUD_SDK_DOMAIN_ID: "d",
                    HUAWEICLOUD_SDK_IAM_ENDPOINT: "https://iam.example",
                },
            },
            undefined,
            fixed("ak", "sk", {
                securityToken: "t",
                projectId: "p",
                domainId: "d",
                iamEndpoint: "https://iam.example",
            }),
        ],
        [
            "the token of an identity provider",
            {
                environment: {
                    HUAWEICLOUD_SDK_IDP_ID: "idp",
                    HUAWEICLOUD_SDK_ID_TOKEN_FILE: "/token",
                    HUAWEICLOUD_SDK_PROJECT_ID: "p",
                },
            },
            undefined,
            { kind: "oidc", providerId: "idp", tokenFile: "/token", projectId: "p" },
        ],
        [
            "OpenStack's variables",
            {
                environment: {
                    OS_ACCESS_KEY: "ak",
                    OS_SECRET_KEY: "sk",
                    OS_SECURITY_TOKEN: "t",
                    OS_TENANT_ID: "p",
                    OS_PROJECT_NAME: "eu-de_team",
                    OS_USER_DOMAIN_ID: "d",
                },
            },
            undefined,
            fixed("ak", "sk", { securityToken: "t", projectId: "p", projectName: "eu-de_team", domainId: "d" }),
        ],
        ["the SDK's file", { files }, undefined, fixed("b-ak", "b-sk")],
        [
            "a section of it, regardless of the environment",
            { environment: { ...sdk, HUAWEICLOUD_SDK_PROJECT_ID: "p" }, files },
            "partner",
            fixed("p-ak", "p-sk"),
        ],
        [
            "a section with token, project and account",
            {
                files: file(
                    "[partner]",
                    "ak = a",
                    "sk = s",
                    "security_token = t",
                    "project_id = p",
                    "domain_id = d",
                    "iam_endpoint = https://iam.example",
                ),
            },
            "partner",
            fixed("a", "s", { securityToken: "t", projectId: "p", domainId: "d", iamEndpoint: "https://iam.example" }),
        ],
        [
            "a section with an identity provider",
            { files: file("[partner]", "idp_id = idp", "id_token_file = /token") },
            "partner",
            { kind: "oidc", providerId: "idp", tokenFile: "/token" },
        ],
        [
            "a file in another place",
            { environment: { HUAWEICLOUD_SDK_CREDENTIALS_FILE: "/x" }, files: { "/x": "[basic]\nak=a\nsk=s" } },
            undefined,
            fixed("a", "s"),
        ],
    ];
    for (const [what, places, account, keys] of cases) {
        it(`come from ${what}`, () => assert.deepEqual(plain(found("huawei", places, account)?.keys), keys));
    }
});

describe("invalid or incomplete keys", () => {
    const refused: [string, Cloud, Places, string | undefined, RegExp][] = [
        [
            "half of the configuration and half of the environment",
            "alibaba",
            { config: { [configKeys.alibabaAccessKeyId]: "id" }, environment: fromEnvironment, files: aliyun },
            undefined,
            /no credentials for Alibaba Cloud/,
        ],
        [
            "half of the environment and half of a file",
            "alibaba",
            { environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: "id" }, files: aliyun },
            undefined,
            /ALIBABA_CLOUD_ACCESS_KEY_ID is set without ALIBABA_CLOUD_ACCESS_KEY_SECRET/,
        ],
        [
            "keys in the environment and a named profile",
            "alibaba",
            { environment: { ...fromEnvironment, ALIBABA_CLOUD_PROFILE: "partner" }, files: aliyun },
            undefined,
            /ALIBABA_CLOUD_ACCESS_KEY_ID.* and ALIBABA_CLOUD_PROFILE \(partner\)/,
        ],
        [
            "a profile that the environment names and that does not exist",
            "alibaba",
            { environment: { ALIBABA_CLOUD_PROFILE: "gone" }, files: { ...aliyun, ...credentialsFile } },
            undefined,
            /ALIBABA_CLOUD_PROFILE names the profile gone/,
        ],
        [
            "a role without keys that can assume it",
            "alibaba",
            { environment: { ALIBABA_CLOUD_ROLE_ARN: roleArn }, files: aliyun },
            undefined,
            /ALIBABA_CLOUD_ROLE_ARN is set without keys/,
        ],
        [
            "a credentials file that does not exist",
            "alibaba",
            { environment: { ALIBABA_CLOUD_CREDENTIALS_FILE: "/gone" } },
            undefined,
            /ALIBABA_CLOUD_CREDENTIALS_FILE names \/gone/,
        ],
        [
            "half of the SDK's variables and half of OpenStack's",
            "huawei",
            { environment: { HUAWEICLOUD_SDK_AK: "ak", OS_SECRET_KEY: "sk" } },
            undefined,
            /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK/,
        ],
        [
            "an account that is not configured",
            "alibaba",
            { config: fromConfig, environment: fromEnvironment },
            "partner",
            /--path 'machine-images:accounts\.partner/,
        ],
        [
            "an account with the name of an object property",
            "alibaba",
            { config: { [configKeys.accounts]: accounts } },
            "constructor",
            /no credentials/,
        ],
        [
            "a CLI file that is not JSON",
            "alibaba",
            { files: { "/home/.aliyun/config.json": "{my-secret" } },
            undefined,
            /config\.json: it is not a valid configuration of the aliyun CLI/,
        ],
        [
            "invalid accounts",
            "alibaba",
            { config: { [configKeys.accounts]: '{"partner":{"accessKeyId":"id","secret":"my-secret"}}' } },
            "partner",
            /cannot read machine-images:accounts: partner/,
        ],
        [
            "a disabled section",
            "alibaba",
            {
                files: section(
                    "[partner]",
                    "enable = false",
                    "type = access_key",
                    "access_key_id = a",
                    "access_key_secret = my-secret",
                ),
            },
            "partner",
            /profile partner .* is disabled/,
        ],
        [
            "a section with a role and no type",
            "alibaba",
            {
                files: section(
                    "[partner]",
                    "access_key_id = a",
                    "access_key_secret = my-secret",
                    `role_arn = ${roleArn}`,
                ),
            },
            "partner",
            /profile partner .* has role_arn, but no type/,
        ],
        [
            "a section of Huawei's file that names an agency",
            "huawei",
            {
                files: {
                    "/home/.huaweicloud/credentials":
                        "[partner]\nak = a\nsk = my-secret\nagency_name = images\ndomain_name = d",
                },
            },
            "partner",
            /profile partner .*: agency_name is not supported/,
        ],
        [
            "half a section of Huawei's file",
            "huawei",
            {
                environment: { HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" },
                files: { "/home/.huaweicloud/credentials": "[partner]\nsk = my-secret" },
            },
            "partner",
            /profile partner .* has neither ak and sk/,
        ],
        [
            "a profile that is its own source",
            "alibaba",
            {
                files: cli([
                    { name: "partner", mode: "ChainableRamRoleArn", source_profile: "hop", ...role },
                    { name: "hop", mode: "ChainableRamRoleArn", source_profile: "partner", ...role },
                ]),
            },
            "partner",
            /hop .* is its own source \(partner, hop, partner\)/,
        ],
        [
            "a profile whose source does not exist",
            "alibaba",
            { files: cli([{ name: "partner", mode: "ChainableRamRoleArn", source_profile: "hop", ...base, ...role }]) },
            "partner",
            /partner \(ChainableRamRoleArn\) .* source_profile hop, which does not exist/,
        ],
    ];
    for (const mode of ["OAuth", "RsaKeyPair", "Bearer", "Something"]) {
        const files = oneProfile(mode, { ...base, ...role, access_key_secret: "my-secret" });
        const expected = new RegExp(`profile partner \\(${mode}\\) .*: the mode ${mode} is not supported`);
        refused.push([
            `a profile with the mode ${mode}`,
            "alibaba",
            { environment: fromEnvironment, files },
            "partner",
            expected,
        ]);
    }
    for (const [mode, missing] of [
        ["AK", "access_key_id"],
        ["StsToken", "sts_token"],
        ["RamRoleArn", "ram_role_arn"],
        ["ChainableRamRoleArn", "source_profile"],
        ["OIDC", "oidc_provider_arn"],
        ["CredentialsURI", "credentials_uri"],
        ["External", "process_command"],
        ["CloudSSO", "cloud_sso_sign_in_url"],
    ] as const) {
        const fields = mode === "AK" ? {} : { ...base, access_key_secret: "my-secret" };
        refused.push([
            `a profile with the mode ${mode} and the environment`,
            "alibaba",
            { environment: { ...fromEnvironment, ALIBABA_CLOUD_ROLE_ARN: roleArn }, files: oneProfile(mode, fields) },
            "partner",
            new RegExp(`profile partner \\(${mode}\\) .* has no ${missing}`),
        ]);
    }
    for (const type of ["rsa_key_pair", "bearer", "toString"]) {
        const lines = ["[partner]", `type = ${type}`, "access_key_id = a", "access_key_secret = my-secret"];
        const expected = new RegExp(`profile partner \\(${type}\\) .*: the type ${type} is not supported`);
        refused.push([`a section of the type ${type}`, "alibaba", { files: section(...lines) }, "partner", expected]);
    }
    for (const [what, cloud, places, account, message] of refused) {
        it(`are refused: ${what}`, () => {
            assert.throws(
                () => found(cloud, places, account),
                (error) => {
                    assert.ok(error instanceof Error && error.name === "UserError", String(error));
                    assert.match(error.message, message);
                    assert.doesNotMatch(error.message, /my-secret/);
                    return true;
                },
            );
        });
    }
});
