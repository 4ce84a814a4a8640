import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alibabaKeys, huaweiKeys } from "../../provider/dist/clouds/credentials.js";
import { userFiles } from "../../provider/dist/clouds/profileFiles.js";
import { shop } from "../environment/files.ts";
import { commentsDouble } from "../report/commentsDouble.ts";
import { cli } from "./commandLine.ts";

const mark = "\ufeff";
const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();
const crlf = (text: string) => text.replaceAll("\n", "\r\n");

/** The encodings of editors and shells. PowerShell's `>` writes UTF-16 with a mark. */
const encodings: Record<string, (text: string) => Buffer> = {
    "UTF-8 with a byte order mark": (text) => Buffer.from(mark + text),
    "UTF-16, little endian, with a mark": (text) => Buffer.from(mark + text, "utf16le"),
    "UTF-16, big endian, with a mark": (text) => swapped(mark + text),
    "UTF-16, little endian, without a mark": (text) => Buffer.from(text, "utf16le"),
    "UTF-16, big endian, without a mark": swapped,
    "UTF-8 with a mark and Windows line endings": (text) => Buffer.from(mark + crlf(text)),
    "UTF-16 with Windows line endings": (text) => Buffer.from(mark + crlf(text), "utf16le"),
};

interface Ended {
    code: number | null;
    stdout: string;
    stderr: string;
}

describe("the encodings of files that the command line reads", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-encodings-"));
    after(() => rmSync(folder, { recursive: true, force: true }));

    const fixture = (name: string) => readFileSync(join(import.meta.dirname, "..", "report", "fixtures", name), "utf8");
    const preview = fixture("everything.json");
    const policy = "apiVersion: machine-images/v1\npolicy: { maxWipedDisks: 0 }\n";
    const urn = "urn:pulumi:dev::test::pulumi-nodejs:dynamic/machine-images:SimpleServer::wéb";
    const step = { op: "create", urn, new: { urn, type: "t", inputs: { name: "wéb" } } };
    const events = `${JSON.stringify({ sequence: 1, timestamp: 1, resourcePreEvent: { metadata: step } })}\n${JSON.stringify({ sequence: 2, timestamp: 9, summaryEvent: {} })}\n`;
    const world = "alibaba:\n    ecsRegions: []\n    # Größe\n";

    function run(args: string[], { input, env }: { input?: Buffer; env?: Record<string, string> } = {}) {
        return new Promise<Ended>((resolve, reject) => {
            const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
            const ended = { stdout: "", stderr: "" };
            child.stdout.on("data", (data) => (ended.stdout += String(data)));
            child.stderr.on("data", (data) => (ended.stderr += String(data)));
            child.once("error", reject);
            child.once("close", (code) => resolve({ code, ...ended }));
            child.stdin.end(input);
        });
    }

    /** Each file that a command reads: its text, and the arguments of the command. */
    const files: Record<string, { text: string; args: (file: string) => string[]; other?: Record<string, string> }> = {
        "a preview": { text: preview, args: (file) => ["report", "--input", file] },
        "an event log": { text: events, args: (file) => ["report", "--events", "--input", file] },
        "the event log of an earlier run": {
            text: events,
            args: (file) => ["report", "--input", "preview.json", "--history", file],
            other: { "preview.json": preview },
        },
        "a policy": {
            text: policy,
            args: (file) => ["report", "--input", "preview.json", "--policy", file],
            other: { "preview.json": preview },
        },
        "an environment file": { text: shop, args: (file) => ["graph", file] },
        "an environment file with a problem": {
            text: shop.replace("copies: [", "copys: ["),
            args: (file) => ["validate", file],
        },
        "a world file": { text: "alibaba: { accounts: 1 }\n", args: (file) => ["simulate", "--world", file] },
        "a fault file": { text: `[{ "effect": 1 }]`, args: (file) => ["simulate", "--memory", "--faults", file] },
        "a valid world file": {
            text: world,
            args: (file) => ["simulate", "--world", file, "--clock", "wrong"],
        },
    };

    for (const [name, { text, args, other = {} }] of Object.entries(files)) {
        it(`do not change the result for ${name}`, async () => {
            for (const [file, content] of Object.entries(other)) writeFileSync(join(folder, file), content);
            const readAs = async (bytes: Buffer) => {
                writeFileSync(join(folder, "given"), bytes);
                return run(args("given"));
            };
            const plain = await readAs(Buffer.from(text));
            for (const [encoding, write] of Object.entries(encodings)) {
                assert.deepEqual(await readAs(write(text)), plain, encoding);
            }
        }).timeout(60_000);
    }

    it("do not change the result for standard input", async () => {
        const plain = await run(["report"], { input: Buffer.from(preview) });
        assert.equal(plain.code, 0, plain.stderr);
        for (const [encoding, write] of Object.entries(encodings)) {
            assert.deepEqual(await run(["report"], { input: write(preview) }), plain, encoding);
        }
    }).timeout(60_000);

    it("do not change a comment", async () => {
        const report = "<!-- machine-images report a/b -->\n### Bilder für Kübel\n";
        for (const [encoding, write] of Object.entries(encodings)) {
            const double = await commentsDouble();
            try {
                writeFileSync(join(folder, "report.md"), write(report));
                const args = [
                    "comment",
                    "--on",
                    "github",
                    "--api",
                    double.url,
                    "--repository",
                    "a/b",
                    "--request",
                    "1",
                ];
                const env = { GITHUB_TOKEN: "t" };
                const { code, stderr } = await run([...args, "--stack", "a/b", "--input", "report.md"], { env });
                assert.equal(code, 0, stderr);
                assert.equal(double.comments[0]?.body.replaceAll("\r\n", "\n"), report, encoding);
            } finally {
                await double.close();
            }
        }
    }).timeout(60_000);

    it("do not change the keys in the files of the clouds' own tools", () => {
        const home = join(folder, "home");
        const files = { ...userFiles, home };
        const ini = "[default]\naccess_key_id = id\naccess_key_secret = secret\n";
        const json = JSON.stringify({ profiles: [{ name: "cli", access_key_id: "cli-id", access_key_secret: "s" }] });
        for (const name of [".alibabacloud", ".aliyun", ".huaweicloud"])
            mkdirSync(join(home, name), { recursive: true });
        for (const [encoding, write] of Object.entries(encodings)) {
            writeFileSync(join(home, ".alibabacloud", "credentials"), write(ini));
            writeFileSync(join(home, ".aliyun", "config.json"), write(json));
            writeFileSync(join(home, ".huaweicloud", "credentials"), write("[basic]\nak = ak\nsk = sk\n"));
            const sources = { config: () => undefined, environment: {}, files };
            const found = [
                alibabaKeys("default", sources),
                alibabaKeys("cli", sources),
                huaweiKeys(undefined, sources),
            ];
            const ids = found.map((one) => one && "accessKeyId" in one.keys && one.keys.accessKeyId);
            assert.deepEqual(ids, ["id", "cli-id", "ak"], encoding);
        }
    });
});
