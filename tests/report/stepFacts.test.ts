import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dependentsInState } from "../../provider/dist/report/cloudState/dependents.js";
import { readPreview } from "../../provider/dist/report/plan/readPreview.js";
import { markdownOf } from "../../provider/dist/report/render/markdown.js";
import { reportOf } from "../../provider/dist/report/report.js";
import { historyOf } from "../../provider/dist/report/steps/history.js";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", `${name}.json`), "utf8");
const plan = (name: string) => readPreview(fixture(name));

describe("until when a report says that steps can be undone", () => {
    const untils = (name: string) =>
        Object.fromEntries(
            reportOf(plan(name)).steps.flatMap(({ deed, name: resource, undo }) =>
                undo.untilStep === undefined ? [] : [[`${deed} ${resource}`, undo.untilStep]],
            ),
        );

    it("is the deletion of the image that would be needed", () => {
        assert.deepEqual(untils("everything"), {
            "unshare to-partner": 12,
            "delete instance api": 12,
            "unshare to-ecs": 12,
            "replace system disk system": 12,
            "delete server web": 12,
            "delete copy golden-cn-shanghai": 12,
        });
    });

    it("is for ever when the image stays as an earlier version, or is not deleted", () => {
        assert.deepEqual(untils("keep-versions"), {});
        assert.deepEqual(untils("share-removed"), {});
    });
});

describe("where a report sees servers", () => {
    it("is the new region for a server that is made there, and the old one for the server that goes", () => {
        const digest = JSON.parse(fixture("new-plan"));
        const moved = digest.steps.find(({ urn }: { urn: string }) => urn.endsWith(":SimpleServer::web"));
        moved.newState.inputs.cloud.region = "cn-shenzhen";
        const { steps } = reportOf(readPreview(JSON.stringify(digest)));
        assert.deepEqual(
            steps.map(({ deed, place }) => `${deed} ${place}`),
            ["create server in cn-shenzhen", "delete server in cn-hangzhou"],
        );
    });

    it("is another account, too, which the image's own account does not see", () => {
        const { changes, ...rest } = plan("base-image-made-again");
        const known = dependentsInState(changes, "a test");
        const image = changes.find(({ name }) => name === "base");
        const held = known.byUrn.get(image?.urn ?? "");
        const server = (name: string) => changes.find((change) => change.name === name)?.olds?.id;
        const ours = `server ${server("ours")} (ours)`;
        assert.ok(image && held);
        const byUrn = new Map([[image.urn, { ...held, users: [ours] }]]);
        const [affected] = reportOf({ changes, ...rest }, { known: { ...known, from: "cloud", byUrn } }).images;
        const theirs = `server ${server("theirs")} (theirs of this stack, in account partner)`;
        assert.deepEqual(affected?.users, [ours, theirs]);
    });
});

describe("the earlier versions that a change pushes out", () => {
    function withVersions(name: string, versions: string[]) {
        const digest = JSON.parse(fixture(name));
        for (const { urn, oldState } of digest.steps) {
            if (urn.endsWith(":CustomImage::golden")) oldState.outputs.previousVersions = versions;
        }
        return reportOf(readPreview(JSON.stringify(digest)));
    }
    const letGo = (name: string, versions: string[]) =>
        withVersions(name, versions).images.flatMap(({ what, operation }) => (operation === "let go" ? [what] : []));

    it("are named with the image that pushes them out", () => {
        assert.deepEqual(letGo("keep-versions", ["m-newer", "m-oldest"]), [
            "earlier version m-newer",
            "earlier version m-oldest",
        ]);
        assert.deepEqual(letGo("hand-made-share", ["m-older"]), ["earlier version m-older"]);
    });

    it("block the step when one is shared by hand, and stay when a server uses one, as the clouds say", () => {
        const digest = JSON.parse(fixture("keep-versions"));
        const image = digest.steps.find(({ urn }: { urn: string }) => urn.endsWith(":CustomImage::golden"));
        image.oldState.outputs.previousVersions = ["m-older"];
        const read = readPreview(JSON.stringify(digest));
        const nothing = async () => {};
        const version = {
            what: "image m-older (golden) in cn-hangzhou",
            unused: nothing,
            deleteImage: nothing,
            children: [],
        };
        const seen = (held: { users: string[]; shares: { recipient: string; remove: () => Promise<void> }[] }) => {
            const known = dependentsInState(read.changes, "a test");
            const versions = new Map([[image.urn, [{ id: "m-older", held: { ...version, ...held } }]]]);
            return reportOf(read, { known: { ...known, versions } });
        };
        const shared = seen({ users: [], shares: [{ recipient: "ECS", remove: nothing }] });
        assert.equal(shared.verdict, "blocked");
        assert.match(shared.reasons[0] ?? "", /m-older .* is still shared with ECS, and not by this stack/);
        assert.deepEqual(shared.images.at(-1)?.recipients, ["ECS"]);
        const used = seen({ users: ["instance i-1 (other)"], shares: [] });
        assert.equal(used.verdict, "erases");
        assert.match(used.staysBehind.join(), /m-older .* is kept, because it is still used by instance i-1 \(other\)/);
    });

    it("are none while the image stays, and all when it is replaced without keeping versions", () => {
        assert.deepEqual(letGo("tag-edit", []), []);
        assert.deepEqual(letGo("new-source", ["m-older"]), ["earlier version m-older"]);
    });

    it("follow the options that the program declares now", () => {
        const digest = JSON.parse(fixture("keep-versions"));
        const image = digest.steps.find(({ urn }: { urn: string }) => urn.endsWith(":CustomImage::golden"));
        for (const state of [image.newState.inputs, image.newState.outputs]) state.keepVersions = 0;
        const deletions = reportOf(readPreview(JSON.stringify(digest))).steps.map(
            ({ deed, name }) => `${deed} ${name}`,
        );
        assert.ok(deletions.includes("delete image golden"), deletions.join());
        assert.ok(!deletions.includes("keep image golden"), deletions.join());
    });
});

describe("how long a report says that steps take", () => {
    const urn = (type: string, name: string) =>
        `urn:pulumi:dev::test::pulumi-nodejs:dynamic/machine-images:${type}::${name}`;

    /** One step of an earlier run, as the engine logs it. */
    function logged(
        op: string,
        type: string,
        [from, to]: [number, number],
        { planning = false, region = "cn-hangzhou" } = {},
    ) {
        const state = { urn: urn(type, "x"), type, inputs: { cloud: { type: "alibaba", region } } };
        const metadata = { op, urn: state.urn, ...(op.startsWith("delete") ? { old: state } : { new: state }) };
        const flag = planning ? { planning } : {};
        return [
            JSON.stringify({ timestamp: from, resourcePreEvent: { metadata, ...flag } }),
            JSON.stringify({ timestamp: to, resOutputsEvent: { metadata, ...flag } }),
        ].join("\n");
    }

    it("is what the same took in earlier runs, from the fastest to the slowest", () => {
        const history = historyOf([
            [logged("create", "CustomImage", [100, 250]), logged("delete-replaced", "CustomImage", [300, 307])].join(
                "\n",
            ),
            [logged("create-replacement", "CustomImage", [100, 190]), '{"timestamp": 5, "resou'].join("\n"),
        ]);
        const { steps } = reportOf(plan("new-source"), { history });
        const [making] = steps;
        assert.deepEqual(making?.duration, { range: [90, 150], basis: "history" });
        assert.deepEqual(steps.at(-1)?.duration, { range: [7, 7], basis: "history" });
        assert.match(
            markdownOf(reportOf(plan("new-source"), { history })),
            /of steps 1, 6 as in earlier runs of your own/,
        );
    });

    it("is not taken from previews, failed steps or other regions", () => {
        const [begun = ""] = logged("create", "EcsInstance", [1, 2]).split("\n");
        const history = historyOf([
            logged("create", "CustomImage", [100, 101], { planning: true }),
            logged("create", "CustomImage", [100, 101], { region: "cn-beijing" }),
            begun,
        ]);
        const { steps } = reportOf(plan("new-source"), { history });
        assert.deepEqual(
            steps.map(({ duration }) => duration?.basis),
            steps.map(() => "estimate"),
        );
    });

    it("counts shares and deletions too, and a full-server image as it was measured", () => {
        const { steps, expectedSeconds = [0, 0] } = reportOf(plan("share-added"));
        assert.deepEqual(steps[0]?.duration, { range: [5, 20], basis: "estimate" });
        assert.deepEqual(expectedSeconds, [5, 20]);
        const made = JSON.parse(fixture("full-image"));
        for (const step of made.steps) Object.assign(step, { op: step.op === "delete" ? "create" : step.op });
        for (const step of made.steps) Object.assign(step, { newState: step.oldState });
        const [only] = reportOf(readPreview(JSON.stringify(made))).steps;
        assert.deepEqual(
            [only?.deed, only?.duration],
            ["create full-server image", { range: [418, 702], basis: "measured" }],
        );
    });
});

describe("what a report hides", () => {
    const error = (message: string) =>
        readPreview(JSON.stringify({ steps: [], diagnostics: [{ severity: "error", message }] })).errors[0];

    it("is what the engine marks as secret in an error, braces in it or not", () => {
        assert.equal(error("property name value {&{{top}} secret}}} has a problem: bad"), "name: bad");
        assert.equal(
            error("of something else: tags value {map[owner:{&{{top-secret}}} team:{web}]} is bad"),
            "of something else: tags value {map[owner:{[secret]} team:{web}]} is bad",
        );
    });

    it("is a secret that the state shows with its mark, wherever a message repeats it", () => {
        const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
        const digest = JSON.parse(fixture("secrets"));
        const step = digest.steps.find(({ op }: { op: string }) => op === "update");
        step.oldState.inputs.tags.owner = { ...mark, plaintext: '"old-top-secret"' };
        step.newState.inputs.tags.owner = { ...mark, value: "new-top-secret" };
        step.oldState.outputs.imageName = "computed-top-secret";
        step.oldState.additionalSecretOutputs = ["imageName"];
        digest.diagnostics = [
            { severity: "error", message: "the tag new-top-secret is refused" },
            { severity: "warning", message: "the tag old-top-secret goes" },
        ];
        const report = reportOf(readPreview(JSON.stringify(digest)));
        assert.deepEqual(report.reasons, ["the tag [secret] is refused"]);
        assert.deepEqual(report.warnings, ["the tag [secret] goes"]);
        for (const text of [markdownOf(report), JSON.stringify(report)]) assert.doesNotMatch(text, /top-secret/);
    });
});
