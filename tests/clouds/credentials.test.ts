import assert from "node:assert/strict";
import { credentialsFrom } from "../../provider/dist/clouds/credentials.js";
import { configKeys } from "../../provider/dist/clouds/settings.js";

type Cloud = "alibaba" | "huawei";

interface Places {
    config?: Record<string, string>;
    environment?: Record<string, string>;
    files?: Record<string, string>;
}

function keys(cloud: Cloud, places: Places, account?: string) {
    const { config = {}, environment = {}, files = {} } = places;
    const { accessKeyId, accessKeySecret, securityToken } = credentialsFrom(cloud, account, {
        config: (key) => config[key],
        environment,
        files: { home: "/home", read: (path) => files[path] },
    });
    return [accessKeyId, accessKeySecret, ...(securityToken ? [securityToken] : [])].join(" ");
}

const fromConfig = { [configKeys.alibabaAccessKeyId]: "c-id", [configKeys.alibabaAccessKeySecret]: "c-secret" };
const fromEnvironment = { ALIBABA_CLOUD_ACCESS_KEY_ID: "e-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "e-secret" };
const aliyun = {
    "/home/.aliyun/config.json": JSON.stringify({
        current: "main",
        profiles: [
            { name: "main", mode: "AK", access_key_id: "m-id", access_key_secret: "m-secret" },
            { name: "partner", mode: "StsToken", access_key_id: "p-id", access_key_secret: "p-secret", sts_token: "t" },
            { name: "role", mode: "EcsRamRole" },
        ],
    }),
};
const credentialsFile = {
    "/home/.alibabacloud/credentials":
        "[default]\ntype = access_key\naccess_key_id = f-id\naccess_key_secret = f-secret\n" +
        "[partner]\ntype = access_key\naccess_key_id = fp-id\naccess_key_secret = fp-secret\n",
};
const huaweiFile = {
    "/home/.huaweicloud/credentials": "[basic]\nak = b-ak\nsk = b-sk\n[partner]\nak = p-ak\nsk = p-sk\n",
};
const accounts = JSON.stringify({ partner: { accessKeyId: "n-id", accessKeySecret: "n-secret" } });

describe("the keys of an account", () => {
    const cases: [string, Cloud, Places, string | undefined, string][] = [
        [
            "the configuration first",
            "alibaba",
            { config: fromConfig, environment: fromEnvironment },
            undefined,
            "c-id c-secret",
        ],
        [
            "then the environment",
            "alibaba",
            { environment: fromEnvironment, files: aliyun },
            undefined,
            "e-id e-secret",
        ],
        [
            "then the credentials file",
            "alibaba",
            { files: { ...credentialsFile, ...aliyun } },
            undefined,
            "f-id f-secret",
        ],
        ["then the CLI's current profile", "alibaba", { files: aliyun }, undefined, "m-id m-secret"],
        [
            "the profile that the environment names",
            "alibaba",
            { environment: { ALIBABA_CLOUD_PROFILE: "partner" }, files: aliyun },
            undefined,
            "p-id p-secret t",
        ],
        [
            "a file elsewhere",
            "alibaba",
            {
                environment: { ALIBABA_CLOUD_CREDENTIALS_FILE: "/x" },
                files: { "/x": "[default]\naccess_key_id=x\naccess_key_secret=y\nsecurity_token=z" },
            },
            undefined,
            "x y z",
        ],
        [
            "a named account of the configuration",
            "alibaba",
            { config: { ...fromConfig, [configKeys.accounts]: accounts } },
            "partner",
            "n-id n-secret",
        ],
        [
            "a named profile, whatever the environment has",
            "alibaba",
            { environment: fromEnvironment, files: aliyun },
            "partner",
            "p-id p-secret t",
        ],
        [
            "Huawei's variables",
            "huawei",
            { environment: { HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" } },
            undefined,
            "ak sk",
        ],
        [
            "OpenStack's variables",
            "huawei",
            { environment: { OS_ACCESS_KEY: "ak", OS_SECRET_KEY: "sk" } },
            undefined,
            "ak sk",
        ],
        [
            "accounts whose keys the configuration keeps as numbers",
            "alibaba",
            {
                config: {
                    [configKeys.accounts]: '{"partner":{"accessKeyId":9123456789012347,"accessKeySecret":1.10}}',
                },
            },
            "partner",
            "9123456789012347 1.10",
        ],
        ["Huawei's file", "huawei", { files: huaweiFile }, undefined, "b-ak b-sk"],
        ["a section of Huawei's file", "huawei", { files: huaweiFile }, "partner", "p-ak p-sk"],
    ];
    for (const [name, cloud, places, account, expected] of cases) {
        it(`come from ${name}`, () => assert.equal(keys(cloud, places, account), expected));
    }

    const refused: [string, Cloud, Places, string | undefined, RegExp][] = [
        [
            "half of one place and half of another",
            "alibaba",
            { config: { [configKeys.alibabaAccessKeyId]: "id" }, environment: fromEnvironment, files: aliyun },
            undefined,
            /no credentials for Alibaba Cloud/,
        ],
        [
            "half of the SDK's variables and half of OpenStack's",
            "huawei",
            { environment: { HUAWEICLOUD_SDK_AK: "ak", OS_SECRET_KEY: "sk" } },
            undefined,
            /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK/,
        ],
        ["no keys", "huawei", {}, undefined, /pulumi config set machine-images:huaweiAccessKey/],
        [
            "an account that is nowhere",
            "alibaba",
            { config: fromConfig },
            "partner",
            /--path 'machine-images:accounts\.partner/,
        ],
        ["a profile without plain keys", "alibaba", { files: aliyun }, "role", /no credentials for the account role/],
        [
            "a CLI file that is not JSON",
            "alibaba",
            { files: { "/home/.aliyun/config.json": "{" } },
            undefined,
            /cannot be read/,
        ],
        [
            "accounts that are not as they should be",
            "alibaba",
            { config: { [configKeys.accounts]: '{"partner":{"accessKeyId":"id","secret":"my-secret"}}' } },
            "partner",
            /machine-images:accounts cannot be read: partner/,
        ],
    ];
    for (const [name, cloud, places, account, message] of refused) {
        it(`are not made of ${name}`, () => {
            assert.throws(
                () => keys(cloud, places, account),
                (error) =>
                    error instanceof Error && message.test(error.message) && !error.message.includes("my-secret"),
            );
        });
    }
});
