import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { keySource as alibabaSource } from "../../provider/dist/clouds/alibaba/keySource.js";
import type { AlibabaKeys } from "../../provider/dist/clouds/alibaba/keys.js";
import { type Clouds, connectClouds } from "../../provider/dist/clouds/connect.js";
import { keySource as huaweiSource } from "../../provider/dist/clouds/huawei/keySource.js";
import type { HuaweiKeys } from "../../provider/dist/clouds/huawei/keys.js";
import { proxiesFrom } from "../../provider/dist/clouds/proxies.js";
import type { Credentials } from "../../provider/dist/clouds/settings.js";
import { fakeTime, openWire, type Recorded, type Wire } from "./wire.ts";

const roleArn = "acs:ram::2:role/images";
const base: AlibabaKeys = { kind: "static", accessKeyId: "b-id", accessKeySecret: "b-Hunter2" };
const role: AlibabaKeys = { kind: "role", by: base, roleArn, sessionName: "ci", durationSeconds: 1800 };
/** Far from now, whatever the clock says. */
const far = "9990-01-01T00:00:00Z";

const temporary = (name: string, expires = far) => ({
    AccessKeyId: `${name}-id`,
    AccessKeySecret: `${name}-Hunter2`,
    SecurityToken: `${name}-token`,
    Expiration: expires,
});
const keysOf = (name: string) => ({
    accessKeyId: `${name}-id`,
    accessKeySecret: `${name}-Hunter2`,
    securityToken: `${name}-token`,
});

const connectModule = fileURLToPath(import.meta.resolve("../../provider/dist/clouds/connect.js"));
const timeModule = fileURLToPath(import.meta.resolve("../../provider/dist/core/time.js"));

let wire: Wire;
let folder: string;
beforeEach(async () => {
    wire = await openWire();
    folder = mkdtempSync(join(tmpdir(), "machine-images-keys-"));
});
afterEach(async () => {
    await wire.close();
    rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
}

/** What failed, with no secret in any part of it. */
async function failure(asking: Promise<unknown>): Promise<Error & { code?: string; retryable?: boolean }> {
    const error = await asking.then(
        () => undefined,
        (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error, "it did not fail");
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /Hunter2|-token\b/);
    return error;
}

const form = (request: Recorded | undefined) =>
    Object.fromEntries(new URLSearchParams(request?.body.toString("utf8") ?? ""));
const lines = () => wire.requests.map(({ method, path }) => `${method} ${path}`);

describe("temporary keys of Alibaba Cloud", () => {
    const source = (keys: AlibabaKeys) =>
        alibabaSource(
            { keys, origin: "profile partner (Mode) in a file" },
            { url: wire.url, metadataUrl: wire.url, proxies: proxiesFrom({}), time: fakeTime() },
        );

    it("of a role come from STS, asked with the keys of the profile and once for all that wait", async () => {
        wire.play({ body: { Credentials: temporary("r") } });
        const current = source(role);
        const all = await Promise.all([current(), current(), current()]);
        assert.deepEqual([...all, await current()], [keysOf("r"), keysOf("r"), keysOf("r"), keysOf("r")]);
        const request = wire.only();
        assert.deepEqual([request.method, request.path, request.query.Action], ["POST", "/", "AssumeRole"]);
        assert.equal(request.query.AccessKeyId, "b-id");
        assert.deepEqual(form(request), { RoleArn: roleArn, RoleSessionName: "ci", DurationSeconds: "1800" });
    });

    it("of a role that another role assumes are asked for with the other's", async () => {
        wire.play({ body: { Credentials: temporary("hop") } }, { body: { Credentials: temporary("r") } });
        const by: AlibabaKeys = { kind: "role", by: base, roleArn: "acs:ram::1:role/hop" };
        assert.deepEqual(await source({ kind: "role", by, roleArn })(), keysOf("r"));
        assert.deepEqual(
            wire.requests.map((request) => [
                request.query.AccessKeyId,
                request.query.SecurityToken,
                form(request).RoleArn,
            ]),
            [
                ["b-id", undefined, "acs:ram::1:role/hop"],
                ["hop-id", "hop-token", roleArn],
            ],
        );
    });

    it("are renewed before they expire, and not before that", async () => {
        const soon = new Date(Date.now() + 20 * 60_000).toISOString().replace(/\.\d+/, "");
        const near = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+/, "");
        wire.play({ body: { Credentials: temporary("one", near) } }, { body: { Credentials: temporary("two", soon) } });
        const current = source(role);
        assert.deepEqual(await current(), keysOf("one"));
        assert.deepEqual(await current(), keysOf("two"), "the first expire too soon");
        assert.deepEqual(await current(), keysOf("two"));
        assert.equal(wire.requests.length, 2);
    });

    it("of an OIDC token send the token as it is now, and no keys", async () => {
        wire.play({ body: { Credentials: temporary("o") } });
        const tokenFile = file("token", "jwt");
        const keys: AlibabaKeys = { kind: "oidc", providerArn: "p", tokenFile, roleArn, sessionName: "pod" };
        assert.deepEqual(await source(keys)(), keysOf("o"));
        const request = wire.only();
        assert.deepEqual([request.query.Action, request.query.AccessKeyId], ["AssumeRoleWithOIDC", undefined]);
        const { OIDCToken, OIDCProviderArn, RoleArn } = form(request);
        assert.deepEqual([OIDCToken, OIDCProviderArn, RoleArn], ["jwt", "p", roleArn]);
    });

    it("of an instance come from its metadata service, with a token", async () => {
        wire.play({ body: "t" }, { body: "worker" }, { body: "t" }, { body: { Code: "Success", ...temporary("i") } });
        assert.deepEqual(await source({ kind: "instance" })(), keysOf("i"));
        const path = "/latest/meta-data/ram/security-credentials/";
        const token = "PUT /latest/api/token";
        assert.deepEqual(lines(), [token, `GET ${path}`, token, `GET ${path}worker`]);
        assert.equal(wire.requests.at(-1)?.headers["x-aliyun-ecs-metadata-token"], "t");
    });

    it("of an instance whose role is named do not ask for its name", async () => {
        wire.play({ body: "t" }, { body: { Code: "Success", ...temporary("i") } });
        assert.deepEqual(await source({ kind: "instance", roleName: "worker" })(), keysOf("i"));
        assert.equal(wire.requests.length, 2);
    });

    it("come from a credentials URI", async () => {
        wire.play({ body: temporary("u") });
        assert.deepEqual(await source({ kind: "uri", uri: `${wire.url}/keys?for=me` })(), keysOf("u"));
        assert.equal(wire.only().url, "/keys?for=me");
    });

    it("come from a command", async () => {
        const said = { mode: "StsToken", access_key_id: "x-id", access_key_secret: "x-Hunter2", sts_token: "x-token" };
        const command = `${process.execPath} -p ${file("said.cjs", "").replace(/.*/, `'${"`"}${JSON.stringify(said)}${"`"}'`)}`;
        assert.deepEqual(await source({ kind: "command", command })(), keysOf("x"));
    });

    it("come from CloudSSO", async () => {
        wire.play({ body: { CloudCredential: temporary("s") } });
        const keys: AlibabaKeys = {
            kind: "cloudSso",
            signInUrl: `${wire.url}/device/login`,
            accountId: "2",
            accessConfiguration: "ac",
            accessToken: "bearer",
            accessTokenExpires: 99_999_999_999,
        };
        assert.deepEqual(await source(keys)(), keysOf("s"));
        assert.equal(wire.only().headers.authorization, "Bearer bearer");
        const late = await failure(source({ ...keys, accessTokenExpires: 1 })());
        assert.match(late.message, /^profile partner .*: the sign-in has expired/);
    });

    const refusals: [
        what: string,
        keys: () => AlibabaKeys,
        reply: object,
        message: RegExp,
        code: string | undefined,
    ][] = [
        [
            "a role that does not exist",
            () => role,
            { status: 404, body: { Code: "EntityNotExist.Role", Message: "not there", RequestId: "R-1" } },
            /^STS AssumeRole: profile partner .*: cannot assume the role acs:ram::2:role\/images: not there \(EntityNotExist\.Role, request R-1\)/,
            "EntityNotExist.Role",
        ],
        [
            "a token that the refusal repeats",
            () => ({ kind: "oidc", providerArn: "p", tokenFile: file("t", "jwt-Hunter2\n"), roleArn }),
            { status: 400, body: { Code: "InvalidToken", Message: "the token jwt-Hunter2 is invalid" } },
            /the token \[secret\] is invalid/,
            "InvalidToken",
        ],
        [
            "a redirect, which would send the signature elsewhere",
            () => role,
            { status: 307, headers: { location: "http://127.0.0.1:9/" } },
            /answered with a redirect, which is not followed/,
            "Redirected",
        ],
        [
            "an answer without a secret",
            () => ({ kind: "uri", uri: `${wire.url}/` }),
            { body: { AccessKeyId: "a", AccessKeySecret: "Hunter2" } },
            /^profile partner .*: the answer holds no valid credentials/,
            undefined,
        ],
        [
            "an answer that is not JSON",
            () => role,
            { body: "<html>Hunter2" },
            /^profile partner .*: the answer holds no valid credentials/,
            undefined,
        ],
        [
            "a URI that is none",
            () => ({ kind: "uri", uri: "file:///Hunter2" }),
            {},
            /^profile partner .*: the credentials URI is not an HTTP or HTTPS URL/,
            undefined,
        ],
        [
            "a session that is too short",
            () => ({ ...role, durationSeconds: 60 }),
            {},
            /^profile partner .*: a session lasts at least 900 seconds/,
            undefined,
        ],
        [
            "a command that fails",
            () => ({ kind: "command", command: `${process.execPath} -e 'throw "Hunter2"'` }),
            {},
            /^profile partner .*: the command failed/,
            undefined,
        ],
        [
            "an instance without a role",
            () => ({ kind: "instance" }),
            { status: 404 },
            /^credentials GET: profile partner .*: cannot read the keys of the instance's RAM role: status 404/,
            "Http404",
        ],
        [
            "a token file that is not there",
            () => ({ kind: "oidc", providerArn: "p", tokenFile: join(folder, "gone"), roleArn }),
            {},
            /^profile partner .*: the token file .*gone cannot be read \(ENOENT\)/,
            undefined,
        ],
    ];
    for (const [what, keys, reply, message, code] of refusals) {
        it(`are not to be had with ${what}, and no secret is told`, async () => {
            wire.play(reply);
            const error = await failure(source(keys())());
            assert.match(error.message, message);
            assert.equal(error.code, code);
        });
    }

    it("are asked for again while STS is away", async () => {
        wire.play({ status: 503, body: "<html>" }, "drop", { body: { Credentials: temporary("r") } });
        const current = source(role);
        for (const code of ["Http503", "Unreachable"]) {
            const error = await failure(current());
            assert.deepEqual([error.code, error.retryable], [code, true]);
        }
        assert.deepEqual(await current(), keysOf("r"));
    });
});

describe("temporary keys of Huawei Cloud", () => {
    const source = (keys: HuaweiKeys, time = fakeTime()) =>
        huaweiSource(
            { keys, origin: "profile partner in a file" },
            { iamUrl: wire.url, metadataUrl: wire.url, proxies: proxiesFrom({}), time },
        );
    const given = (name: string, expires = far) => ({
        body: {
            credential: {
                access: `${name}-id`,
                secret: `${name}-Hunter2`,
                securitytoken: `${name}-token`,
                expires_at: expires,
            },
        },
    });
    const only = ({ accessKeyId, accessKeySecret, securityToken }: Credentials) => ({
        accessKeyId,
        accessKeySecret,
        securityToken,
    });

    it("of an instance's agency come from its metadata service, and are renewed before they expire", async () => {
        const time = fakeTime();
        const inAnHour = new Date(time.now() + 3_600_000).toISOString();
        wire.play({ body: "t" }, given("one", inAnHour), { status: 404 }, given("two"));
        const current = source({ kind: "instance" }, time);
        const all = await Promise.all([current(), current()]);
        await time.sleep(44 * 60_000);
        assert.deepEqual([...all, await current()].map(only), [keysOf("one"), keysOf("one"), keysOf("one")]);
        await time.sleep(2 * 60_000);
        assert.deepEqual(only(await current()), keysOf("two"));
        const token = "PUT /meta-data/latest/api/token";
        const keys = "GET /openstack/latest/securitykey";
        assert.deepEqual(lines(), [token, keys, token, keys]);
        assert.deepEqual(
            wire.requests.map(({ headers }) => headers["x-metadata-token"]),
            [undefined, "t", undefined, undefined],
        );
    });

    it("are kept while they are good, and a failure to renew them is one when they are not", async () => {
        const time = fakeTime();
        wire.play({ body: "t" }, given("one", new Date(time.now() + 3_600_000).toISOString()), { status: 500 });
        const current = source({ kind: "instance" }, time);
        await current();
        await time.sleep(50 * 60_000);
        assert.deepEqual(only(await current()), keysOf("one"));
        await time.sleep(11 * 60_000);
        assert.match((await failure(current())).message, /^profile partner .* has no keys \(500\)/);
    });

    it("of an identity provider's token come from IAM", async () => {
        wire.play({ status: 201, headers: { "x-subject-token": "unscoped" }, body: {} }, given("o"));
        const tokenFile = file("token", "jwt\n");
        assert.deepEqual(only(await source({ kind: "oidc", providerId: "my idp", tokenFile })()), keysOf("o"));
        const path = "POST /v3/OS-FEDERATION/identity_providers/my%20idp/protocols/oidc/auth";
        assert.deepEqual(lines(), [path, "POST /v3.0/OS-CREDENTIAL/securitytokens"]);
        assert.deepEqual(
            wire.requests.map(({ headers }) => [headers.authorization, headers["x-auth-token"]]),
            [
                ["Bearer jwt", undefined],
                [undefined, "unscoped"],
            ],
        );
    });

    for (const [what, reply, message] of [
        [
            "a refusal that repeats the token",
            { status: 401, body: { error: { message: "jwt-Hunter2" } } },
            /answered 401/,
        ],
        ["a redirect", { status: 302, headers: { location: "http://127.0.0.1:9/" } }, /Redirected/],
        ["an answer without keys", { body: { credential: { secret: "Hunter2" } } }, /holds no valid credentials/],
    ] as const) {
        it(`are not to be had with ${what}, and no secret is told`, async () => {
            wire.play(reply);
            const tokenFile = file("token", "jwt-Hunter2");
            const error = await failure(source({ kind: "oidc", providerId: "idp", tokenFile })());
            assert.match(error.message, /profile partner in a file/);
            assert.match(error.message, message);
        });
    }
});

describe("the metadata services", () => {
    /** The clouds by this configuration, with metadata services that are the wire. */
    const clouds = (config: Record<string, string>, environment: Record<string, string> = {}): Clouds =>
        connectClouds({
            config: (key) => config[key],
            environment,
            files: { home: "/home", read: () => undefined },
            time: fakeTime(),
            random: () => 0.5,
            metadata: { alibaba: wire.url, huawei: wire.url },
        });
    const alibaba = { type: "alibaba", region: "cn-hangzhou" } as const;
    const huawei = { type: "huawei", region: "eu-de" } as const;

    it("are asked when the real clouds are wanted and nothing is configured, once in a run", async () => {
        wire.play({ status: 404 });
        const reached = clouds({});
        for (let time = 0; time < 2; time++) {
            await assert.rejects(reached.alibaba(alibaba), /no credentials for Alibaba Cloud/);
            await assert.rejects(reached.huawei(huawei), /no credentials for Huawei Cloud/);
        }
        assert.deepEqual(lines(), [
            "PUT /latest/api/token",
            "GET /latest/meta-data/ram/security-credentials/",
            "PUT /meta-data/latest/api/token",
            "GET /openstack/latest/securitykey",
        ]);
    });

    it("give the keys of an instance that has some", async () => {
        wire.play({ body: "t" }, { body: "worker" }, { body: "t" }, { body: { Code: "Success", ...temporary("i") } });
        await clouds({}).alibaba(alibaba);
        assert.equal(wire.requests.length, 4);
    });

    const endpoint = { "machine-images:endpoint": "http://127.0.0.1:9" };
    const ids = { ALIBABA_CLOUD_ACCESS_KEY_ID: "a", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "b" };
    const silent: [what: string, asking: () => Promise<unknown>][] = [
        ["for a simulator elsewhere", () => clouds(endpoint).alibaba(alibaba)],
        ["for a simulator of Huawei Cloud elsewhere", () => clouds(endpoint).huawei(huawei)],
        ["for a named account", () => clouds({}).alibaba({ ...alibaba, account: "partner" })],
        ["for a named account of Huawei Cloud", () => clouds({}).huawei({ ...huawei, account: "partner" })],
        ["with keys in the environment", () => clouds({}, ids).alibaba(alibaba)],
        [
            "when the environment forbids it",
            () => clouds({}, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" }).alibaba(alibaba),
        ],
        ["with half a configuration", () => clouds({ "machine-images:alibabaAccessKeyId": "a" }).alibaba(alibaba)],
    ];
    for (const [what, asking] of silent) {
        it(`are not asked ${what}`, async () => {
            await asking().catch((error: unknown) => assert.match(String(error), /no credentials/));
            assert.deepEqual(lines(), []);
        });
    }

    it("are not asked by an embedded simulator, which no proxy stands before", () => {
        const program = `
            const { connectClouds } = require(${JSON.stringify(connectModule)});
            const { systemTime: time } = require(${JSON.stringify(timeModule)});
            const config = { "machine-images:simulator": "embedded", "machine-images:simulatorData": "simulator.db" };
            const [proxy, ...urls] = process.argv.slice(1);
            const clouds = connectClouds({
                config: (key) => config[key],
                environment: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy },
                time,
                random: () => 0.5,
                metadata: { alibaba: urls[0], huawei: urls[0] },
            });
            const asked = clouds.alibaba(${JSON.stringify(alibaba)}).then(({ sts }) => sts.getCallerIdentity());
            asked.then(({ id }) => process.stdout.write(id, () => process.exit(0)));
        `;
        const args = ["-e", program, "http://127.0.0.1:9", wire.url];
        const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", timeout: 9000 });
        assert.deepEqual([stdout, stderr], ["1000000000000001", ""]);
        assert.deepEqual(lines(), []);
    });
});
