import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage } from "pulumi-machine-images";
import { configKeys } from "../../../provider/dist/clouds/settings.js";
import { unknownKeyWarnings } from "../../../provider/dist/pulumi/dynamic/unknownKeys.js";

const page = readFileSync(join(import.meta.dirname, "../../../provider/docs/configuration.md"), "utf8");
const unknown = (key: string, advice: string) => `configuration key ${key} is unknown and has no effect: ${advice}`;
const listed = "docs/configuration.md of pulumi-machine-images lists the keys";

describe("warnings about the keys of the stack's configuration", () => {
    it("do not occur for the documented keys, which are all keys", () => {
        const rows = page.split("\n").filter((line) => line.startsWith("| `"));
        const documented = rows.flatMap((row) =>
            [...(row.split("|")[1] ?? "").matchAll(/`(?:machine-images:|…)(\w+)`/g)].map(([, key]) => key),
        );
        const known = Object.values(configKeys).map((key) => key.replace("machine-images:", ""));
        assert.deepEqual(documented.sort(), known.sort());
        assert.deepEqual(unknownKeyWarnings(Object.values(configKeys), "shop"), []);
    });

    it("suggest the nearest key for a misspelt key", () => {
        assert.deepEqual(unknownKeyWarnings(["machine-images:simulatorDta", "aws:regoin", "shop:simulatr"], "shop"), [
            unknown("machine-images:simulatorDta", "did you mean machine-images:simulatorData?"),
        ]);
        assert.deepEqual(unknownKeyWarnings(["machine-images:colour"], "shop"), [
            unknown("machine-images:colour", listed),
        ]);
    });

    it("suggest --path for a key that was set without it", () => {
        const advice = 'to set a value in machine-images:defaultTags, use "pulumi config set --path"';
        const key = "machine-images:defaultTags.team";
        assert.deepEqual(unknownKeyWarnings([key], "shop"), [unknown(key, advice)]);
    });

    it("do not occur for other keys of a project with the name of this package, unless a key is misspelt", () => {
        assert.deepEqual(unknownKeyWarnings(["machine-images:colour", "machine-images:simulater"], "machine-images"), [
            unknown("machine-images:simulater", "did you mean machine-images:simulator?"),
        ]);
    });

    it("are printed once in a run, when the program declares a resource", async () => {
        const before = pulumi.runtime.allConfig();
        const printed: string[] = [];
        const { warn } = console;
        console.warn = (text: string) => void printed.push(text);
        try {
            await pulumi.runtime.setMocks({
                newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
                call: () => ({}),
            });
            pulumi.runtime.setAllConfig({ ...before, "machine-images:simulatorDta": "secret value" });
            for (const name of ["a", "b"]) {
                new CustomImage(name, { cloud: alibaba({ region: "cn-hangzhou" }), source: { server: "s-1" } });
            }
        } finally {
            console.warn = warn;
            pulumi.runtime.setAllConfig(before);
            await pulumi.runtime.disconnect();
        }
        assert.deepEqual(printed, [
            `warning: [runtime] ${unknown("machine-images:simulatorDta", "did you mean machine-images:simulatorData?")}`,
        ]);
    });
});
