import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { openWire, type Wire } from "./wire.ts";

const distribution = new URL("../../provider/dist/clouds/", import.meta.url).pathname;

const program = `
const { swasClient } = require("${distribution}alibaba/swas.js");
const { imsClient } = require("${distribution}huawei/ims.js");
const { systemTime: time } = require("${distribution}../core/time.js");
const endpointOf = () => process.argv[1];
const projectIdOf = async () => "p1";
const credentials = async () => ({ accessKeyId: "a", accessKeySecret: "b" });
Promise.all([
    swasClient({ credentials, endpointOf, time }, "cn-hangzhou").listRegions(),
    imsClient({ credentials, endpointOf, projectIdOf, time }, "eu-de").images(),
]).then(() => process.stderr.write("answered"));
`;

describe("a process that used the clients", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    it("ends by itself although its connections are kept alive, and prints nothing of its own", async () => {
        wire.play({
            body: { Regions: [], images: [] },
            headers: { connection: "keep-alive", "keep-alive": "timeout=60" },
        });
        const child = spawn(process.execPath, ["-e", program, wire.url], { timeout: 8000 });
        const printed = { stdout: "", stderr: "" };
        child.stdout.on("data", (data) => (printed.stdout += data));
        child.stderr.on("data", (data) => (printed.stderr += data));
        const ended = await new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
        assert.deepEqual(
            { ended, printed },
            { ended: { code: 0, signal: null }, printed: { stdout: "", stderr: "answered" } },
        );
    });
});
