import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const distribution = new URL("../../provider/dist/", import.meta.url).pathname;

// In a process of its own, which an embedded simulator keeps alive.
const program = `
const { connectClouds } = require("${distribution}clouds/connect.js");
const { systemTime: time } = require("${distribution}core/time.js");
const config = { "machine-images:simulator": "embedded", "machine-images:simulatorData": "simulator.db" };
const clouds = connectClouds({ config: (key) => config[key], environment: {}, time, random: () => 0.5 });
const said = (asked) => asked.then(() => "opened", (error) => error.message);
Promise.all([
    said(clouds.alibaba({ type: "alibaba", region: "cn-hangzhou", account: "partnr" })),
    said(clouds.huawei({ type: "huawei", region: "eu-de", account: "zzzzzzzzzzzz" })),
]).then((all) => process.stdout.write(JSON.stringify(all), () => process.exit(0)));
`;

describe("an account of an embedded simulator that does not exist", () => {
    let folder = "";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-embedded-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it("is refused with the name that was meant, and the names that exist", () => {
        const said = JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" }));
        const rest = "Accounts of the real clouds are named by machine-images:accounts";
        assert.match(
            said[0],
            new RegExp(
                `^the embedded simulator has no alibaba account partnr: did you mean "partner"\\? It has .*\\bpartner\\b.*\\. ${rest}$`,
            ),
        );
        assert.match(
            said[1],
            new RegExp(
                `^the embedded simulator has no huawei account zzzzzzzzzzzz: It has .*\\bpartner\\b.*\\. ${rest}$`,
            ),
        );
    });
});
