import assert from "node:assert/strict";
import type { Prepared } from "./signedClient.ts";
import { closeAll, type Simulated, simulate, web } from "./simulated.ts";

async function sent({ url, method, headers }: Prepared) {
    const { "content-type": contentType } = headers;
    const response = await fetch(url, { method, headers: { "content-type": contentType ?? "" } });
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

describe("Alibaba answers", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    for (const Format of ["XML", "xml", ""]) {
        it(`are XML for a version 1 request with the Format "${Format}"`, async () => {
            const asked = { InstanceIds: JSON.stringify([web]) };
            const answer = await sent(cloud.swas.prepareV1("ListInstances", asked, { extra: { Format } }));
            assert.deepEqual([answer.status, answer.type], [200, "text/xml;charset=utf-8"]);
            assert.match(answer.text, /^<\?xml [^>]*\?><ListInstancesResponse><RequestId>[0-9A-F-]{36}<\/RequestId>/);
            assert.match(answer.text, new RegExp(`<Instances><InstanceId>${web}</InstanceId><InstanceName>`));
            // Two disks, each an element of its own.
            assert.equal(answer.text.match(/<Disks><DiskId>/g)?.length, 2);
        });
    }

    it("are XML for errors, with escaped values of the request", async () => {
        const asked = cloud.swas.prepareV1("DeleteSnapshot", { SnapshotId: "<s>" }, { extra: { Format: "XML" } });
        const refused = await sent({ ...asked, url: asked.url.replace(/Signature=[^&]*/, "Signature=x") });
        assert.equal(refused.status, 400);
        assert.match(refused.text, /<Error><RequestId>.*<Code>SignatureDoesNotMatch<\/Code><Message>.*<\/Error>$/s);
        assert.match(refused.text, /&amp;%2F&amp;/);
    });

    it("are JSON for every other request", async () => {
        for (const asked of [cloud.swas.prepareV1("ListRegions", {}), cloud.swas.prepare("ListRegions", {})]) {
            const { host: _host, ...headers } = asked.headers;
            const response = await fetch(asked.url, { method: asked.method, headers });
            assert.match(response.headers.get("content-type") ?? "", /json/);
            JSON.parse(await response.text());
        }
    });
});
