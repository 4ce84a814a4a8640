import assert from "node:assert/strict";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { isoTime, SignedClient, send } from "./signedClient.ts";
import { closeAll, golden, minute, partner, type Simulated, simulate } from "./simulated.ts";

const role = `acs:ram::${golden.account}:role/image-maker`;

interface Credentials {
    AccessKeyId: string;
    AccessKeySecret: string;
    SecurityToken: string;
}

describe("Alibaba STS", () => {
    let cloud: Simulated;
    let sts: SignedClient;
    let partnerSts: SignedClient;

    beforeEach(async () => {
        cloud = await simulate();
        sts = new SignedClient(cloud.simulator.url, golden, "sts");
        partnerSts = new SignedClient(cloud.simulator.url, partner, "sts");
    });
    afterEach(closeAll);

    /** Status and code of a list of servers with a temporary key. */
    async function listed(key: Credentials, token: string | undefined = key.SecurityToken): Promise<string> {
        const client = new SignedClient(
            cloud.simulator.url,
            { id: key.AccessKeyId, secret: key.AccessKeySecret },
            "swas",
        );
        const { status, body } = await send(
            client.prepareV1(
                "ListInstances",
                {},
                { extra: token === "" ? {} : { SecurityToken: token }, timestamp: isoTime(cloud.sim.wallNow()) },
            ),
        );
        return status === 200 ? `200, ${body.TotalCount} servers` : `${status} ${body.Code}`;
    }

    it("issues a key of the role's account, valid together with its token", async () => {
        const { Credentials, AssumedRoleUser } = await partnerSts.ok("AssumeRole", {
            RoleArn: role,
            RoleSessionName: "nightly",
        });
        assert.match(Credentials.AccessKeyId, /^STS\./);
        assert.equal(AssumedRoleUser.Arn, `${role}/nightly`);
        assert.equal(await listed(Credentials), "200, 4 servers");
        assert.equal(await listed(Credentials, ""), "400 MissingSecurityToken");
        assert.equal(await listed(Credentials, "another"), "400 InvalidSecurityToken.MismatchWithAccessKey");
        assert.equal(await listed(Credentials, "no token at all"), "400 InvalidSecurityToken.Malformed");
    });

    it("issues keys that expire according to the machine's clock, whatever the virtual time", async () => {
        const { Credentials } = await sts.ok("AssumeRole", {
            RoleArn: role,
            RoleSessionName: "short",
            DurationSeconds: 900,
        });
        const left = Date.parse(Credentials.Expiration) - Date.now();
        assert.ok(left > 14 * minute && left <= 15 * minute, Credentials.Expiration);
        cloud.advance(60 * minute);
        assert.equal(await listed(Credentials), "200, 4 servers");
        Object.assign(cloud.sim, { wallNow: () => Date.now() + 15 * minute });
        assert.equal(await listed(Credentials), "400 InvalidSecurityToken.Expired");
    });

    it("returns the owner of a key", async () => {
        const own = await sts.ok("GetCallerIdentity");
        assert.deepEqual(
            [own.AccountId, own.IdentityType, own.Arn],
            [golden.account, "Account", `acs:ram::${golden.account}:root`],
        );
        const { Credentials } = await partnerSts.ok("AssumeRole", { RoleArn: role, RoleSessionName: "nightly" });
        const key = { id: Credentials.AccessKeyId, secret: Credentials.AccessKeySecret };
        const client = new SignedClient(cloud.simulator.url, key, "sts");
        const extra = { SecurityToken: Credentials.SecurityToken };
        const { body } = await send(client.prepareV1("GetCallerIdentity", {}, { extra }));
        assert.deepEqual(
            [body.AccountId, body.IdentityType, body.Arn],
            [golden.account, "AssumedRoleUser", `acs:ram::${golden.account}:assumed-role/image-maker/nightly`],
        );
    });

    const apiErrors: [what: string, changes: Record<string, string | number>, answer: string][] = [
        ["a malformed role", { RoleArn: "image-maker" }, "400 InvalidParameter.RoleArn"],
        ["no role", { RoleArn: "" }, "400 MissingRoleArn"],
        ["an unknown role", { RoleArn: `${role}-2` }, "404 EntityNotExist.Role"],
        [
            "a role of an unknown account",
            { RoleArn: "acs:ram::9999999999999999:role/image-maker" },
            "404 EntityNotExist.Role",
        ],
        ["a session name with a space", { RoleSessionName: "a b" }, "400 InvalidParameter.RoleSessionName"],
        ["a session of 14 minutes", { DurationSeconds: 899 }, "400 InvalidParameter.DurationSeconds"],
        ["a session of more than an hour", { DurationSeconds: 3601 }, "400 InvalidParameter.DurationSeconds"],
    ];
    for (const [what, changes, answer] of apiErrors) {
        it(`rejects ${what}`, async () => {
            const asked = { RoleArn: role, RoleSessionName: "nightly", ...changes };
            assert.equal(await sts.refused("AssumeRole", asked), answer);
        });
    }

    it("rejects a role that does not trust the caller", async () => {
        const [first, second, ...others] = defaultAlibabaWorld.accounts;
        assert.ok(first && second);
        const accounts = [first, { ...second, roles: [{ name: "private" }] }, ...others];
        await closeAll();
        cloud = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
        const RoleArn = `acs:ram::${partner.account}:role/private`;
        const asked = { RoleArn, RoleSessionName: "nightly" };
        const foreign = new SignedClient(cloud.simulator.url, golden, "sts");
        assert.equal(await foreign.refused("AssumeRole", asked), "403 NoPermission");
        await new SignedClient(cloud.simulator.url, partner, "sts").ok("AssumeRole", asked);
    });

    it("appears in the output of the simulator, and a seeded key can be expired", async () => {
        const summary = cloud.simulator.accounts.find(({ id }) => id === golden.account);
        assert.deepEqual(summary?.roles, [role]);
        const [key] = summary?.temporaryKeys ?? [];
        assert.ok(key);
        const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken } = key;
        assert.equal(await listed({ AccessKeyId, AccessKeySecret, SecurityToken }), "200, 4 servers");
        const [first, ...others] = defaultAlibabaWorld.accounts;
        assert.ok(first);
        const old = { id: "STS.OLD", secret: "old-secret", token: "old-token", expiresAt: "2026-01-01T00:00:00Z" };
        const accounts = [{ ...first, tokens: [old] }, ...others];
        await closeAll();
        cloud = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
        const expired = { AccessKeyId: old.id, AccessKeySecret: old.secret, SecurityToken: old.token };
        assert.equal(await listed(expired), "400 InvalidSecurityToken.Expired");
    });
});
