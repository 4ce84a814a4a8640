import type { bssRules } from "../../../../provider/dist/simulator/alibaba/bss/product.js";
import type { gatewayRules } from "../../../../provider/dist/simulator/alibaba/gateway/gatewayRules.js";
import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import { isoTime, type Prepared, SignedClient, send } from "../signedClient.ts";
import { golden, minute, type Simulated, web, windows } from "../simulated.ts";
import type { RowsOf } from "./row.ts";
import { aSharedImage } from "./scene.ts";

const withKey = ({ simulator }: Simulated, key: Partial<typeof golden>) =>
    new SignedClient(simulator.url, { ...golden, ...key }, "swas");

const list = ({ swas }: Simulated, changes: Parameters<SignedClient["prepare"]>[2]) =>
    send(swas.prepare("ListInstances", {}, changes));

const listV1 = ({ swas }: Simulated, extra: Record<string, string>) =>
    send(swas.prepareV1("ListInstances", {}, { extra }));

/** A list with the golden account's temporary key. */
function withToken({ simulator }: Simulated, SecurityToken: string) {
    const key = simulator.accounts.find(({ id }) => id === golden.account)?.temporaryKeys?.[0];
    const client = new SignedClient(
        simulator.url,
        { id: key?.accessKeyId ?? "", secret: key?.accessKeySecret ?? "" },
        "swas",
    );
    return send(client.prepareV1("ListInstances", {}, { extra: { SecurityToken } }));
}

const oldKey = { id: "STS.OLD", secret: "old-secret", token: "old-token", expiresAt: "2026-01-01T00:00:00Z" };
const withOldKey = defaultWorld.alibaba.accounts.map((account) =>
    account.id === golden.account ? { ...account, tokens: [oldKey] } : account,
);

const withHeaders = (prepared: Prepared, headers: Record<string, string>) =>
    send({ ...prepared, headers: { ...prepared.headers, ...headers } });

export const gatewayRows: RowsOf<typeof gatewayRules> = {
    missingParameter: {
        says: "400 MissingDiskId DiskId is mandatory for this action.",
        by: ({ swas }) => swas.call("CreateSnapshot", { SnapshotName: "one" }),
    },
    invalidParameter: {
        says: "400 InvalidParameter The specified parameter PageSize is not valid: use a whole number from 1 to 100.",
        by: ({ swas }) => swas.call("ListSnapshots", { PageSize: 101 }),
    },
    unknownAction: {
        says: "404 InvalidAction.NotFound Specified api is not found, please check your url and method.",
        by: ({ swas }) => swas.call("DeleteEverything"),
    },
    unknownVersion: {
        says: "400 NoSuchVersion Specified version does not exist.",
        by: (cloud) => listV1(cloud, { Version: "1999-01-01" }),
    },
    unknownRegion: {
        says: "404 InvalidRegionId.NotFound The specified RegionId does not exist.",
        by: ({ swas }) => swas.call("ListInstances", { RegionId: "mars-1" }),
    },
    unknownKey: {
        says: "404 InvalidAccessKeyId.NotFound Specified access key is not found.",
        by: (cloud) => withKey(cloud, { id: "NOBODY" }).call("ListInstances"),
    },
    missingToken: {
        says: "400 MissingSecurityToken SecurityToken is mandatory for this action.",
        by: (cloud) => withToken(cloud, ""),
    },
    malformedToken: {
        says: "400 InvalidSecurityToken.Malformed Specified SecurityToken is malformed.",
        by: (cloud) => withToken(cloud, "no token at all"),
    },
    foreignToken: {
        says: "400 InvalidSecurityToken.MismatchWithAccessKey Specified SecurityToken mismatch with the AccessKey.",
        by: (cloud) => withToken(cloud, "another"),
    },
    expiredToken: {
        says: "400 InvalidSecurityToken.Expired Specified SecurityToken is expired.",
        options: { world: { ...defaultWorld, alibaba: { accounts: withOldKey } } },
        by: (cloud) => withToken(cloud, oldKey.token),
    },
    contradictingHeader: {
        says: "400 InvalidParameter The header x-acs-action contradicts the signed parameters.",
        by: ({ swas }) => withHeaders(swas.prepareV1("ListInstances", {}), { "x-acs-action": "StopInstance" }),
    },
    incompleteSignature: {
        says: "400 IncompleteSignature The request signature does not conform to Aliyun standards: only ACS3-HMAC-SHA256 is accepted.",
        by: ({ swas }) => withHeaders(swas.prepare("ListInstances", {}), { authorization: "Basic abc" }),
    },
    wrongSignature: {
        says: "400 SignatureDoesNotMatch Specified signature is not matched with our calculation. server string to sign is:",
        by: (cloud) => send(withKey(cloud, { secret: "wrong" }).prepareV1("ListInstances", {})),
    },
    wrongAcs3Signature: {
        says: "400 SignatureDoesNotMatch Specified signature does not match our calculation. server StringToSign is [",
        by: (cloud) => withKey(cloud, { secret: "wrong" }).call("ListInstances"),
    },
    wrongBodyHash: {
        says: "400 SignatureDoesNotMatch Specified x-acs-content-sha256 does not match the body of the request.",
        by: (cloud) => list(cloud, { contentHash: "0".repeat(64) }),
    },
    unreadableTime: {
        says: "400 IllegalTimestamp The input parameter Timestamp that is mandatory for processing this request is not supplied or illegal.",
        by: (cloud) => list(cloud, { date: "today" }),
    },
    staleTime: {
        says: "400 InvalidTimeStamp.Expired Specified time stamp or date value is expired.",
        by: (cloud) => list(cloud, { date: isoTime(Date.now() - 16 * minute) }),
    },
    replayedNonce: {
        says: "400 SignatureNonceUsed Specified signature nonce was used already.",
        by: async ({ swas }) => {
            const prepared = swas.prepare("ListInstances", {});
            await send(prepared);
            return send(prepared);
        },
    },
    reusedClientToken: {
        says: "400 IdempotentParameterMismatch The specified ClientToken was used in a request with other parameters.",
        by: async ({ swas }) => {
            await swas.ok("StopInstance", { InstanceId: web, ClientToken: "token" });
            return swas.call("StopInstance", { InstanceId: windows, ClientToken: "token" });
        },
    },
    dryRun: {
        says: "400 DryRunOperation Request validation has been passed with DryRun flag set.",
        by: async (cloud) => cloud.ecs.call("CopyImage", { ImageId: await aSharedImage(cloud), DryRun: true }),
    },
    throttled: {
        says: "400 Throttling.User Request was denied due to user flow control.",
        options: { quotas: { "alibaba.swas.callsPerMinute": 1 } },
        by: async ({ swas }) => {
            await swas.ok("ListInstances");
            return swas.call("ListInstances");
        },
    },
};

export const bssRows: RowsOf<typeof bssRules> = {
    unknownServer: {
        says: "404 InvalidInstanceId.NotFound The specified InstanceId does not exist.",
        by: ({ bss }) =>
            bss.call("RefundInstance", { InstanceId: "none", ProductCode: "swas", ImmediatelyRelease: "1" }),
    },
};
