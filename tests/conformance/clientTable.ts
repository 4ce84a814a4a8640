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
    ["csbs", "Huawei Cloud, backups of the older age (CSBS v1)"],
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

/** What one client and one operation make together, however many steps it took. */
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
        "From tests/conformance/knownDifferences.json; the test fails on a difference that is not there, and on one that",
        "has vanished.",
        "",
        "| operation | client | why | evidence |",
        "|---|---|---|---|",
        ...known.map(
            ({ operation, client, reason, evidence }) => `| ${operation} | ${client} | ${reason} | ${evidence} |`,
        ),
        "",
    ];
}

/** The page of provider/docs; `stages` in the order of the scenarios. */
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
        "# Clients that nobody here wrote",
        "",
        `**${all.filter((ok) => ok).length} of ${all.length} operations** (client × operation) pass.`,
        "",
        "The official SDKs, unmodified but for the endpoint, against the simulator. A step passes when the SDK accepts the",
        "answer, its values are the expected ones, and it carries no field that the SDK does not declare and no other type",
        "than it declares; the core of Huawei's Node SDK declares none, so there only values and error codes count. `–` means",
        "that the client does not offer the operation, `refusal` that only the cloud's refusal was asked for, and got.",
        "Operations of an SDK that the simulator does not serve are not listed.",
        "",
        "Where the simulator is known to differ, the cell says how, and the last section why.",
        "",
        "Written by `UPDATE_DOCS=1 node tests/run.ts conformance/clients`; without the variable the same test fails when",
        "this page is not what the run gives.",
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
