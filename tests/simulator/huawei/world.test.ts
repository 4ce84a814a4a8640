import assert from "node:assert/strict";
import { huaweiWorld } from "../../../provider/dist/simulator/huawei/index.js";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { bench, closeAll, golden } from "./client.ts";

const action = "/v1/cloudimages/wholeimages/action";
const request = { name: "erp", instance_id: golden.server, vault_id: golden.vault };

describe("huawei worlds", () => {
    afterEach(closeAll);

    it("list their accounts", async () => {
        const { simulator } = await bench();
        const [account] = simulator.accounts.filter(({ id }) => id === golden.domain);
        assert.deepEqual(account, {
            cloud: "huawei",
            id: golden.domain,
            name: "golden",
            regions: ["eu-de", "eu-nl"],
            keys: [golden.key],
            users: [{ name: "golden-admin", password: "simulated-huawei-password-1", domain: "golden" }],
            projects: [
                { id: golden.project, name: "eu-de", region: "eu-de" },
                { id: golden.projectNl, name: "eu-nl", region: "eu-nl" },
            ],
        });
    });

    it("override durations and reject unknown ones", async () => {
        const huawei = { ...defaultWorld.huawei, durations: { wholeImageActive: 20, wholeImageJob: 30 } };
        const { golden: client, seconds } = await bench({ world: { ...defaultWorld, huawei } });
        const creation = await client.post(action, request);
        seconds(30);
        assert.equal((await client.job(creation.body.job_id)).status, "SUCCESS");
        const unknown = { ...defaultWorld.huawei, durations: { lunch: 1 } };
        assert.equal(huaweiWorld.safeParse(unknown).success, false);
        const [domain] = defaultWorld.huawei.domains;
        const elsewhere = { domains: [{ ...domain, projects: [] }] };
        assert.equal(huaweiWorld.safeParse(elsewhere).success, false);
    });

    it("are rejected if they contradict themselves, with the reason", () => {
        const [domain, other] = defaultWorld.huawei.domains;
        assert.ok(domain && other);
        const [server] = domain.servers;
        const [user] = domain.users;
        assert.ok(server && user);
        const problems: [unknown, RegExp][] = [
            [[domain, { ...other, id: domain.id }], /domain d0000000000000000000000000000001 is declared/],
            [[domain, { ...other, name: "golden" }], /domain name golden is declared/],
            [[domain, { ...other, users: domain.users }], /access key SIMULATEDHUAWEIKEY1 is declared/],
            [[domain, { ...other, projects: domain.projects }], /project a0000000000000000000000000000001 is declared/],
            [[{ ...domain, servers: [server, server] }], /server 94eba8b2/],
            [[{ ...domain, users: [user, { ...user, accessKeyId: "x" }] }], /user name golden-admin is declared/],
            [[{ ...domain, servers: [{ ...server, flavor: "huge" }] }], /flavor huge/],
            [[{ ...domain, servers: [{ ...server, availabilityZone: "eu-nl-01" }] }], /not a zone of eu-de/],
            [[{ ...domain, servers: [{ ...server, availabilityZone: "eu-de" }] }], /not a zone of eu-de/],
        ];
        for (const [domains, message] of problems) {
            const parsed = huaweiWorld.safeParse({ domains });
            assert.match(JSON.stringify(parsed.error?.issues ?? "accepted"), message);
        }
    });

    it("seed servers in ERROR and locked vaults, of which no image can be created", async () => {
        const [domain] = defaultWorld.huawei.domains;
        assert.ok(domain);
        const apiError = async (huawei: typeof defaultWorld.huawei) => {
            const { golden: client } = await bench({ world: { ...defaultWorld, huawei } });
            return (await client.post(action, request)).body.error.code;
        };
        const servers = domain.servers.map((server) => ({ ...server, status: "ERROR" as const }));
        assert.equal(await apiError({ domains: [{ ...domain, servers }] }), "IMG.0126");
        const vaults = domain.vaults.map((vault) => ({ ...vault, status: "lock" as const }));
        assert.equal(await apiError({ domains: [{ ...domain, vaults }] }), "IMG.0188");
    });

    it("never cause an internal failure with invalid requests", async () => {
        const { golden: client } = await bench();
        const bodies = [{}, [], "x", 1, null, { server: null }, { images: "x" }, { vault: { billing: 1 } }];
        const targets = [
            ["POST", action],
            ["POST", "/v2/cloudimages/action"],
            ["PATCH", "/v2/cloudimages/x"],
            ["PATCH", "/v2/images/x"],
            ["POST", "/v1/cloudimages/members"],
            ["PUT", "/v1/cloudimages/members"],
            ["DELETE", "/v1/cloudimages/members"],
            ["POST", "/v2/images/x/members"],
            ["PUT", "/v2/images/x/members/y"],
            ["POST", "/v2/{pid}/images/x/tags/action"],
            ["PUT", "/v1/cloudimages/tags"],
            ["POST", "/v3/{pid}/vaults"],
            ["PUT", `/v3/{pid}/vaults/${golden.vault}`],
            ["POST", "/v3/{pid}/checkpoints"],
            ["POST", "/v1/{pid}/cloudservers"],
            ["POST", "/v1/{pid}/cloudservers/action"],
            ["POST", "/v1/{pid}/cloudservers/delete"],
            ["POST", `/v2/{pid}/cloudservers/${golden.server}/changeos`],
            ["POST", `/v1/{pid}/cloudservers/${golden.server}/attachvolume`],
            ["POST", "/v2/{pid}/cloudvolumes"],
            ["POST", "/v3/auth/tokens"],
        ] as const;
        for (const [method, path] of targets) {
            for (const body of bodies) {
                const { status, text } = await client.call(method, path, { body });
                assert.ok(
                    status >= 400 && status < 500,
                    `${method} ${path} ${JSON.stringify(body)}: ${status} ${text}`,
                );
            }
        }
        const queries: readonly Record<string, string>[] = [
            { limit: "-1" },
            { created_at: "gt:x" },
            { created_at: "__proto__:x" },
            { sort_key: "__proto__" },
            { offset: "x", limit: "y" },
        ];
        for (const query of queries) {
            for (const path of [
                "/v2/cloudimages",
                "/v2/images",
                "/v3/{pid}/backups",
                "/v1/{pid}/cloudservers/detail",
            ]) {
                assert.equal((await client.get(path, query)).status, 200, `${path} ${JSON.stringify(query)}`);
            }
        }
    });
});
