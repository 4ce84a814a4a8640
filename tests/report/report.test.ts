import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPreview } from "../../provider/dist/report/plan/readPreview.js";
import { markdownOf, markerOf, mostCharacters } from "../../provider/dist/report/render/markdown.js";
import { type Report, reportOf } from "../../provider/dist/report/report.js";
import { changes } from "./changes.ts";
import { folder, recorded } from "./recorded.ts";

/** The goldens of these changes are samples in the documentation. */
const samples = join(import.meta.dirname, "..", "..", "provider", "docs", "reports");
const sampleNames = ["everything", "wipe", "new-source"];
function reported(name: string): Report {
    const change = changes.find((one) => one.name === name);
    assert.ok(change, `there is no change "${name}"`);
    return reportOf(readPreview(recorded(change)));
}
const isUpdating = process.env.UPDATE_REPORTS !== undefined;

/** For each change: the verdict, and the steps in their order, as "operation name". */
const expected: Record<string, [verdict: Report["verdict"], ...steps: string[]]> = {
    "first-up": [
        "erases",
        "create image golden",
        "create copy golden-cn-shanghai",
        "create server web",
        "share to-partner",
        "replace system disk system",
        "share to-ecs",
        "create instance api",
    ],
    "tag-edit": ["harmless", "update image golden", "update copy golden-cn-shanghai"],
    rename: ["erases", "create image golden", "create server web", "delete server web", "delete image golden"],
    "same-name": ["removes", "unshare to-ecs", "delete image golden", "create image golden", "share to-ecs"],
    "new-source": [
        "erases",
        "create image golden",
        "share to-ecs",
        "create instance api",
        "delete instance api",
        "unshare to-ecs",
        "delete image golden",
    ],
    "added-region": ["harmless", "create copy golden-cn-shanghai"],
    "removed-region": ["removes", "delete copy golden-cn-shanghai"],
    "share-added": ["harmless", "share to-partner"],
    "share-removed": ["removes", "unshare to-partner"],
    "hand-made-share": ["removes", "delete image golden"],
    "in-use-elsewhere": ["removes", "delete image golden"],
    wipe: ["erases", "create image golden", "replace system disk system", "delete image golden"],
    "windows-without-san-policy": ["fails"],
    "full-image": ["removes", "delete full-server image erp"],
    "keep-versions": ["erases", "create image golden", "create server web", "delete server web", "keep image golden"],
    "same-name-with-servers": [
        "erases",
        "delete copy golden-cn-shanghai",
        "delete instance api",
        "delete instance far",
        "delete ECS image shop",
        "unshare to-ecs",
        "delete server web",
        "delete image golden",
        "create image golden",
        "create copy golden-cn-shanghai",
        "share to-ecs",
        "create server web",
        "create instance api",
        "create ECS image shop",
        "create instance far",
    ],
    "same-name-without-share": [
        "erases",
        "delete instance api",
        "unshare to-ecs",
        "delete image golden",
        "create image golden",
    ],
    // The ECS image is deleted before the program declares its successor, so keepVersions does not keep it.
    "same-name-with-versions": [
        "removes",
        "delete ECS image near",
        "unshare to-ecs",
        "delete image golden",
        "create image golden",
        "share to-ecs",
        "create ECS image near",
    ],
    // The other server depends on the image only through dependsOn, so it is not deleted before the image.
    "same-name-and-a-server-beside": [
        "erases",
        "delete image golden",
        "create image golden",
        "create server beside",
        "delete server beside",
    ],
    "fewer-versions": ["removes", "update image golden"],
    "pushed-out-version": [
        "removes",
        "create image golden",
        "create copy golden-cn-shanghai",
        "keep copy golden-cn-shanghai",
        "keep image golden",
    ],
    "other-recipients": ["removes", "update share given"],
    nothing: ["nothing"],
    secrets: ["harmless", "update image golden"],
};

describe("the report of a recorded preview of the real engine", () => {
    for (const { name } of changes) {
        it(`of "${name}" equals its golden file`, () => {
            const file = join(sampleNames.includes(name) ? samples : folder, `${name}.md`);
            const text = markdownOf(reported(name));
            if (isUpdating) writeFileSync(file, text);
            assert.equal(text, readFileSync(file, "utf8"));
        });
    }

    for (const [name, [verdict, ...steps]] of Object.entries(expected)) {
        it(`of "${name}" has the verdict "${verdict}" and the steps in their order`, () => {
            const report = reported(name);
            assert.equal(report.verdict, verdict);
            assert.deepEqual(
                report.steps.map((step) => `${step.deed} ${step.name}`),
                steps,
            );
        });
    }

    it("lets each step wait for earlier steps only, and names the wiped disks", () => {
        const { steps } = reported("everything");
        for (const { number, waitsFor } of steps) assert.ok(waitsFor.every((other) => other < number));
        assert.deepEqual(
            steps.flatMap(({ name, erases }) => (erases === undefined ? [] : [name])),
            ["system", "web", "api"],
        );
    });

    it("shows no secrets and no internal keys of Pulumi, in Markdown and in JSON", () => {
        for (const { name } of changes) {
            const report = reported(name);
            for (const text of [markdownOf(report), JSON.stringify(report)]) {
                assert.doesNotMatch(text, /__provider|__urn|top-secret|04da6b54-80e4/);
            }
        }
        assert.match(markdownOf(reported("secrets")), /\[secret\]/);
    });

    it("shows why the preview failed", () => {
        assert.match(markdownOf(reported("windows-without-san-policy")), /SAN policy/);
    });

    it("is empty if nothing changes", () => {
        assert.equal(markdownOf(reported("nothing")), "");
    });

    it("has at most 64,000 characters with 300 resources, and still contains the summary", () => {
        const report = reported("300-resources");
        const text = markdownOf(report);
        assert.equal(report.totals.replace, 300);
        assert.ok(text.length <= mostCharacters, `${text.length} characters`);
        assert.ok(text.startsWith(markerOf(report)));
        assert.match(text, /300 to replace · 100 servers affected · 100 disks wiped/);
        assert.match(text, /do not fit here/);
    });

    it("refuses input that is not a preview, and names the command to use", () => {
        for (const text of ["", "Previewing update (dev)", "[]", '{"steps": [{"op": 1}]}']) {
            assert.throws(() => readPreview(text), /pulumi preview --json/);
        }
    });
});
