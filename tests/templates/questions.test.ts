import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { parse } from "yaml";
import { findTerminal } from "../engine/commandLine.ts";
import { cli, Place } from "./madeProjects.ts";

const terminal = findTerminal();

/** Runs init in a terminal and types one answer at each prompt. */
async function typed(place: Place, args: readonly string[], answers: readonly string[]) {
    assert.ok(terminal, "this test requires `script` of util-linux, or python3");
    const [file = "", ...words] = terminal.wrap([process.execPath, cli, "init", ...args]);
    const child = spawn(file, words, {
        cwd: place.folder,
        env: { ...process.env, TERM: "dumb" },
        stdio: ["pipe", "pipe", "inherit"],
    });
    let output = "";
    let answered = 0;
    child.stdout.on("data", (text) => {
        output += String(text);
        const asked = output.match(/\): /g)?.length ?? 0;
        while (answered < Math.min(asked, answers.length)) child.stdin.write(`${answers[answered++]}`);
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    return { code, output };
}

describe("machine-images init in a terminal", function () {
    this.timeout(30_000);
    let place: Place;
    beforeEach(() => {
        place = new Place();
    });
    afterEach(() => place.remove());

    it("prompts for missing options, and uses the default for Enter", async () => {
        const { code, output } = await typed(place, [], ["shop\n", "huawei\n", "\n", "\n"]);
        assert.equal(code, 0, output);
        assert.match(output, /Folder \(\.\).*Cloud, alibaba or huawei \(alibaba\).*Written as.*Project name \(shop\)/s);
        assert.match(output, /Project shop from huawei-environment/);
        assert.equal(parse(place.read("shop", "Pulumi.yaml")).name, "shop");
    });

    it("does not prompt for given options", async () => {
        const { code, output } = await typed(place, ["a", "--template", "alibaba-typescript", "--name", "b"], []);
        assert.equal(code, 0, output);
        assert.doesNotMatch(output, /Folder|Cloud|Written|name \(/);
        assert.ok(place.names("a").includes("index.ts"));
    });

    it("repeats the prompt after an invalid answer, and says why", async () => {
        place.init("shop");
        const answers = ["shop\n", "new\n", "aws\n", "alibaba\n", "typescript\n", "my shop\n", "my-shop\n"];
        const { code, output } = await typed(place, [], answers);
        assert.equal(code, 0, output);
        assert.match(output, /Folder \(my-images\)/);
        assert.match(
            output,
            /shop is not empty .*aws is not one of alibaba, huawei.*a project name contains only letters/s,
        );
        assert.match(output, /Project my-shop from alibaba-typescript/);
        assert.equal(parse(place.read("new", "Pulumi.yaml")).name, "my-shop");
    });

    for (const [key, character] of [
        ["Ctrl-D", "\u0004"],
        ["Ctrl-C", "\u0003"],
    ] as const) {
        it(`creates nothing after ${key}`, async () => {
            const { code, output } = await typed(place, [], ["shop\n", character]);
            assert.equal(code, 1, output);
            assert.match(output, /machine-images: no project was created: the questions were not answered/);
            assert.deepEqual(place.names(), []);
        });
    }
});
