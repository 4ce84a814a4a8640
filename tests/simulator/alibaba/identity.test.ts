import assert from "node:assert/strict";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { configFor, region, SwasClient, swasModels } from "./officialSdk.ts";
import { SignedClient, send } from "./signedClient.ts";
import { closeAll, golden, minute, type Simulated, simulate, web, windows } from "./simulated.ts";

const temporary = { id: "STS.SIMULATED1", secret: "temporary-secret-1", token: "temporary-token-1" };

describe("Alibaba callers", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        const [first, ...others] = defaultAlibabaWorld.accounts;
        assert.ok(first);
        const accounts = [{ ...first, tokens: [temporary] }, ...others];
        cloud = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
    });
    afterEach(closeAll);

    for (const signatureAlgorithm of ["ACS3-HMAC-SHA256", "v2"]) {
        it(`can use a temporary key with its token (${signatureAlgorithm})`, async () => {
            const { url } = cloud.simulator;
            const config = (securityToken?: string) =>
                new $OpenApiUtil.Config({
                    accessKeyId: temporary.id,
                    accessKeySecret: temporary.secret,
                    securityToken,
                    endpoint: new URL(url).host,
                    protocol: "http",
                    signatureAlgorithm,
                    readTimeout: 10_000,
                });
            const list = (securityToken?: string) =>
                new SwasClient(config(securityToken)).listInstances(new swasModels.ListInstancesRequest(region));
            assert.equal((await list(temporary.token)).body?.totalCount, 4);
            await assert.rejects(list("another-token"), { code: "InvalidSecurityToken.MismatchWithAccessKey" });
            await assert.rejects(list(), { code: "MissingSecurityToken" });
            const permanent = new $OpenApiUtil.Config({
                ...configFor(cloud.simulator, "ACS3"),
                signatureAlgorithm,
                securityToken: temporary.token,
            });
            const withToken = new SwasClient(permanent).listInstances(new swasModels.ListInstancesRequest(region));
            await assert.rejects(withToken, { code: "InvalidSecurityToken.MismatchWithAccessKey" });
        });
    }

    it("can send an empty token, which counts as none", async () => {
        const asked = cloud.swas.prepareV1("ListInstances", {}, { extra: { SecurityToken: "" } });
        assert.equal((await send(asked)).status, 200);
    });

    it("select the operation with signed parameters, never with another header", async () => {
        const signed = cloud.swas.prepareV1("ListInstances", { InstanceId: web });
        const refused = async (headers: Record<string, string>) => {
            const { status, body } = await send({ ...signed, headers: { ...signed.headers, ...headers } });
            return `${status} ${body.Code}`;
        };
        assert.equal(await refused({ "x-acs-action": "StopInstance" }), "400 InvalidParameter");
        assert.equal(await refused({ "x-acs-version": "2014-05-26" }), "400 InvalidParameter");
        const { InstanceStatuses } = await cloud.swas.ok("ListInstanceStatus");
        assert.equal(InstanceStatuses[0].Status, "Running");
        const same = { "x-acs-action": "ListInstances", "x-acs-version": "2020-06-01" };
        assert.equal((await send({ ...signed, headers: { ...signed.headers, ...same } })).status, 200);
        const nameless = cloud.swas.prepareV1("", { InstanceId: web });
        const named = { ...nameless.headers, "x-acs-action": "StopInstance" };
        assert.equal((await send({ ...nameless, headers: named })).body.Code, "MissingAction");
    });

    it("must request an existing version", async () => {
        const { body } = await send(cloud.swas.prepareV1("ListInstances", {}, { extra: { Version: "1999-01-01" } }));
        assert.equal(body.Code, "NoSuchVersion");
    });

    it("can use one client token for each product", async () => {
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const run = { ImageId: Images.Image[0].ImageId, InstanceType: "ecs.g6.large" };
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", run);
        cloud.advance(minute);
        const token = { ClientToken: "token-1" };
        await cloud.swas.ok("StopInstance", { InstanceId: windows, ...token });
        await cloud.ecs.ok("StopInstance", { InstanceId: InstanceIdSets.InstanceIdSet[0], ...token });
        cloud.advance(minute);
        const { Instances } = await cloud.ecs.ok("DescribeInstances");
        assert.equal(Instances.Instance[0].Status, "Stopped");
    });

    it("find no secret, token or password in objects or logs", async () => {
        const password = "Top-secret-1";
        await cloud.swas.ok("UpdateInstanceAttribute", { InstanceId: web, Password: password, ClientToken: "t-1" });
        await cloud.swas.ok("ResetSystem", { InstanceId: windows, "LoginCredentials.Password": password });
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const run = { ImageId: Images.Image[0].ImageId, InstanceType: "ecs.g6.large" };
        await cloud.ecs.ok("RunInstances", { ...run, Password: password, UserData: "dXNlcmRhdGE=" });
        const seen = JSON.stringify([cloud.sim.registry.objects(), cloud.sim.calls.list()]);
        assert.doesNotMatch(seen, /Top-secret|dXNlcmRhdGE|simulated-alibaba-secret|temporary-(secret|token)/);
        assert.match(seen, /web-golden/);
    });

    it("of ECS are authenticated with the same temporary key", async () => {
        const client = new SignedClient(cloud.simulator.url, temporary, "ecs");
        const asked = client.prepareV1("DescribeRegions", {}, { extra: { SecurityToken: temporary.token } });
        assert.equal((await send(asked)).status, 200);
        assert.equal(golden.account, cloud.sim.calls.list().at(-1)?.account);
    });
});
