import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPolicy } from "../../provider/dist/environment/readPolicy.js";
import { dependentsInState } from "../../provider/dist/report/cloudState/dependents.js";
import type { PlanPrice } from "../../provider/dist/report/cloudState/prices.js";
import { readPreview } from "../../provider/dist/report/plan/readPreview.js";
import { markdownOf } from "../../provider/dist/report/render/markdown.js";
import { type Report, reportOf } from "../../provider/dist/report/report.js";

const fixture = (name: string) => join(import.meta.dirname, "fixtures", `${name}.json`);
const preview = (name: string) => readFileSync(fixture(name), "utf8");
const cloudPlanPrices: PlanPrice[] = [{ plan: "swas.s2.c2m2s50b4t08", price: 60, currency: "CNY" }];
const allPrices = "{ currency: EUR, servers: { swas.s2.c2m2s50b4t08: 9.5, ecs.g7.large: 40 } }";

/** The report of a recorded preview, with a policy and prices. */
function judged(change: string, policy: string, prices?: string, cloudPrices: PlanPrice[] = []): Report {
    const text = `apiVersion: machine-images/v1\npolicy: ${policy}\n${prices ? `prices: ${prices}\n` : ""}`;
    const read = readPolicy("policy.yaml", text);
    assert.deepEqual(read.problems, []);
    const plan = readPreview(preview(change));
    const known = { ...dependentsInState(plan.changes, "a test"), prices: cloudPrices };
    return reportOf(plan, { known, policy: read.policy, ...(read.policy && read.prices && { prices: read.prices }) });
}

const broken = (...given: Parameters<typeof judged>) => judged(...given).againstPolicy;

describe("the policy of a report", () => {
    const limits: [change: string, policy: string, broken: string[]][] = [
        // "everything" deletes the servers api and web with a disk each and wipes the disk of a third.
        ["everything", "{ maxWipedDisks: 4 }", []],
        ["everything", "{ maxWipedDisks: 3 }", []],
        ["everything", "{ maxWipedDisks: 2 }", ["3 disks are wiped, and maxWipedDisks is 2"]],
        ["wipe", "{ maxWipedDisks: 0 }", ["1 disk is wiped, and maxWipedDisks is 0"]],
        ["tag-edit", "{ maxWipedDisks: 0 }", []],
        ["everything", "{ maxAffectedServers: 3 }", []],
        [
            "everything",
            "{ maxAffectedServers: 2 }",
            ["3 servers are replaced, deleted or wiped, and maxAffectedServers is 2"],
        ],
        ["first-up", "{ maxAffectedServers: 1 }", []],
        [
            "first-up",
            "{ maxAffectedServers: 0 }",
            ["1 server is replaced, deleted or wiped, and maxAffectedServers is 0"],
        ],
        ["share-removed", "{ maxAffectedServers: 0, maxWipedDisks: 0 }", []],
        ["removed-region", "{ forbiddenDeletes: [servers] }", []],
        [
            "removed-region",
            "{ forbiddenDeletes: [images] }",
            ["step 1 would delete copy golden-cn-shanghai, and forbiddenDeletes includes images"],
        ],
        [
            "keep-versions",
            "{ forbiddenDeletes: [images, servers] }",
            ["step 3 would delete server web, and forbiddenDeletes includes servers"],
        ],
        ["everything", "{}", []],
    ];
    for (const [change, policy, expected] of limits) {
        it(`of "${change}" by ${policy} ${expected.length === 0 ? "holds" : "is broken"}`, () => {
            assert.deepEqual(broken(change, policy), expected);
        });
    }

    const costs: [most: string, prices: string | undefined, cloud: PlanPrice[], broken: string[]][] = [
        // "first-up" creates a SimpleServer and an EcsInstance. Images and snapshots of SWAS are free.
        ["50", allPrices, [], []],
        ["49.5", allPrices, [], []],
        ["49.49", allPrices, [], ["the monthly cost rises by 49.50 EUR, and maxMonthlyCostChange is 49.49 EUR"]],
        [
            "50",
            undefined,
            cloudPlanPrices,
            [
                "the monthly cost rises by 60.00 CNY, and maxMonthlyCostChange is 50.00 CNY",
                "maxMonthlyCostChange (50.00 CNY) cannot be shown to hold: the cost of ecs.g7.large is unknown: complete prices",
            ],
        ],
        ["60", "{ currency: CNY, servers: { ecs.g7.large: 0 } }", cloudPlanPrices, []],
        [
            "500",
            "{ currency: EUR, servers: { ecs.g7.large: 40 } }",
            cloudPlanPrices,
            ["maxMonthlyCostChange (500.00 EUR) cannot be shown to hold: 60.00 CNY per month are in another currency"],
        ],
        [
            "500",
            undefined,
            [],
            [
                "maxMonthlyCostChange (500) cannot be shown to hold: the cost of swas.s2.c2m2s50b4t08, ecs.g7.large is unknown: complete prices",
            ],
        ],
    ];
    for (const [most, prices, cloud, expected] of costs) {
        it(`by maxMonthlyCostChange ${most} with ${prices ?? "no prices"} and ${cloud.length} of the cloud's ${expected.length === 0 ? "holds" : "is broken"}`, () => {
            assert.deepEqual(broken("first-up", `{ maxMonthlyCostChange: ${most} }`, prices, cloud), expected);
        });
    }

    it("needs no price for a replacement by the same size or for a deletion", () => {
        assert.deepEqual(broken("new-source", "{ maxMonthlyCostChange: 0 }"), []);
        assert.deepEqual(broken("full-image", "{ maxMonthlyCostChange: 0 }"), []);
    });

    it("does not use the cloud's price of a plan for a server with a data disk", () => {
        const digest = JSON.parse(preview("first-up"));
        const web = digest.steps.find(({ urn }: { urn: string }) => urn.endsWith("::web"));
        web.newState.inputs.dataDiskGiB = 40;
        const plan = readPreview(JSON.stringify(digest));
        const known = { ...dependentsInState(plan.changes, "a test"), prices: cloudPlanPrices };
        const { costs } = reportOf(plan, { known });
        assert.deepEqual(costs.monthly, []);
        assert.equal(costs.unknown[0]?.what, "swas.s2.c2m2s50b4t08 with a data disk of 40 GiB");
        const prices = { currency: "EUR", servers: { "swas.s2.c2m2s50b4t08": 12 } };
        assert.deepEqual(reportOf(plan, { known, prices }).costs.monthly, [{ amount: 12, currency: "EUR" }]);
    });

    it("counts a deleted backup by its size in the state", () => {
        const digest = JSON.parse(preview("full-image"));
        const [step] = digest.steps.filter(({ op }: { op: string }) => op === "delete");
        const policy = { maxMonthlyCostChange: 0 };
        step.oldState.outputs.onDelete = { children: "delete" };
        const { costs } = reportOf(readPreview(JSON.stringify(digest)), {
            policy,
            prices: { currency: "EUR", perGiB: { backup: 0.5 } },
        });
        const sizes: { sizeGiB: number }[] = step.oldState.outputs.disks;
        const sum = sizes.reduce((all, { sizeGiB }) => all + sizeGiB, 0);
        assert.ok(sum > 0);
        assert.deepEqual(costs.monthly, [{ amount: -sum / 2, currency: "EUR" }]);
    });

    it("produces the report in the documentation", () => {
        const file = join(import.meta.dirname, "..", "..", "provider", "docs", "reports", "policy.md");
        const text = markdownOf(judged("first-up", "{ maxWipedDisks: 0, maxMonthlyCostChange: 40 }", allPrices));
        if (process.env.UPDATE_REPORTS !== undefined) writeFileSync(file, text);
        assert.equal(text, readFileSync(file, "utf8"));
    });

    it("comes first in the report", () => {
        const text = markdownOf(judged("everything", "{ maxWipedDisks: 0, maxAffectedServers: 0 }"));
        const [, title, , first] = text.split("\n");
        assert.match(title ?? "", /Against the policy\. Wipes disks/);
        assert.equal(
            first,
            "**Against the policy**: 3 disks are wiped, and maxWipedDisks is 0; 3 servers are replaced, deleted or wiped, and maxAffectedServers is 0",
        );
    });
});

describe("the file with a policy", () => {
    it("can be a whole environment file, whose parameters have their defaults", () => {
        const text = [
            "apiVersion: machine-images/v1",
            "parameters: { most: { type: integer, default: 2 } }",
            "clouds: { hangzhou: { type: alibaba, region: cn-hangzhou } }",
            'policy: { maxWipedDisks: "${parameters.most}" }',
        ].join("\n");
        assert.deepEqual(readPolicy("environment.yaml", text).policy, { maxWipedDisks: 2 });
    });

    const mistakes: [text: string, message: string][] = [
        ["policy: {}", 'policy.yaml:1:1: the file needs the key "apiVersion"'],
        [
            "apiVersion: machine-images/v1\npolicy: { maxWipedDisk: 1 }",
            'policy.yaml:2:11: policy has no key "maxWipedDisk": did you mean "maxWipedDisks"?',
        ],
        [
            "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: -1 }",
            "2:26: policy.maxWipedDisks must be at least 0",
        ],
        [
            "apiVersion: machine-images/v1\nprices: { currency: euro }",
            '2:21: prices.currency must be three capital letters, such as "EUR"',
        ],
    ];
    for (const [text, message] of mistakes) {
        it(`is refused for ${JSON.stringify(text)}`, () => {
            const [problem, ...more] = readPolicy("policy.yaml", text).problems;
            assert.deepEqual(more, []);
            const { file, line, column } = problem ?? {};
            assert.ok(`${file}:${line}:${column}: ${problem?.message}`.endsWith(message), problem?.message);
        });
    }
});

describe("machine-images report --policy", function () {
    this.timeout(30_000);
    const folder = join(import.meta.dirname, "..", ".work", `policy-${process.pid}`);
    before(() => mkdirSync(folder, { recursive: true }));
    after(() => rmSync(folder, { recursive: true, force: true }));

    function run(change: string, policy: string): Promise<{ code: number; stdout: string; stderr: string }> {
        const file = join(folder, "policy.yaml");
        writeFileSync(file, policy);
        const cli = join(import.meta.dirname, "..", "..", "provider", "dist", "cli", "main.js");
        const args = [cli, "report", "--input", fixture(change), "--policy", file, "--json-file", "report.json"];
        return new Promise((resolve) => {
            execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
                resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
            );
        });
    }

    it("exits with 0 if the policy holds and with 3 if not, and writes the report in both cases", async () => {
        const holds = await run("wipe", "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: 1 }\n");
        assert.deepEqual([holds.code, holds.stderr], [0, ""]);
        assert.match(holds.stdout, /^### .*: Wipes disks$/m);
        const refused = await run("wipe", "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: 0 }\n");
        assert.deepEqual([refused.code, refused.stderr], [3, ""]);
        assert.match(refused.stdout, /Against the policy/);
        const { againstPolicy }: Report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
        assert.deepEqual(againstPolicy, ["1 disk is wiped, and maxWipedDisks is 0"]);
    });

    it("exits with 2 and writes no report if the file is invalid", async () => {
        const wrong = await run("wipe", "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: none }\n");
        assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
        assert.match(wrong.stderr, /policy\.yaml:2:26: policy\.maxWipedDisks must be a whole number, not "none"/);
    });
});
