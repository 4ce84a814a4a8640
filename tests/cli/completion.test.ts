import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declarations } from "../../provider/dist/cli/declarations.js";
import { machineImages, run } from "./commandLine.ts";

const names = declarations.map(({ name }): string => name);

describe("completion in bash", () => {
    let folder: string;
    let script: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-completion-"));
        writeFileSync(join(folder, "environment.yaml"), "");
        writeFileSync(join(folder, "two words.yaml"), "");
        script = (await machineImages(["completion", "bash"])).stdout;
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** The completions of bash for the last word. */
    async function offered(...words: string[]): Promise<string[]> {
        const program = `${script}
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _machine_images 2>/dev/null
            [ \${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "\${COMPREPLY[@]}"`;
        const { code, stdout, stderr } = await run("bash", ["-uc", program, "bash", "machine-images", ...words], {
            cwd: folder,
        });
        assert.deepEqual([code, stderr], [0, ""]);
        return stdout.split("\n").filter((word) => word !== "");
    }

    it("registers itself for the command", async () => {
        const { stdout } = await run("bash", ["-c", `${script}\ncomplete -p machine-images`]);
        assert.equal(stdout, "complete -F _machine_images machine-images\n");
    });

    it("completes commands", async () => {
        assert.deepEqual(await offered(""), [...names, "help", "--help", "--version"]);
        assert.deepEqual(await offered("re"), ["release", "report"]);
        assert.deepEqual(await offered("help", "st"), ["status"]);
    });

    for (const command of declarations) {
        if ("passthrough" in command) continue;
        it(`completes every option of ${command.name}`, async () => {
            const options = [...Object.keys(command.options), "help"].map((option) => `--${option}`);
            assert.deepEqual(await offered(command.name, "--"), options);
        });
    }

    it("completes values with choices, and offers nothing for free text", async () => {
        assert.deepEqual(await offered("status", "--cloud", ""), ["alibaba", "huawei"]);
        assert.deepEqual(await offered("release", "m-1", "--if-in-use", "r"), ["retain"]);
        assert.deepEqual(await offered("completion", ""), ["bash", "zsh"]);
        assert.deepEqual(await offered("status", "--region", ""), []);
    });

    it("completes file names", async () => {
        assert.deepEqual(await offered("validate", "env"), ["environment.yaml"]);
        assert.deepEqual(await offered("validate", "two"), ["two words.yaml"]);
        assert.deepEqual(await offered("report", "--input", "env"), ["environment.yaml"]);
    });
});

describe("completion in zsh", () => {
    const hasZsh = spawnSync("zsh", ["-c", "true"]).status === 0;

    it("contains every command, option and value", async () => {
        const { stdout } = await machineImages(["completion", "zsh"]);
        assert.match(stdout, /^#compdef machine-images\n/);
        for (const { name, options } of declarations) {
            assert.ok(stdout.includes(`'${name}:`), name);
            for (const option of Object.keys(options)) assert.ok(stdout.includes(`--${option}`), option);
        }
        assert.match(stdout, /--cloud=\[the cloud\]:CLOUD:\(alibaba huawei\)/);
    });

    // Without zsh, only the test above checks the script.
    (hasZsh ? it : () => {})("completes in zsh", async () => {
        const { stdout: script } = await machineImages(["completion", "zsh"]);
        // Types "stat", Tab and Enter into a shell in a new terminal.
        const program = `
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'autoload -Uz compinit; compinit -u -D; PS1=; machine-images() { print -r -- "sa""id:$*:" }'
            zpty -w shell ${JSON.stringify("source $MACHINE_IMAGES_SCRIPT")}
            zpty -w shell $'machine-images stat\\t --clo\\t hua\\t'
            while zpty -r shell line '*said:*:*'; do print -r -- "$line"; [[ $line == *said:*:* ]] && break; done
            zpty -d shell
        `;
        const folder = mkdtempSync(join(tmpdir(), "machine-images-zsh-"));
        try {
            const file = join(folder, "script.zsh");
            writeFileSync(file, script);
            const { stdout } = await run("zsh", ["-fc", program], { env: { MACHINE_IMAGES_SCRIPT: file } });
            assert.match(stdout, /said:status --cloud[= ]huawei/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
