import type { KnownDifference } from "./knownDifferences.ts";
import type { Found } from "./record.ts";

const services = new Map([
    ["swas", "Alibaba Cloud, Simple Application Server (SWAS-OPEN 2020-06-01)"],
    ["ecs/alibaba", "Alibaba Cloud, Elastic Compute Service (2014-05-26)"],
    ["bss", "Alibaba Cloud, billing (BssOpenApi 2017-12-14)"],
    ["ims", "Huawei Cloud, images (IMS v1, v2 and Glance)"],
    ["ecs/huawei", "Huawei Cloud, servers (ECS)"],
    ["evs", "Huawei Cloud, disks (EVS)"],
    ["cbr", "Huawei Cloud, backups (CBR v3)"],
    ["csbs", "Huawei Cloud, older backups (CSBS v1)"],
    ["iam", "Huawei Cloud, identity (IAM v3)"],
]);

export type Cloud = "alibaba" | "huawei";
export type Result = Found & { readonly cloud: Cloud; readonly isApiError: boolean };

const cell = (found: readonly Result[]): string => {
    if (found.length === 0) return "–";
    const details = [...new Set(found.filter(({ ok }) => !ok).map(({ detail }) => detail))];
    if (details.length > 0) return details.sort().join("<br>").replaceAll("|", "\\|");
    return found.every(({ isApiError }) => isApiError) ? "refusal" : "pass";
};

function table(head: string, rows: readonly string[], results: readonly Result[], keyOf: (one: Result) => string) {
    const clients = [...new Set(results.map(({ client }) => client))].sort();
    return [
        `| ${[head, ...clients].join(" | ")} |`,
        `|${"---|".repeat(clients.length + 1)}`,
        ...rows.map((row) => {
            const found = results.filter((one) => keyOf(one) === row);
            return `| ${[row, ...clients.map((client) => cell(found.filter((one) => one.client === client)))].join(" | ")} |`;
        }),
    ];
}

function serviceOf({ cloud, operation }: Result): string {
    const [name = ""] = operation.split(".");
    return services.has(name) ? name : `${name}/${cloud}`;
}

const operationOf = ({ operation }: Result): string => operation.slice(operation.indexOf(".") + 1);

/** The combined result of a client and an operation over all steps. */
function pairs(results: readonly Result[]): Map<string, boolean> {
    const passed = new Map<string, boolean>();
    for (const { cloud, client, operation, ok } of results) {
        const pair = [cloud, client, operation].join(" ");
        passed.set(pair, ok && (passed.get(pair) ?? true));
    }
    return passed;
}

function knownSection(known: readonly KnownDifference[]): string[] {
    if (known.length === 0) return [];
    return [
        "## Known differences",
        "",
        "From tests/conformance/knownDifferences.json. The test fails on a difference that the file does not list, and on",
        "a listed difference that no longer occurs.",
        "",
        "| operation | client | why | evidence |",
        "|---|---|---|---|",
        ...known.map(
            ({ operation, client, reason, evidence }) => `| ${operation} | ${client} | ${reason} | ${evidence} |`,
        ),
        "",
    ];
}

/** The page in provider/docs. `stages` are in the order of the scenarios. */
export function pageOf(
    results: readonly Result[],
    stages: readonly string[],
    clients: readonly string[],
    known: readonly KnownDifference[],
): string {
    const all = [...pairs(results).values()];
    const lifecycles = (cloud: Cloud, name: string) => {
        const staged = results
            .filter((one) => one.cloud === cloud && one.stage !== "")
            .map((one) => ({ ...one, isApiError: false }));
        const rows = stages.filter((stage) => staged.some((one) => one.stage === stage));
        return [`### ${name}`, "", ...table("stage", rows, staged, ({ stage }) => stage), ""];
    };
    const lines = [
        "# Compatibility with SDKs and clients",
        "",
        `**${all.filter((ok) => ok).length} of ${all.length} operations** (client × operation) pass.`,
        "",
        "The official SDKs run against the simulator; only the endpoint differs. A step passes if the SDK accepts the answer,",
        "the values are as expected, and every field has a name and type that the SDK declares. The core of Huawei's Node",
        "SDK declares no fields, so only values and error codes are compared there. `–` means that the client does not",
        "have the operation, `refusal` that the test covers only the cloud's error. Operations that the simulator does",
        "not serve are not listed.",
        "",
        "If the simulator is known to differ, the cell names the difference, and the last section explains it.",
        "",
        "`UPDATE_DOCS=1 node tests/run.ts conformance/clients` generates this page. Without the variable, the test fails",
        "if the page is out of date.",
        "",
        ...clients.map((client) => `* ${client}`),
        "",
        "## Lifecycles",
        "",
        ...lifecycles("alibaba", "Alibaba Cloud"),
        ...lifecycles("huawei", "Huawei Cloud and Open Telekom Cloud"),
        "## Operations",
        "",
        ...[...services].flatMap(([service, title]) => {
            const found = results.filter((one) => serviceOf(one) === service);
            const rows = [...new Set(found.map(operationOf))].sort();
            return [`### ${title}`, "", ...table("operation", rows, found, operationOf), ""];
        }),
        ...knownSection(known),
    ];
    return `${lines.join("\n").trimEnd()}\n`;
}
