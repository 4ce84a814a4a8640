import assert from "node:assert/strict";
import { alibaba, huawei } from "../../provider/dist/clouds/cloud.js";
import { type Clouds, connectClouds } from "../../provider/dist/clouds/connect.js";
import { CloudError } from "../../provider/dist/clouds/errors.js";
import { withPatience } from "../../provider/dist/clouds/patience.js";
import { StepPatience } from "../../provider/dist/clouds/stepPatience.js";
import { optionalLookup } from "../../provider/dist/reconcile/optionalLookup.js";
import { fakeTime, openWire } from "./wire.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });

const keys = {
    "machine-images:alibabaAccessKeyId": "id",
    "machine-images:alibabaAccessKeySecret": "secret",
    "machine-images:huaweiAccessKey": "id",
    "machine-images:huaweiSecretKey": "secret",
};

function cloudsAt(endpoint: string | undefined, time: ReturnType<typeof fakeTime>, environment = {}): Clouds {
    const config: Record<string, string | undefined> = { ...keys, "machine-images:endpoint": endpoint };
    return connectClouds({ config: (key) => config[key], environment, time, random: () => 0.5 });
}

/** An address at which nothing listens. */
async function closedAddress(): Promise<string> {
    const wire = await openWire();
    await wire.close();
    return wire.url;
}

const lookups: Record<string, (clouds: Clouds) => Promise<unknown>> = {
    "of regions": async (clouds) => (await clouds.alibaba(hangzhou)).swas.regionIds(undefined),
    "of plans": async (clouds) => (await clouds.alibaba(hangzhou)).swas.listPlans(),
    "of projects": async (clouds) => (await clouds.huawei(frankfurt)).projectNames(),
};

async function failure(asked: Promise<unknown>): Promise<CloudError> {
    const error = await asked.then(
        () => assert.fail("was answered"),
        (thrown: unknown) => thrown,
    );
    return error instanceof CloudError ? error : assert.fail(String(error));
}

describe("a host that does not answer", () => {
    let time: ReturnType<typeof fakeTime>;
    beforeEach(() => {
        time = fakeTime();
    });
    const waited = () => time.sleeps.reduce((sum, ms) => sum + ms, 0);

    it("on this machine is given up after seconds, and not waited for by any further lookup", async () => {
        const url = await closedAddress();
        const clouds = cloudsAt(url, time);
        for (const ask of Object.values(lookups)) {
            const error = await failure(ask(clouds));
            assert.match(
                error.message,
                new RegExp(
                    `at ${url}: no answer \\(ECONNREFUSED\\) \\(Unreachable\\): nothing listens there, start the simulator ` +
                        "at that address or correct machine-images:endpoint",
                ),
            );
        }
        assert.ok(waited() <= 5000, `waited ${waited()} ms`);
    });

    it("is one error of a preview, not a warning for each lookup", async () => {
        const clouds = cloudsAt(await closedAddress(), time);
        const warnings: string[] = [];
        const work = { clouds, warn: (text: string) => void warnings.push(text) };
        const texts = new Set<string>();
        for (const [what, ask] of Object.entries(lookups)) {
            texts.add((await failure(optionalLookup(work, what, () => ask(clouds)))).message);
        }
        assert.deepEqual([warnings, texts.size], [[], 1]);
    });

    it("is a warning of a preview when another host answers", async () => {
        const wire = await openWire();
        wire.play({ body: { Regions: [] } });
        await lookups["of regions"]?.(cloudsAt(wire.url, time));
        await wire.close();
        const clouds = cloudsAt(await closedAddress(), time);
        const warnings: string[] = [];
        const work = { clouds, warn: (text: string) => void warnings.push(text) };
        const found = await optionalLookup(work, "the plans", async () => lookups["of plans"]?.(clouds));
        assert.deepEqual([found, warnings.length], [undefined, 1]);
    });

    it("is asked again once it answers", async () => {
        const wire = await openWire();
        const { url } = wire;
        await wire.close();
        const clouds = cloudsAt(url, time);
        await failure(lookups["of plans"]?.(clouds) ?? assert.fail());
        await time.sleep(10_000);
        const again = await openWire(Number(new URL(url).port));
        again.play({ body: { Plans: [] } });
        assert.deepEqual(await lookups["of plans"]?.(clouds), []);
        await again.close();
    });

    it("is waited for by a step that changes something", async () => {
        const clouds = cloudsAt(await closedAddress(), time);
        await failure(lookups["of plans"]?.(clouds) ?? assert.fail());
        const before = waited();
        const step = new StepPatience({ time, limitMs: 600_000, show: () => {} });
        await failure(withPatience(step, async () => lookups["of plans"]?.(clouds)));
        assert.ok(waited() - before > 60_000, `waited ${waited() - before} ms`);
    });

    it("behind a proxy that refuses the connection is the proxy's fault", async () => {
        const clouds = cloudsAt(undefined, time, { HTTPS_PROXY: await closedAddress() });
        for (const ask of Object.values(lookups)) {
            const { message } = await failure(ask(clouds));
            assert.match(
                message,
                /the proxy 127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED\) \(Unreachable\): check HTTPS_PROXY, or name the host in NO_PROXY$/,
            );
        }
    });

    it("behind a proxy for plain http as well", async () => {
        const clouds = cloudsAt("http://clouds.test", time, { HTTP_PROXY: await closedAddress() });
        const { message } = await failure(lookups["of plans"]?.(clouds) ?? assert.fail());
        assert.match(
            message,
            /the proxy 127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED.*: check HTTP_PROXY, or name/,
        );
    });
});
