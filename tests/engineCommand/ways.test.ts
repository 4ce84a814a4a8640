import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { engineEnv, ensureEngine } from "../../provider/dist/engine/index.js";
import { openProxy } from "../clouds/fakeProxy.ts";
import { type Behaviour, Machine } from "./fakes.ts";

const random = "plugins/resource-random-v4.21.2/pulumi-resource-random";
const built = [
    "versions/3.259.0/bin/pulumi",
    "versions/3.259.0/bin/pulumi-language-nodejs",
    "versions/3.259.0/bin/pulumi-resource-pulumi-nodejs",
];

describe("the installation of the engine", () => {
    let machine: Machine;
    const start = (behaviour?: Behaviour) => {
        machine = new Machine(behaviour);
        return machine;
    };
    afterEach(() => machine.remove());

    it("downloads the official build if the network allows it, without go", async () => {
        const { outcome, bin } = await start({ network: "open" }).ensure();
        assert.equal(outcome, "downloaded");
        assert.deepEqual(machine.called(), ["launcher"]);
        assert.deepEqual(machine.files(), [
            "versions/3.259.0/bin/pulumi",
            "versions/3.259.0/bin/pulumi-language-nodejs",
            "versions/3.259.0/bin/pulumi-language-python",
            "versions/3.259.0/bin/pulumi-resource-pulumi-nodejs",
        ]);
        assert.equal(readFileSync(join(bin, "pulumi-resource-pulumi-nodejs"), "utf8"), "official script");
    });

    it("downloads through HTTPS_PROXY, and does not print its password", async () => {
        const { home, env } = start({ go: "missing" });
        const proxy = await openProxy(0);
        proxy.answer(403);
        const launcher = createRequire(import.meta.url).resolve("pulumi/run.js");
        const behind = { ...env, HTTPS_PROXY: proxy.url.replace("//", "//me:Hunter2@") };
        await assert.rejects(
            ensureEngine({ home, env: behind, launcher, log: () => {} }),
            (error) =>
                error instanceof Error &&
                /could not be downloaded/.test(error.message) &&
                !/Hunter2/.test(error.message),
        );
        await proxy.close();
        assert.deepEqual(proxy.requests[0], { line: "CONNECT get.pulumi.com:443", user: "me:Hunter2" });
    });

    it("builds no random plugin for a downloaded engine, which can download plugins", async () => {
        const { home } = await start({ network: "open" }).ensure();
        assert.equal((await machine.ensure({ plugins: ["random"] })).outcome, "present");
        assert.equal(engineEnv({ PATH: "/bin" }, home).PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, undefined);
    });

    it("builds the engine and its language host if the download fails, and no plugin", async () => {
        const { outcome, home, bin } = await start().ensure();
        assert.equal(outcome, "built");
        assert.deepEqual(machine.files(), built);
        assert.deepEqual(machine.called().sort(), [
            "go language-nodejs github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs -buildvcs=false",
            "go pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi -buildvcs=false",
            "launcher",
        ]);
        for (const file of machine.files()) assert.ok(statSync(join(home, file)).mode & 0o100, `${file} can be run`);
        const env = engineEnv({ PATH: "/bin" }, home);
        assert.equal(env.PATH, `${bin}:/bin`);
        assert.equal(env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "true");
    });

    it("builds the engine and its language host in parallel", async () => {
        assert.equal((await start({ go: "together" }).ensure()).outcome, "built");
        assert.deepEqual(machine.files(), built);
    });

    it("builds the random plugin after the engine, if it is requested", async () => {
        assert.equal((await start().ensure({ plugins: ["random"] })).outcome, "built");
        assert.deepEqual(machine.files(), [random, ...built]);
        assert.equal(machine.called().at(-1), "go resource-random . -buildvcs=false");
        assert.equal((await machine.ensure({ plugins: ["random"] })).outcome, "present");
        assert.equal(machine.called().length, 4);
    });

    it("adds the random plugin to a built engine, and downloads nothing", async () => {
        await start().ensure();
        const calls = machine.called().length;
        assert.equal((await machine.ensure({ plugins: ["random"] })).outcome, "built");
        assert.deepEqual(machine.called().slice(calls), ["go resource-random . -buildvcs=false"]);
        assert.deepEqual(machine.files(), [random, ...built]);
    });

    it("prints what it builds", async () => {
        await start().ensure({ plugins: ["random"] });
        for (const step of [
            "building the Node.js language host and the engine (step 1 of 2)",
            "building the random plugin (step 2 of 2)",
        ]) {
            assert.ok(machine.log.includes(step), machine.log.join("\n"));
        }
    });

    it("does nothing if everything is installed", async () => {
        const { places } = start();
        await machine.ensure();
        const before = [places.pulumi, places.languageHost, places.dynamicProvider];
        const times = before.map((file) => statSync(file).mtimeMs);
        const calls = machine.called();
        const lines = machine.log.length;
        assert.equal((await machine.ensure()).outcome, "present");
        assert.deepEqual(machine.called(), calls);
        assert.deepEqual(
            before.map((file) => statSync(file).mtimeMs),
            times,
        );
        assert.equal(machine.log.length, lines);
    });

    it("only copies the script of the dynamic provider if nothing else is missing", async () => {
        await start().ensure();
        const calls = machine.called();
        machine.put(machine.places.dynamicProvider, "", 0o644);
        assert.equal((await machine.ensure()).outcome, "present");
        assert.deepEqual(machine.called(), calls);
        assert.match(readFileSync(machine.places.dynamicProvider, "utf8"), /dynamic-provider/);
    });

    for (const [what, text, mode] of [
        ["an empty file", "", 0o755],
        ["a file that is not executable", "half", 0o644],
    ] as const) {
        it(`replaces ${what}, and keeps the complete parts`, async () => {
            const { places } = start();
            await machine.ensure();
            const calls = machine.called();
            const hostTime = statSync(places.languageHost).mtimeMs;
            machine.put(places.pulumi, text, mode);
            assert.equal((await machine.ensure()).outcome, "built");
            assert.deepEqual(machine.called().slice(calls.length), [
                "launcher",
                "go pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi -buildvcs=false",
            ]);
            assert.equal(statSync(places.languageHost).mtimeMs, hostTime);
            assert.deepEqual(machine.files(), built);
        });
    }
});
