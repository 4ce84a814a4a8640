import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { authorityFile, type FakeProxy, openProxy, openTls } from "../clouds/fakeProxy.ts";
import { openWire, type Wire } from "../clouds/wire.ts";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { inFrankfurt, inHangzhou } from "./account.ts";
import { type Ended, keysOf, machineImages } from "./commandLine.ts";

const [own, partner] = ["1000000000000001", "1000000000000002"];

/** Removes credentials and proxies of this machine. */
const cleanEnvironment = Object.fromEntries(
    Object.keys(process.env)
        .filter((name) => /^(ALIBABA_CLOUD_|HUAWEICLOUD_|OS_)|_proxy$/i.test(name))
        .map((name) => [name, undefined]),
);

describe("the account that status prints", function () {
    // Each test starts processes, and the machine may be busy.
    this.timeout(60_000);
    let world: Simulated;
    let home: string;
    beforeEach(async () => {
        world = await simulated();
        home = mkdtempSync(join(tmpdir(), "machine-images-home-"));
    });
    afterEach(async () => {
        rmSync(home, { recursive: true });
        await world.close();
    });

    function write(path: string, text: string): void {
        mkdirSync(dirname(join(home, path)), { recursive: true });
        writeFileSync(join(home, path), text);
    }

    async function status(args: string[], env: Record<string, string | undefined> = {}) {
        const before = world.calls().length;
        const ended = await machineImages(["status", ...args], { env: { ...cleanEnvironment, HOME: home, ...env } });
        return { ...ended, calls: world.calls().slice(before) };
    }
    const here = () => ["--endpoint", world.simulator.url];
    const accountsOf = (calls: { account?: string }[]) => [...new Set(calls.map(({ account }) => account))];
    const first = ({ stdout, stderr }: Ended) => stdout.split("\n")[0] || stderr;

    const keys = (index: number) => {
        const account = world.simulator.accounts.filter(({ cloud }) => cloud === "alibaba")[index];
        return account?.keys[0] ?? { accessKeyId: "", accessKeySecret: "" };
    };
    /** The role that the second account may assume in the first. */
    const roleArn = `acs:ram::${own}:role/image-maker`;

    it("has its id on both clouds, also in JSON", async () => {
        const env = keysOf(world);
        assert.equal(first(await status([...inHangzhou, ...here()], env)), `alibaba cn-hangzhou, account ${own}`);
        const huawei = await status([...inFrankfurt, ...here(), "--json"], env);
        const [{ reached }] = JSON.parse(huawei.stdout);
        const account = world.simulator.accounts.find(({ cloud }) => cloud === "huawei");
        assert.deepEqual([reached.id, reached.name], [account?.id, account?.name]);
        assert.match(
            first(await status([...inFrankfurt, ...here()], env)),
            new RegExp(`^huawei eu-de, account ${account?.name} \\(${account?.id}\\)$`),
        );
    });

    it("is read without an id, with a note, if the cloud refuses to identify the keys", async () => {
        const refusal = { refuse: { status: 403, code: "NoPermission", message: "no" } };
        world.simulator.sim.faults.add({ match: { action: "sts.GetCallerIdentity" }, effect: refusal });
        const { code, stdout } = await status([...inHangzhou, ...here()], keysOf(world));
        assert.equal(code, 0);
        assert.match(stdout, /^alibaba cn-hangzhou\n/);
        assert.match(stdout, /cannot determine the account of these keys: STS GetCallerIdentity: no \(NoPermission/);
    });

    const files: [what: string, path: string, text: (key: { id: string; secret: string }) => string][] = [
        [
            "a profile of the CLI with a role",
            ".aliyun/config.json",
            ({ id, secret }) =>
                JSON.stringify({
                    current: "base",
                    profiles: [
                        { name: "base", mode: "AK", access_key_id: id, access_key_secret: secret },
                        {
                            name: "partner",
                            mode: "RamRoleArn",
                            access_key_id: id,
                            access_key_secret: secret,
                            ram_role_arn: roleArn,
                            ram_session_name: "ci",
                        },
                    ],
                }),
        ],
        [
            "a profile of the CLI with a source profile, in a file with a byte order mark",
            ".aliyun/config.json",
            ({ id, secret }) =>
                `\uFEFF${JSON.stringify({
                    current: "base",
                    profiles: [
                        { name: "base", mode: "AK", access_key_id: id, access_key_secret: secret },
                        { name: "partner", mode: "ChainableRamRoleArn", source_profile: "base", ram_role_arn: roleArn },
                    ],
                })}`,
        ],
        [
            "a section of the SDKs' file with a role",
            ".alibabacloud/credentials",
            ({ id, secret }) =>
                `[default]\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n` +
                `[partner]\ntype = ram_role_arn\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n` +
                `role_arn = ${roleArn}\nrole_session_name = ci\npolicy = \n`,
        ],
    ];
    for (const [what, path, text] of files) {
        it(`is the account of the role, with ${what}`, async () => {
            const { accessKeyId: id, accessKeySecret: secret } = keys(1);
            write(path, text({ id, secret }));
            for (const named of [
                { args: ["--account", "partner"], heading: " (partner)" },
                { args: [], heading: "", env: { ALIBABA_CLOUD_PROFILE: "partner" } },
            ]) {
                const ended = await status([...inHangzhou, ...here(), ...named.args], named.env);
                assert.equal(first(ended), `alibaba cn-hangzhou${named.heading}, account ${own}, role image-maker`);
                const assuming = ended.calls.filter(({ action }) => action === "sts.AssumeRole");
                assert.deepEqual([assuming.length, accountsOf(assuming)], [1, [partner]], "one request for keys");
                assert.deepEqual(accountsOf(ended.calls.filter((call) => !assuming.includes(call))), [own]);
                assert.ok(!ended.stdout.includes(secret));
            }
        });
    }

    it("is the account of the role that the environment names", async () => {
        const { accessKeyId, accessKeySecret } = keys(1);
        const ended = await status([...inHangzhou, ...here()], {
            ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
            ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
            ALIBABA_CLOUD_ROLE_ARN: roleArn,
        });
        assert.equal(first(ended), `alibaba cn-hangzhou, account ${own}, role image-maker`);
    });

    it("is an error if the role cannot be assumed: no other call is sent, even if other keys exist", async () => {
        const { accessKeyId, accessKeySecret } = keys(0);
        const profile = {
            name: "partner",
            mode: "RamRoleArn",
            access_key_id: accessKeyId,
            access_key_secret: accessKeySecret,
            ram_role_arn: `acs:ram::${partner}:role/none`,
        };
        write(".aliyun/config.json", JSON.stringify({ profiles: [profile] }));
        const ended = await status([...inHangzhou, ...here(), "--account", "partner"], keysOf(world));
        assert.equal(ended.code, 1);
        assert.match(ended.stderr, /profile partner \(RamRoleArn\) .*: cannot assume the role .*EntityNotExist\.Role/);
        assert.deepEqual([...new Set(ended.calls.map(({ action }) => action))], ["sts.AssumeRole"]);
        assert.ok(!ended.stderr.includes(accessKeySecret));
    });

    describe("behind a proxy with a private certificate authority", () => {
        let proxy: FakeProxy;
        let tls: { port: number; close(): Promise<void> };
        let wire: Wire;
        beforeEach(async () => {
            wire = await openWire();
            tls = await openTls(Number(new URL(wire.url).port));
            proxy = await openProxy(tls.port);
        });
        afterEach(async () => {
            await proxy.close();
            await tls.close();
            await wire.close();
        });

        for (const [cloud, where] of Object.entries({ "Alibaba Cloud": inHangzhou, "Huawei Cloud": inFrankfurt })) {
            it(`is reached on ${cloud} with HTTPS_PROXY and NODE_EXTRA_CA_CERTS`, async () => {
                // The simulator accepts only requests to host names of this machine, so the test uses another server.
                const message = "from behind the proxy";
                wire.play({ status: 403, body: { Code: "C", Message: message, error_code: "C", error_msg: message } });
                const env = { ...keysOf(world), HTTPS_PROXY: proxy.url.replace("//", "//me:Hunter2@") };
                const args = [...where, "--endpoint", "https://clouds.test"];
                const ended = await status(args, { ...env, NODE_EXTRA_CA_CERTS: authorityFile });
                assert.match(ended.stderr, /: from behind the proxy \(C\)/);
                assert.deepEqual([...new Set(wire.requests.map(({ headers }) => headers.host))], ["clouds.test"]);
                const tunnels = [...new Set(proxy.requests.map(({ line, user }) => `${line} ${user}`))];
                assert.deepEqual(tunnels, ["CONNECT clouds.test:443 me:Hunter2"]);
            });
        }

        it("is not reached if the authority is unknown: nothing is sent, and the error contains the reason", async () => {
            const env = { ...keysOf(world), https_proxy: proxy.url };
            for (const where of [inHangzhou, inFrankfurt]) {
                const ended = await status([...where, "--endpoint", "https://clouds.test"], env);
                assert.equal(ended.code, 1);
                assert.match(ended.stderr, /SELF_SIGNED_CERT|self-signed certificate/i);
                assert.deepEqual(wire.requests, []);
            }
        });

        it("is reached without a proxy on this machine, whatever the variables are", async () => {
            const variables = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, http_proxy: proxy.url };
            // NODE_USE_ENV_PROXY makes Node.js use the proxy for requests without their own agent.
            const env = { ...keysOf(world), ...variables, NODE_USE_ENV_PROXY: "1" };
            const { port } = new URL(world.simulator.url);
            for (const where of [inHangzhou, inFrankfurt]) {
                for (const host of ["127.0.0.1", "localhost"]) {
                    const ended = await status([...where, "--endpoint", `http://${host}:${port}`], env);
                    assert.equal(ended.code, 0, ended.stderr);
                }
            }
            assert.deepEqual(proxy.requests, []);
        });
    });
});
