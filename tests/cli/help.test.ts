import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { declarations } from "../../provider/dist/cli/declarations.js";
import { cli, machineImages, run } from "./commandLine.ts";

describe("the help of the command line", function () {
    // Each test starts processes, and the machine may be busy.
    this.timeout(60_000);
    it("lists every command with its summary", async () => {
        const { code, stdout, stderr } = await machineImages(["--help"]);
        assert.deepEqual([code, stderr], [0, ""]);
        for (const { name, summary } of declarations) {
            assert.ok(new RegExp(`^  ${name} +`, "m").test(stdout) && stdout.includes(summary), name);
        }
        assert.equal((await machineImages([])).stdout, stdout);
    });

    for (const command of declarations) {
        const { name, options, examples, exits } = command;
        if ("passthrough" in command) continue;
        it(`of ${name} lists every option, exit code and example, and fits a terminal of 120 columns`, async () => {
            const { code, stdout } = await machineImages([name, "--help"]);
            assert.equal(code, 0);
            for (const option of Object.keys(options)) assert.ok(stdout.includes(`  --${option}`), option);
            for (const exit of Object.keys(exits)) assert.match(stdout, new RegExp(`^ {2}${exit} +\\S`, "m"));
            for (const { line } of examples) assert.ok(stdout.includes(`  ${line}`), line);
            const example = new Set(examples.map(({ line }): string => `  ${line}`));
            const wide = stdout.split("\n").filter((line) => line.length > 120 && !example.has(line));
            assert.deepEqual(wide, []);
            assert.equal((await machineImages(["help", name])).stdout, stdout);
        });
    }

    it("has an example and the exit codes 0, 1 and 2 for every command", () => {
        for (const { name, examples, exits } of declarations) {
            assert.ok(examples.length > 0, name);
            if (name !== "pulumi") assert.deepEqual(Object.keys(exits).slice(0, 3), ["0", "1", "2"], name);
        }
    });

    for (const words of [["--help"], ["status", "--help"], ["release", "-h"], ["--version"], ["completion", "bash"]]) {
        it(`\`${words.join(" ")}\` loads only the declarations of the command line`, async () => {
            const program = `
                process.argv.splice(1, 0, ${JSON.stringify(cli)});
                process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));
                require(${JSON.stringify(cli)});
            `;
            const { code, stderr } = await run(process.execPath, ["-e", program, "--", ...words]);
            assert.equal(code, 0);
            const loaded: string[] = JSON.parse(stderr);
            const foreign = loaded.filter((file) => !/provider.(bin|package\.json|dist.(cli|core))/.test(file));
            assert.deepEqual(foreign, []);
        });
    }

    it("exits without an error if the reader closes the pipe", async () => {
        const child = spawn("sh", ["-c", `'${process.execPath}' '${cli}' rules | head -n 1`], {
            stdio: ["ignore", "pipe", "pipe"],
        });
        let stderr = "";
        child.stderr.on("data", (data) => (stderr += String(data)));
        const [code] = await once(child, "close");
        assert.deepEqual([code, stderr], [0, ""]);
    });
});
