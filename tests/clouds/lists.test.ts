import assert from "node:assert/strict";
import { ecsClient } from "../../provider/dist/clouds/alibaba/ecs.js";
import { swasClient } from "../../provider/dist/clouds/alibaba/swas.js";
import { imsClient } from "../../provider/dist/clouds/huawei/ims.js";
import { allPages } from "../../provider/dist/clouds/pages.js";
import { retryAfterOf } from "../../provider/dist/clouds/retryAfter.js";
import { SignatureClock } from "../../provider/dist/clouds/signatureClock.js";
import { connectionTo as alibabaTo } from "./alibaba/account.ts";
import { customImage } from "./alibaba/answers.ts";
import { connectionTo as huaweiTo } from "./huawei/account.ts";
import { wholeImage } from "./huawei/answers.ts";
import { openWire, type Wire } from "./wire.ts";

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `m-${from + index}`);

describe("lists of several pages", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    const swasPage = (ids: string[], total: unknown) => ({
        body: { CustomImages: ids.map((ImageId) => ({ ...customImage, ImageId })), TotalCount: total },
    });
    const listed = async () => {
        const found = await swasClient(alibabaTo(wire).connection, "cn-hangzhou").listCustomImages();
        return found.map(({ imageId }) => imageId);
    };

    for (const total of [150, 1, 0, 100, 1e6, "many", -1, null, undefined]) {
        it(`are complete although the cloud counts ${total} objects`, async () => {
            wire.play(swasPage(numbered(100), total), swasPage(numbered(50, 100), total), swasPage([], total));
            assert.deepEqual(await listed(), numbered(150));
        });
    }

    it("end if the cloud returns its last page again instead of an empty one", async () => {
        wire.play(swasPage(numbered(100), 100));
        assert.deepEqual(await listed(), numbered(100));
        assert.equal(wire.requests.length, 2);
    });

    it("fail if a page is repeated while objects are missing", async () => {
        wire.play(swasPage(numbered(100), 250));
        await assert.rejects(listed(), /page 2 of the list repeats an earlier page/);
        assert.equal(wire.requests.length, 2);
    });

    it("fail if a marker returns the same page again", async () => {
        const images = numbered(100).map((id) => ({ ...wholeImage, id }));
        wire.play({ body: { images } });
        const ims = imsClient(huaweiTo(wire).connection, "eu-de");
        await assert.rejects(ims.images(), { code: "EndlessList", operation: "ListImages" });
        assert.equal(wire.requests.length, 2);
    });

    it("fail if a next token is repeated", async () => {
        wire.play({ body: { Instances: { Instance: [] }, NextToken: "again" } });
        const ecs = ecsClient(alibabaTo(wire).connection, "cn-hangzhou");
        await assert.rejects(ecs.describeInstances(), { code: "EndlessList", operation: "DescribeInstances" });
        assert.equal(wire.requests.length, 2);
    });

    it("fail if there is always another page", async () => {
        const always = allPages({ cloud: "ECS", operation: "List" }, async (page) => ({
            items: [page],
            isLast: false,
        }));
        await assert.rejects(always, /the list has not ended after 1000 pages/);
    });
});

describe("the retry time that the cloud asks for", () => {
    const date = "Fri, 02 Jan 2026 03:04:05 GMT";
    const cases: [Record<string, string>, number | undefined][] = [
        [{ "retry-after": "9" }, 9000],
        [{ "retry-after": "3600" }, 3_600_000],
        [{ "retry-after": "Fri, 02 Jan 2026 03:05:05 GMT", date }, 60_000],
        [{ "retry-after": "Fri, 02 Jan 2026 03:00:05 GMT", date }, 0],
        [{ "retry-after": "Fri, 02 Jan 2026 03:05:05 GMT" }, undefined],
        [{ "retry-after": "soon", date }, undefined],
        [{ "retry-after": "-5", date: "yesterday" }, undefined],
        [{ "retry-after": "" }, undefined],
        [{ "x-acs-retry-after": "700" }, 700],
        [{ "x-acs-retry-after": "x", "retry-after": "2" }, 2000],
        [{}, undefined],
    ];
    for (const [headers, ms] of cases) {
        it(`${JSON.stringify(headers)} is ${ms === undefined ? "undefined" : `${ms} ms`}`, () => {
            assert.equal(retryAfterOf(headers), ms);
        });
    }
});

describe("the date of signatures", () => {
    const hour = 3_600_000;
    const started = Date.UTC(2026, 0, 2);

    it("continues unchanged if this machine's clock is set during the run", () => {
        for (const jump of [hour, -hour]) {
            let set = 0;
            let elapsed = 0;
            const clock = new SignatureClock(
                () => started + set + elapsed,
                { now: () => elapsed },
                { date: started, at: 0 },
            );
            set = jump;
            elapsed = 5000;
            const refused = clock.now();
            assert.equal(clock.correct(undefined, [refused]), true);
            assert.equal(clock.now().getTime(), started + 5000);
        }
    });

    it("is the cloud's date if this machine's clock was wrong from the start", () => {
        let elapsed = 0;
        const clock = new SignatureClock(() => started, { now: () => elapsed }, { date: started, at: 0 });
        assert.equal(clock.correct(new Date(started + 5 * hour).toUTCString(), [clock.now()]), true);
        elapsed = 1000;
        assert.equal(clock.now().getTime(), started + 5 * hour + 1000);
    });

    it("does not change if no other date is known, so that the refusal is reported", () => {
        const clock = new SignatureClock(() => started, { now: () => 0 }, { date: started, at: 0 });
        for (const header of [undefined, "no date", new Date(started + 1000).toUTCString()]) {
            assert.equal(clock.correct(header, [clock.now()]), false);
        }
    });

    it("of each cloud is corrected after its refusal, and the request is sent again, even an order", async () => {
        const wire = await openWire();
        const date = new Date(Date.now() + 5 * hour).toUTCString();
        const alibaba = { Code: "InvalidTimeStamp.Expired", Message: "expired" };
        wire.play({ status: 400, headers: { date }, body: alibaba }, { body: { InvokeId: "t-1" } });
        const command = { instanceId: "i", name: "n", type: "RunShellScript", commandContent: "id" } as const;
        assert.equal(await swasClient(alibabaTo(wire).connection, "cn-hangzhou").runCommand(command), "t-1");
        assert.equal(wire.requests.length, 2);
        await wire.close();
        const other = await openWire();
        const huawei = { error_code: "APIGW.0301", error_msg: "signature expired" };
        other.play({ status: 401, headers: { date }, body: huawei }, { body: { job_id: "j1" } });
        const ims = imsClient(huaweiTo(other).connection, "eu-de");
        assert.equal(await ims.createSystemImage({ name: "s", instanceId: "i" }), "j1");
        assert.equal(other.requests.length, 2);
        await other.close();
    });
});
