import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPreview } from "../../provider/dist/report/plan/readPreview.js";
import { readState } from "../../provider/dist/report/plan/stateDeletions.js";
import { reportOf } from "../../provider/dist/report/report.js";

const fixture = (name: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", `${name}.json`), "utf8"));
const policy = { maxWipedDisks: 0, maxAffectedServers: 0, forbiddenDeletes: ["images" as const, "servers" as const] };
const broken = (digest: unknown) => reportOf(readPreview(JSON.stringify(digest)), { policy }).againstPolicy ?? [];
const urn = "urn:pulumi:dev::test::pulumi-nodejs:dynamic/machine-images:SimpleServer::web";
const type = "pulumi-nodejs:dynamic/machine-images:SimpleServer";
const cloud = { type: "alibaba", region: "cn-hangzhou" };
const properties = { cloud, onDelete: { refund: true }, dataDiskGiB: 20 };
const old = { urn, type, custom: true, delete: true, id: "old-1", inputs: properties, outputs: properties };

describe("a deletion that a failed run left", () => {
    it("is a step and counts for the policy, in addition to an update of the same resource", () => {
        const digest = fixture("tag-edit");
        assert.deepEqual(broken(digest), []);
        const live = { ...old, delete: false, id: "new-1" };
        digest.steps.push({ op: "update", urn, oldState: live, newState: live, detailedDiff: {} });
        digest.steps.push({ op: "delete-replaced", urn, oldState: old, detailedDiff: null });
        assert.equal(broken(digest).length, 3);
        const { steps } = reportOf(readPreview(JSON.stringify(digest)));
        assert.deepEqual(
            steps.flatMap(({ deed, id }) => (id === "old-1" ? [deed] : [])),
            ["delete server"],
        );
    });

    it("is not confused with the deletion half of a replacement in the same preview", () => {
        const digest = fixture("tag-edit");
        const replaced = { ...old, id: "now-1" };
        digest.steps.push({ op: "replace", urn, oldState: replaced, newState: { ...replaced, id: undefined } });
        digest.steps.push({ op: "delete-replaced", urn, oldState: replaced });
        digest.steps.push({ op: "delete-replaced", urn, oldState: old });
        const { servers } = reportOf(readPreview(JSON.stringify(digest)));
        assert.deepEqual(servers.map(({ id }) => id).sort(), ["now-1", "old-1"]);
    });

    it("comes from the stack's state if the preview does not list it", () => {
        const digest = fixture("tag-edit");
        const state = readState({ deployment: { resources: [old] } });
        const report = reportOf(readPreview(JSON.stringify(digest), state), { policy });
        assert.deepEqual(
            report.servers.map(({ id, wipedDisks }) => [id, wipedDisks]),
            [["old-1", 2]],
        );
        const other = readState({
            deployment: { resources: [{ ...old, urn: urn.replace("dev::test", "prod::test") }] },
        });
        const [doubt] = reportOf(readPreview(JSON.stringify(digest), other), { policy }).againstPolicy ?? [];
        assert.match(doubt ?? "", /another stack/);
    });
});

describe("a policy whose limits cannot be shown to hold", () => {
    const changed = (change: (digest: ReturnType<typeof fixture>) => void) => {
        const digest = fixture("tag-edit");
        change(digest);
        return digest;
    };
    const harmless = { urn, oldState: { ...old, delete: false }, newState: old };
    const unclear: [name: string, digest: unknown, reason: RegExp][] = [
        ["an unknown operation", changed(({ steps }) => steps.push({ ...harmless, op: "obliterate" })), /"obliterate"/],
        [
            "an operation named like a method",
            changed(({ steps }) => steps.push({ ...harmless, op: "constructor" })),
            /"constructor"/,
        ],
        [
            "an unknown type",
            changed(({ steps }) => steps.push({ ...harmless, op: "delete", urn: urn.replace("SimpleServer", "Gpu") })),
            /type .*Gpu/,
        ],
        [
            "an invalid URN",
            changed(({ steps }) => steps.push({ ...harmless, op: "delete", urn: "web" })),
            /invalid URN/,
        ],
        [
            "a deletion without the old state",
            changed(({ steps }) => steps.push({ op: "delete", urn })),
            /does not include/,
        ],
        ["no summary", changed((digest) => delete digest.changeSummary), /no summary/],
        [
            "more in the summary than in the steps",
            changed(({ changeSummary }) => (changeSummary.delete = 2)),
            /counts 2/,
        ],
        ["a newer format", changed((digest) => (digest.version = 2)), /"version"/],
        ["a corrupt state", changed((digest) => (digest.maybeCorrupt = true)), /corrupt/],
        ["a failed preview", changed((digest) => (digest.diagnostics = [{ severity: "error" }])), /failed/],
    ];
    for (const [name, digest, reason] of unclear) {
        it(`is broken by ${name}`, () => {
            assert.match(broken(digest).join(), reason);
        });
    }

    for (const op of ["read", "refresh", "import", "discard", "remove-pending-replace"]) {
        it(`holds for "${op}", which changes no object`, () => {
            assert.deepEqual(broken(changed(({ steps }) => steps.push({ ...harmless, op }))), []);
        });
    }

    const unreadable = [
        "",
        " ",
        "{}",
        "null",
        "[]",
        '{"steps":null}',
        '{"steps":[]}',
        '{"error":"no stack"}',
        '{"steps":[{',
        '{"steps":[{"op":1}]}',
    ];
    for (const input of unreadable) {
        it(`makes the command exit with 3 for ${JSON.stringify(input)}`, () => {
            const folder = join(import.meta.dirname, "..", "..", "provider");
            const args = [
                join(folder, "dist", "cli", "main.js"),
                "report",
                "--policy",
                join(import.meta.dirname, "policy.yaml"),
            ];
            const { status, stdout } = spawnSync(process.execPath, args, { input, encoding: "utf8" });
            assert.equal(status, 3);
            assert.match(stdout, /Against the policy/);
        });
    }
});
