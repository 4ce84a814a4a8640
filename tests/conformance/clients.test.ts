import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RunningSimulator, startSimulator } from "../../provider/dist/simulator/index.js";
import { type Cloud, pageOf, type Result } from "./clientTable.ts";
import { allKnown, differencesOf, isUnknown, knownDifferences } from "./knownDifferences.ts";
import { alibabaCaller } from "./node/alibaba.ts";
import { huaweiCaller } from "./node/huawei.ts";
import { type Call, run, stepsFor, stepsOf } from "./node/scenario.ts";
import { printed, pythonWithSdks } from "./pythonEnvironment.ts";
import { found } from "./record.ts";
import { offer, servedOfAlibaba, servedOfHuawei } from "./served.ts";

const page = join(import.meta.dirname, "..", "..", "provider", "docs", "clients.md");
const scenarioFile = (name: string) => join(import.meta.dirname, "scenarios", `${name}.json`);

const scenarios: Record<Cloud, readonly string[]> = {
    alibaba: ["swasImages", "ecsImages", "swasServers"],
    huawei: ["wholeImages", "systemImages", "sharedBackups", "nativeImages", "backupImages"],
};

/** The scenario for OpenStack's own client. */
const nativeScenario = "nativeImages";

/** The scenario with CSBS, which the Python SDKs no longer support. */
const csbsScenario = "backupImages";

const nodeClients: readonly [Cloud, string, (simulator: RunningSimulator) => Call][] = [
    ["alibaba", "Node SDK", (simulator) => alibabaCaller(simulator, "ACS3")],
    ["alibaba", "Node SDK, v2 signature", (simulator) => alibabaCaller(simulator, "v2")],
    ["huawei", "Node SDK core", huaweiCaller],
];

const pythonClients: readonly [Cloud, string, string, readonly string[]][] = [
    ["alibaba", "Python SDK", "alibaba.py", ["ACS3"]],
    ["alibaba", "Python SDK, v2 signature", "alibaba.py", ["v2"]],
    ["huawei", "Python SDK", "huawei.py", []],
];

/** Operations that share method and path with a simulated one, and differ by their body. */
const otherBodies = [
    "ecs.NovaAssociateSecurityGroup",
    "ecs.NovaDisassociateSecurityGroup",
    "iam.KeystoneCreateAgencyToken",
    "iam.KeystoneCreateUserTokenByPasswordAndMfa",
];

describe("SDKs and clients", function () {
    this.timeout(60_000);
    const results: Result[] = [];
    let python = "";

    before(async function () {
        this.timeout(600_000);
        python = await pythonWithSdks();
    });

    async function withSimulator<T>(scenario: string, work: (simulator: RunningSimulator) => Promise<T>): Promise<T> {
        const profile = scenario === csbsScenario ? "csbs" : "cbr";
        const simulator = await startSimulator({ clock: "auto", profile });
        try {
            return await work(simulator);
        } finally {
            await simulator.close();
        }
    }

    function check(cloud: Cloud, client: string, scenario: string, steps: readonly unknown[]): void {
        const wanted = stepsFor(client, scenario);
        const checked = steps
            .map((step) => found.parse(step))
            .map((step, index) => ({ ...step, cloud, isApiError: wanted[index]?.refused !== undefined }));
        results.push(...checked);
        assert.deepEqual(
            checked.map((step) => [step.client, step.operation]),
            wanted.map(({ operation }) => [client, operation]),
        );
        assert.deepEqual(differencesOf(checked).filter(isUnknown), []);
    }

    for (const [cloud, client, callerFor] of nodeClients) {
        for (const scenario of scenarios[cloud]) {
            it(`${client} of ${cloud} finds no unknown difference in ${scenario}`, async () => {
                const steps = await withSimulator(scenario, (simulator) => run(client, scenario, callerFor(simulator)));
                check(cloud, client, scenario, steps);
            });
        }
    }

    for (const [cloud, client, script, args] of pythonClients) {
        for (const scenario of scenarios[cloud].filter((one) => one !== csbsScenario)) {
            it(`${client} of ${cloud} finds no unknown difference in ${scenario}`, async () => {
                const steps = await withSimulator(scenario, (simulator) =>
                    printed(python, script, [scenarioFile(scenario), ...args], simulator),
                );
                check(cloud, client, scenario, steps);
            });
        }
    }

    it(`openstacksdk finds no unknown difference in ${nativeScenario}`, async () => {
        const steps = await withSimulator(nativeScenario, (simulator) =>
            printed(python, "openstack_client.py", [scenarioFile(nativeScenario)], simulator),
        );
        check("huawei", "openstacksdk", nativeScenario, steps);
    });

    it("cover every operation that they have and the simulator serves", async () => {
        const offers = (await printed(python, "huawei_offers.py")).map((line) => offer.parse(line));
        const simulator = await startSimulator({ clock: "frozen" });
        const alibaba = await servedOfAlibaba(simulator).finally(() => simulator.close());
        const another = await startSimulator({ clock: "frozen" });
        const huawei = await servedOfHuawei(another, offers).finally(() => another.close());
        const stepless = (served: readonly string[], cloud: Cloud) => {
            const taken = new Set(scenarios[cloud].flatMap(stepsOf).map(({ operation }) => operation));
            return served.filter((operation) => !taken.has(operation) && !otherBodies.includes(operation));
        };
        assert.ok(alibaba.length > 40 && huawei.length > 60, "the probe finds served operations");
        assert.deepEqual([...stepless(alibaba, "alibaba"), ...stepless(huawei, "huawei")], []);
    });

    it("show every known difference: remove those that no longer occur from knownDifferences.json", () => {
        assert.deepEqual(differencesOf(results), allKnown());
    });

    it("match the table of provider/docs/clients.md", () => {
        const stages = Object.values(scenarios).flatMap((names) =>
            names.flatMap((name) => stepsOf(name).map(({ stage = "" }) => stage)),
        );
        const written = pageOf(results, [...new Set(stages)], versions(), knownDifferences);
        if (process.env.UPDATE_DOCS === "1") {
            mkdirSync(dirname(page), { recursive: true });
            writeFileSync(page, written);
        }
        assert.equal(readFileSync(page, "utf8"), written, "run it with UPDATE_DOCS=1 and review the changes");
    });
});

function versions(): string[] {
    const root = join(import.meta.dirname, "..", "..");
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8"));
    const node = Object.entries<string>({ ...devDependencies, ...dependencies }).filter(([name]) =>
        /^@alicloud\/(swas|ecs)|^@huaweicloud/.test(name),
    );
    const pinned = readFileSync(join(import.meta.dirname, "python", "requirements.txt"), "utf8").split("\n");
    const python = pinned
        .filter((line) => /^(alibabacloud-(swas|ecs|bss)|huaweicloudsdk|openstacksdk)/.test(line))
        .map((line) => line.replace("==", " "));
    return [`Node: ${node.map(([name, version]) => `${name} ${version}`).join(", ")}`, `Python: ${python.join(", ")}`];
}
