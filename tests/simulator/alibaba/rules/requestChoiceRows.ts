import { sendAs } from "../hostRequest.ts";
import { SignedClient, send } from "../signedClient.ts";
import { golden, type Simulated, web } from "../simulated.ts";
import type { ChoiceRow } from "./row.ts";
import { status } from "./scene.ts";

const withoutRegion = ({ simulator }: Simulated) => new SignedClient(simulator.url, golden, "swas", "");

/**
 * Assumptions about the region of a request, the format of its answer, and the permissions of its caller, by their
 * text.
 */
export const requestChoiceRows: Readonly<Record<string, ChoiceRow>> = {
    "a request without RegionId": {
        shows: async (cloud) => {
            const client = withoutRegion(cloud);
            const inShanghai = await sendAs("swas.cn-shanghai.localhost", client.prepareV1("ListInstances", {}));
            await client.ok("StopInstance", { InstanceId: web });
            return [inShanghai.TotalCount, await status(cloud, web), await client.refused("ListInstances")];
        },
        is: [0, "Stopping", "400 MissingRegionId"],
    },
    "a RegionId that differs from the region in the host name": {
        shows: async ({ swas }) => {
            const list = (RegionId: string) =>
                sendAs("swas.cn-shanghai.localhost", swas.prepareV1("ListInstances", { RegionId }));
            return [(await list("cn-hangzhou")).TotalCount, (await list("cn-shanghai")).TotalCount];
        },
        is: [4, 0],
    },
    "a list in an XML answer": {
        shows: async ({ swas }) => {
            const asked = { InstanceIds: JSON.stringify([web]) };
            const { url, method, headers } = swas.prepareV1("ListInstances", asked, { extra: { Format: "XML" } });
            const { "content-type": contentType = "" } = headers;
            const text = await (await fetch(url, { method, headers: { "content-type": contentType } })).text();
            return [text.match(/<Instances>/g)?.length, text.match(/<Disks>/g)?.length];
        },
        is: [1, 2],
    },
    "the parameter Policy of AssumeRole": {
        shows: async ({ simulator }) => {
            const sts = new SignedClient(simulator.url, golden, "sts");
            const { Credentials } = await sts.ok("AssumeRole", {
                RoleArn: `acs:ram::${golden.account}:role/image-maker`,
                RoleSessionName: "nightly",
                Policy: '{"Version":"1","Statement":[]}',
            });
            const key = { id: Credentials.AccessKeyId, secret: Credentials.AccessKeySecret };
            const extra = { SecurityToken: Credentials.SecurityToken };
            const client = new SignedClient(simulator.url, key, "swas");
            return (await send(client.prepareV1("StopInstance", { InstanceId: web }, { extra }))).status;
        },
        is: 200,
    },
};
