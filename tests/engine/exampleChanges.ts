import assert from "node:assert/strict";
import { heldIn } from "../../examples/simulatedClouds.mts";
import type { Life } from "./typedExample.ts";

/** The expected changes of an example, in the reports and in the clouds. */
export const exampleChanges: Record<string, (life: Life) => void> = {
    lifecycle: ({ reports, held: [first, then] }) => {
        assert.match(onlyReport(reports), /\*\*create server\*\* `machine-images-web-3`/);
        assertOnlyMore(first, then, { "alibaba.server": 1, "alibaba.disk": 1 });
    },

    program: ({ reports, held: [first, then] }) => {
        assert.match(onlyReport(reports), /\*\*create server\*\* `shop-web-3`/);
        assertOnlyMore(first, then, { "alibaba.server": 1, "alibaba.disk": 1 });
        const [image] = createdOf(first, "alibaba.customImage");
        assert.match(textOf(image?.name), /^web-\w+-\w+$/, "the random name is the parameter's value");
    },

    "several-regions": ({ reports, held }) => {
        assertSteps(onlyReport(reports), [
            /create copy\*\* `machine-images-golden-cn-shenzhen` in cn-shenzhen/,
            /create server\*\* `machine-images-far`/,
            /delete server\*\* `machine-images-far` in cn-beijing/,
            /delete copy\*\* `machine-images-golden-cn-beijing` in cn-beijing/,
        ]);
        // Ids begin with letters of the region. Each server is created from the image in its region.
        const regions = held
            .slice(0, 2)
            .map((now) => createdOf(now, "alibaba.customImage").map(({ id }) => id.slice(0, 4)));
        assert.deepEqual(
            regions.map((letters) => letters.sort()),
            [
                ["m-2z", "m-bp", "m-uf"],
                ["m-bp", "m-uf", "m-wz"],
            ],
        );
        for (const now of held.slice(0, 2)) {
            const images = createdOf(now, "alibaba.customImage").map(({ id }) => id);
            const used = createdOf(now, "alibaba.server").map(({ imageId }) => imageId);
            assert.deepEqual(used.sort(), images.sort());
        }
    },

    "swas-to-ecs": ({ reports, held: [first, then] }) => {
        const report = onlyReport(reports);
        assert.match(report, /\*\*wipe system disk\*\* .* of server i-\w+.*\*\*all data on it is lost\*\*/);
        assert.doesNotMatch(report, /\*\*(create|delete) instance/);
        const [before, after] = [one(first, "alibaba.ecsInstance"), one(then, "alibaba.ecsInstance")];
        assert.equal(after.id, before.id, "the instance is not replaced");
        assert.equal(before.imageId, one(first, "alibaba.customImage").id);
        assert.equal(after.imageId, one(then, "alibaba.customImage").id);
        assert.notEqual(after.imageId, before.imageId);
        assert.notEqual(one(then, "alibaba.ecsDisk").id, one(first, "alibaba.ecsDisk").id);
    },

    "full-server-clone": ({ reports, held: [first, then] }) => {
        assertSteps(onlyReport(reports), [
            /create full-server image\*\* `machine-images-erp`/,
            /create server\*\* `machine-images-clone`/,
            /delete server\*\* `machine-images-clone`.*\*\*with its disks\*\*/,
            /delete full-server image\*\* `machine-images-erp`.*backup/,
        ]);
        assert.notEqual(one(then, "huawei.server").id, one(first, "huawei.server").id);
        for (const now of [first, then]) {
            const sizes = createdOf(now, "huawei.volume").map(({ sizeGiB }) => Number(sizeGiB));
            assert.deepEqual(
                sizes.sort((a, b) => a - b),
                [40, 50, 100],
                "the clone has all disks of the server",
            );
            assert.equal(createdOf(now, "huawei.backup").length, 1);
        }
    },

    "partner-account": ({ reports, held: [first, then] }) => {
        assertSteps(onlyReport(reports), [
            /create image\*\* `machine-images-base`/,
            /share\*\* `machine-images-base-to-partner`/,
            /create server\*\* `machine-images-theirs`/,
            /delete server\*\* `machine-images-theirs`/,
            /unshare\*\* `machine-images-base-to-partner` from project `b0000000000000000000000000000001`/,
            /delete image\*\* `machine-images-base`/,
        ]);
        assert.notEqual(one(then, "huawei.image").id, one(first, "huawei.image").id);
        for (const now of [first, then]) {
            const image = one(now, "huawei.image");
            const { imageId, projectId, status } = one(now, "huawei.member");
            assert.deepEqual([imageId, status], [image.id, "accepted"]);
            const server = one(now, "huawei.server");
            assert.deepEqual([server.projectId, imageOf(server)], [projectId, image.id], "the partner's own server");
        }
    },

    "rolling-update": ({ reports: [update = "", rollback = "", ...more], held: [first, updated, back] }) => {
        assert.deepEqual(more, []);
        const inTurn = [
            /create server\*\* `machine-images-web-1`/,
            /pause\*\* `machine-images-web-pause-1`/,
            /create server\*\* `machine-images-web-2`/,
            /pause\*\* `machine-images-web-pause-2`/,
            /create server\*\* `machine-images-web-3`/,
        ];
        assertSteps(update, [/create image/, ...inTurn, /keep image/]);
        assertSteps(rollback, inTurn);
        assert.doesNotMatch(rollback, /(create|delete|keep) image/);
        const images = [first, updated, back].map((now) => createdOf(now, "alibaba.customImage").map(({ id }) => id));
        const [[old = ""] = [], , all = []] = images;
        const newest = all.find((id) => id !== old);
        assert.deepEqual(
            images.map(({ length }) => length),
            [1, 2, 2],
        );
        assert.deepEqual(
            [first, updated, back].map((now) => createdOf(now, "alibaba.server").map(({ imageId }) => imageId)),
            [Array(3).fill(old), Array(3).fill(newest), Array(3).fill(old)],
        );
    },

    "two-clouds": ({ reports, held: [first, then] }) => {
        const report = onlyReport(reports);
        assert.match(report, /\*\*create server\*\* `machine-images-alibaba-web-2` in cn-hangzhou/);
        assert.match(report, /\*\*create server\*\* `machine-images-otc-web-2` in eu-de/);
        assertOnlyMore(first, then, {
            "alibaba.server": 1,
            "alibaba.disk": 1,
            "huawei.server": 1,
            "huawei.volume": 1,
        });
    },
};

type Held = ReadonlyMap<string, string> | undefined;
type Holding = Record<string, unknown> & { id: string };

const untouched = heldIn(":memory:");

/** The objects of a kind that the example created. */
function createdOf(held: Held, kind: string): Holding[] {
    return [...(held ?? [])].flatMap(([name, json]) => {
        const [itsKind, id = ""] = name.split(" ");
        if (itsKind !== kind || untouched.has(name)) return [];
        const value: Record<string, unknown> = JSON.parse(json);
        return [{ ...value, id }];
    });
}

function one(held: Held, kind: string): Holding {
    const [only, ...more] = createdOf(held, kind);
    assert.ok(only && more.length === 0, `not one ${kind}`);
    return only;
}

function imageOf({ image }: Holding): unknown {
    return typeof image === "object" && image !== null && "id" in image ? image.id : undefined;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function onlyReport(reports: readonly string[]): string {
    assert.equal(reports.length, 1);
    return reports[0] ?? "";
}

/** Asserts that the report contains these steps in this order. */
function assertSteps(report: string, steps: readonly RegExp[]): void {
    const lines = report.split("\n").filter((line) => /^\d+\. \*\*/.test(line));
    let from = 0;
    for (const step of steps) {
        const at = lines.findIndex((line, index) => index >= from && step.test(line));
        assert.ok(at >= 0, `no step ${step} after step ${from} of\n${lines.join("\n")}`);
        from = at + 1;
    }
}

/** Asserts that the existing objects are unchanged, and that this many were added of each kind. */
function assertOnlyMore(first: Held, then: Held, more: Record<string, number>): void {
    const [before, after] = [new Map(first), new Map(then)];
    assert.deepEqual(
        [...before].filter(([name, json]) => after.get(name) !== json),
        [],
    );
    const kinds = [...after.keys()].filter((name) => !before.has(name)).map((name) => name.split(" ")[0] ?? "");
    assert.deepEqual(
        kinds.sort(),
        Object.entries(more)
            .flatMap(([kind, count]) => Array<string>(count).fill(kind))
            .sort(),
    );
}
