import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { findTerminal } from "../engine/commandLine.ts";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { inHangzhou, madeByHand } from "./account.ts";
import { cli, type Ended, keysOf } from "./commandLine.ts";

describe("the command line in a terminal", function () {
    // Each test starts processes, and the machine may be busy.
    this.timeout(60_000);
    const terminal = findTerminal();
    let world: Simulated;
    beforeEach(async function () {
        if (!terminal) return this.skip();
        world = await simulated();
    });
    afterEach(() => world?.close());

    /** Runs a command in a new terminal, and types the answer at the prompt. */
    function typed(args: readonly string[], answer = "", env: Record<string, string> = {}): Promise<Ended> {
        const words = [process.execPath, cli, ...args, ...inHangzhou, "--endpoint", world.simulator.url];
        const [file = "", ...wrapped] = terminal?.wrap(words) ?? [];
        return new Promise((resolve) => {
            const child = spawn(file, wrapped, {
                env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "", ...keysOf(world), ...env },
            });
            let stdout = "";
            let isAnswered = false;
            child.stdout.on("data", (data) => {
                stdout += String(data);
                if (isAnswered || !stdout.includes("[y/N]")) return;
                isAnswered = true;
                child.stdin.write(answer);
            });
            child.once("close", (code) => resolve({ code, stdout, stderr: "" }));
        });
    }
    const changes = () => world.changes().filter((action) => /Delete/.test(action));

    it("status has colour and shows progress; NO_COLOR disables the colour", async () => {
        await madeByHand(world, "by-hand");
        const { stdout } = await typed(["status"]);
        assert.match(stdout, /reading alibaba cn-hangzhou/);
        assert.ok(stdout.includes("\u001b[32mavailable\u001b[0m"), stdout);
        const plain = await typed(["status"], "", { NO_COLOR: "1" });
        assert.ok(plain.stdout.includes("available") && !plain.stdout.includes("\u001b[3"), plain.stdout);
    });

    it("release asks for confirmation, and deletes the image after yes", async () => {
        const { image } = await madeByHand(world, "by-hand");
        const { code, stdout } = await typed(["release", image], "y\n");
        assert.equal(code, 0, stdout);
        assert.match(stdout, /1\. deleting the image[\s\S]*Delete image .*\? \[y\/N\]/);
        assert.deepEqual(changes(), ["swas.DeleteCustomImage"]);
    });

    for (const [what, answer, code] of [
        ["the answer is no", "n\n", 1],
        ["the answer is empty", "\n", 1],
        ["Ctrl-C is the answer", "\u0003", 130],
    ] as const) {
        it(`release changes nothing if ${what}, and exits with ${code}`, async () => {
            const { image } = await madeByHand(world, "by-hand");
            const ended = await typed(["release", image], answer);
            assert.equal(ended.code, code, ended.stdout);
            assert.deepEqual(changes(), []);
        });
    }
});
