import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Machine } from "./fakes.ts";

const cli = join(import.meta.dirname, "..", "..", "provider", "dist", "cli", "main.js");

describe("the machine-images command line", () => {
    const run = (...args: string[]) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
        return { status, stdout, stderr };
    };

    it("suggests the nearest command for an unknown one, with exit code 2", () => {
        const { status, stdout, stderr } = run("engin");
        assert.deepEqual(
            { status, stdout, stderr },
            {
                status: 2,
                stdout: "",
                stderr: "machine-images: unknown command `engin`: did you mean `engine`?\n",
            },
        );
    });

    it("refers to the help if no command is similar", () => {
        assert.match(run("frobnicate").stderr, /run `machine-images --help` for a list of commands/);
    });

    it("lists its commands with --help, and exits with 0", () => {
        const { status, stdout } = run("--help");
        assert.equal(status, 0);
        assert.match(stdout, /engine .*\n {2}pulumi /);
    });

    it("prints a usage error as one line, with exit code 2", () => {
        const { status, stderr } = run("engine", "now");
        assert.equal(status, 2);
        assert.match(stderr, /^machine-images: unexpected argument now: .*\n$/);
    });

    it("lists the available plugins for an unknown one", () => {
        const { status, stderr } = run("engine", "--with", "aws");
        assert.equal(status, 2);
        assert.equal(stderr, "machine-images: --with aws is not valid: use random\n");
    });
});

describe("machine-images engine", () => {
    for (const [signal, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        it(`exits with ${code} on ${signal}, and leaves no partial file`, async () => {
            const machine = new Machine({ go: "hangs" });
            const { places } = machine;
            try {
                machine.put(places.languageHost, "whole");
                const env = { ...machine.env, PULUMI_HOME: machine.home, NODE_OPTIONS: machine.closedNetwork() };
                const child = spawn(process.execPath, [cli, "engine"], { env, stdio: "ignore" });
                const exited = once(child, "exit");
                while (!existsSync(`${places.pulumi}.${child.pid}.part`)) await sleep(20);
                child.kill(signal);
                assert.deepEqual(await exited, [code, null]);
                assert.ok(!machine.files().some((file) => file.endsWith(".part") || file.endsWith(".lock")));
            } finally {
                machine.remove();
            }
        });
    }
});

describe("machine-images engine --with random", () => {
    it("builds only the plugin if the engine is installed", async () => {
        const machine = new Machine();
        try {
            await machine.ensure();
            const calls = machine.called().length;
            const env = { ...machine.env, PULUMI_HOME: machine.home };
            const { status, stdout } = spawnSync(process.execPath, [cli, "engine", "--with", "random"], {
                env,
                encoding: "utf8",
            });
            assert.equal(status, 0);
            assert.match(stdout, /^Pulumi engine 3\.259\.0 was built from source: /);
            assert.deepEqual(machine.called().slice(calls), ["go resource-random . -buildvcs=false"]);
        } finally {
            machine.remove();
        }
    });
});

describe("machine-images pulumi", () => {
    let machine: Machine;
    beforeEach(() => {
        machine = new Machine();
        const { places } = machine;
        for (const file of [places.languageHost, places.dynamicProvider]) machine.put(file, "host");
    });
    afterEach(() => machine.remove());

    const start = (engine: string, ...args: string[]): ChildProcess => {
        machine.put(machine.places.pulumi, `#!${process.execPath}\n${engine}`);
        const env = { ...machine.env, PULUMI_HOME: machine.home };
        return spawn(process.execPath, [cli, "pulumi", ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
    };

    it("passes on every argument, also --help, and the exit code", async () => {
        const child = start(
            "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 17;",
            "up",
            "--help",
        );
        const [printed, [code]] = await Promise.all([text(child), once(child, "exit")]);
        assert.deepEqual(JSON.parse(printed), ["up", "--help"]);
        assert.equal(code, 17);
    });

    it("puts the folder of the engine first on PATH", async () => {
        const printed = await text(start("console.log(process.env.PATH)"));
        assert.ok(printed.startsWith(machine.places.bin), printed);
    });

    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        it(`passes on ${signal} and waits until the engine exits`, async () => {
            const child = start(`
                process.on("${signal}", () => { console.log("told"); process.exitCode = 5; clearInterval(waiting); });
                const waiting = setInterval(() => {}, 1000);
                console.log("ready");`);
            const exited = once(child, "exit");
            let printed = "";
            child.stdout?.on("data", (data) => {
                printed += data;
                if (printed === "ready\n") child.kill(signal);
            });
            const [code] = await exited;
            assert.equal(printed, "ready\ntold\n");
            assert.equal(code, 5);
        });
    }

    it("exits like a shell if a signal ended the engine", async () => {
        const [code] = await once(start("process.kill(process.pid, 'SIGKILL');"), "exit");
        assert.equal(code, 128 + 9);
    });
});

async function text(child: ChildProcess): Promise<string> {
    let all = "";
    for await (const data of child.stdout ?? []) all += data;
    return all;
}
