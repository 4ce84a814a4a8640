import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Behaviour, Machine } from "./fakes.ts";

const engineModule = join(import.meta.dirname, "..", "..", "provider", "dist", "engine", "index.js");

describe("a failed installation of the engine", () => {
    let machine: Machine;
    const start = (behaviour?: Behaviour) => {
        machine = new Machine(behaviour);
        return machine;
    };
    afterEach(() => machine.remove());

    it("reports both remedies in one error, and leaves no file", async () => {
        await assert.rejects(start({ go: "missing" }).ensure(), (error: Error) => {
            assert.equal(error.name, "UserError");
            assert.match(
                error.message,
                /could not be downloaded \(fetch failed\).*get\.pulumi\.com.*install Go 1\.25\.11/,
            );
            assert.doesNotMatch(error.message, /\n/);
            return true;
        });
        assert.deepEqual(machine.files(), []);
    });

    it("does not keep a download that does not run", async () => {
        await assert.rejects(start({ network: "truncated", go: "missing" }).ensure(), /could not be downloaded/);
        assert.deepEqual(machine.files(), []);
    });

    it("reports the output of go, without its download lines", async () => {
        await assert.rejects(start({ go: "fails" }).ensure(), (error: Error) => {
            assert.match(
                error.message,
                /(language host|engine) could not be built: go: go\.mod requires go >= 1\.25\.8/,
            );
            assert.doesNotMatch(error.message, /downloading/);
            return true;
        });
        assert.deepEqual(machine.files(), []);
    });

    it("stops the build of the other part if one fails, and reports the first failure", async () => {
        await assert.rejects(
            start({ go: "one fails" }).ensure(),
            /the Node\.js language host could not be built: no space left on device/,
        );
        assert.deepEqual(machine.files(), []);
    });

    it("tells the user to install Go if a built engine needs a plugin", async () => {
        await start().ensure();
        machine.become({ go: "missing" });
        await assert.rejects(
            machine.ensure({ plugins: ["random"] }),
            /the plugin random is missing.*Install Go 1\.25\.11 or newer, and run `machine-images engine --with random`/,
        );
    });

    it("rejects an engine with another version", async () => {
        await assert.rejects(start({ go: "wrong version" }).ensure(), /does not report version 3\.259\.0: v1\.0\.0/);
        assert.ok(!existsSync(machine.places.pulumi));
    });

    it("keeps the finished parts of an interrupted build, and no partial file", async () => {
        const { places } = start();
        await machine.ensure();
        machine.become({ go: "hangs" });
        machine.put(places.pulumi, "", 0o755);
        const interrupted = new AbortController();
        const ending = assert.rejects(machine.ensure({ signal: interrupted.signal }), /interrupted by the test/);
        while (!existsSync(`${places.pulumi}.${process.pid}.part`)) await sleep(20);
        interrupted.abort(new Error("interrupted by the test"));
        await ending;
        assert.ok(
            machine.files().every((file) => !/\.part$|\.lock$/.test(file)),
            machine.files().join("\n"),
        );

        machine.become({});
        await machine.ensure();
        assert.equal(machine.called().filter((call) => call.startsWith("go language-nodejs")).length, 1);
        assert.equal(machine.called().filter((call) => call.startsWith("go pulumi")).length, 3);
    });

    it("resumes after another process was killed, and deletes its partial files", async () => {
        const { places } = start();
        const dead = await deadProcess();
        machine.put(places.lock, String(dead), 0o644);
        machine.put(`${places.pulumi}.${dead}.part`, "half");
        assert.equal((await machine.ensure()).outcome, "built");
        assert.ok(!machine.files().some((file) => file.endsWith(".part") || file.endsWith(".lock")));
    });

    it("builds each part once in two parallel processes, which both succeed", async () => {
        start();
        const processes = [ensureInProcess(machine), ensureInProcess(machine)];
        const codes = await Promise.all(processes.map(async (child) => (await once(child, "exit"))[0]));
        assert.deepEqual(codes, [0, 0]);
        assert.equal(machine.called().filter((call) => call.startsWith("go ")).length, 2);
        assert.ok(!machine.files().some((file) => file.endsWith(".part") || file.endsWith(".lock")));
    });
});

function ensureInProcess({ home, env, launcher }: Machine): ChildProcess {
    const code = `require(${JSON.stringify(engineModule)})
        .ensureEngine({ home: ${JSON.stringify(home)}, launcher: ${JSON.stringify(launcher)}, log: () => {} })
        .catch((error) => { console.error(error); process.exitCode = 1; });`;
    return spawn(process.execPath, ["-e", code], { env, stdio: ["ignore", "inherit", "inherit"] });
}

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    assert.ok(child.pid);
    return child.pid;
}
