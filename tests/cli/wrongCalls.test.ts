import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { inHangzhou, madeByHand } from "./account.ts";
import { keysOf, machineImages } from "./commandLine.ts";

interface WrongCall {
    words: string[];
    code: 1 | 2;
    message: RegExp;
    env?: Record<string, string>;
}

const noKeys = { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" };

/** "URL" is replaced by the URL of the simulator. */
const wrongCalls: Record<string, WrongCall> = {
    "an unknown command": { words: ["stauts"], code: 2, message: /unknown command `stauts`: did you mean `status`\?/ },
    "a command without a similar one": {
        words: ["frobnicate"],
        code: 2,
        message: /run `machine-images --help` for a list/,
    },
    "help of an unknown command": { words: ["help", "realease"], code: 2, message: /did you mean `release`\?/ },
    "a misspelt option": {
        words: ["status", "--regoin", "eu-de"],
        code: 2,
        message: /no option --regoin: did you mean --region\?/,
    },
    "an unknown option": {
        words: ["status", "--frobnicate"],
        code: 2,
        message: /no option --frobnicate: run `machine-images status --help`/,
    },
    "an unknown short option": { words: ["rules", "-x"], code: 2, message: /no option -x/ },
    "an option without its value": { words: ["status", "--cloud"], code: 2, message: /--cloud requires a CLOUD/ },
    "an option that is followed by another": {
        words: ["status", "--stack", "--json"],
        code: 2,
        message: /--stack requires a STACK/,
    },
    "a switch with a value": { words: ["status", "--json=yes"], code: 2, message: /--json takes no value/ },
    "an option that is given twice": {
        words: ["status", "--cloud", "alibaba", "--cloud", "huawei"],
        code: 2,
        message: /--cloud is given twice/,
    },
    "a value that is not one of the choices": {
        words: ["status", "--cloud", "aws"],
        code: 2,
        message: /--cloud aws is not valid: use alibaba or huawei/,
    },
    "too many arguments": { words: ["schema", "now"], code: 2, message: /unexpected argument now/ },
    "too few arguments": { words: ["release", ...inHangzhou], code: 2, message: /IMAGE is required/ },
    "an unknown shell": { words: ["completion", "fish"], code: 2, message: /fish is not valid: use bash or zsh/ },
    "no cloud": { words: ["status"], code: 2, message: /--cloud or --stack is required/ },
    "no region": { words: ["status", "--cloud", "huawei"], code: 2, message: /--region or --stack is required/ },
    "an invalid region": {
        words: ["status", "--cloud", "alibaba", "--region", "Hangzhou 1"],
        code: 2,
        message: /--region Hangzhou 1 is not a region id/,
    },
    "a profile of another cloud": {
        words: ["status", ...inHangzhou, "--profile", "cbr"],
        code: 2,
        message: /--profile requires --cloud huawei/,
    },
    "an invalid endpoint": {
        words: ["status", ...inHangzhou, "--endpoint", "localhost:80"],
        code: 2,
        message: /--endpoint localhost:80 must be an HTTP or HTTPS URL/,
    },
    "a file that does not exist": {
        words: ["validate", "nothing.yaml"],
        code: 2,
        message: /nothing\.yaml cannot be read/,
    },
    "an import without an id": { words: ["import-file", "golden"], code: 2, message: /golden is not NAME=ID/ },
    "a stack without a project": {
        words: ["status", "--stack", "dev"],
        code: 1,
        message: /"pulumi config" failed in this folder: .*/,
    },
    "a region that the account does not have": {
        words: ["status", "--cloud", "huawei", "--region", "xx-moon-1", "--endpoint", "URL"],
        code: 1,
        message: /the account has no project in region xx-moon-1: choose from eu-de, eu-nl/,
    },
    "a simulator that does not answer": {
        words: ["status", ...inHangzhou, "--endpoint", "http://127.0.0.1:9"],
        code: 1,
        message:
            /at http:\/\/127\.0\.0\.1:9: no answer .*: no process listens there, start the simulator at that address/,
    },
    "a misspelled region": {
        words: ["status", "--cloud", "alibaba", "--region", "cn-hangzou", "--endpoint", "URL"],
        code: 1,
        message: /^machine-images: Simple Application Server has no region cn-hangzou: did you mean "cn-hangzhou"\?$/m,
    },
    "a misspelled region of Huawei Cloud": {
        words: ["status", "--cloud", "huawei", "--region", "eu-ed", "--endpoint", "URL"],
        code: 1,
        message: /^machine-images: the account has no project in region eu-ed: did you mean "eu-de"\?$/m,
    },
    "a misspelled region of a release": {
        words: ["release", "m-1", "--cloud", "alibaba", "--region", "cn-hangzou", "--endpoint", "URL", "--dry-run"],
        code: 1,
        message: /^machine-images: Simple Application Server has no region cn-hangzou: did you mean "cn-hangzhou"\?$/m,
    },
    "missing keys": {
        words: ["status", ...inHangzhou, "--endpoint", "URL"],
        env: noKeys,
        code: 1,
        message:
            /no credentials for Alibaba Cloud: pass --stack \. to .*set ALIBABA_CLOUD_ACCESS_KEY_ID.* pass --endpoint URL/,
    },
    "missing keys, in a folder whose stack may have a simulator": {
        words: ["release", "m-1", ...inHangzhou, "--dry-run"],
        env: noKeys,
        code: 1,
        message:
            /no credentials for Alibaba Cloud: pass --stack \. to use the keys or the simulator of this folder's stack(?!.*machine-images:simulator)/,
    },
    "an account that does not exist": {
        words: ["status", ...inHangzhou, "--account", "nobody", "--endpoint", "URL"],
        code: 1,
        message: /no credentials for the account nobody of Alibaba Cloud: pass --stack \. .*add a profile of that name/,
    },
    "a revoked key": {
        words: ["status", ...inHangzhou, "--endpoint", "URL"],
        env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "REVOKED" },
        code: 1,
        message: /InvalidAccessKeyId.*: check machine-images:alibabaAccessKeyId/,
    },
    "a wrong secret": {
        words: ["status", "--cloud", "huawei", "--region", "eu-de", "--endpoint", "URL"],
        env: { HUAWEICLOUD_SDK_SK: "wrong" },
        code: 1,
        message: /APIGW?\.0301.*: check machine-images:huaweiAccessKey/,
    },
    "an unknown image": {
        words: ["release", "m-nothing", "--dry-run", ...inHangzhou, "--endpoint", "URL"],
        code: 1,
        message: /cannot find image m-nothing in alibaba cn-hangzhou: .* Correct the id, the name or the region/,
    },
};

describe("a usage error", function () {
    // Each test starts processes, and the machine may be busy.
    this.timeout(60_000);
    let world: Simulated;
    let folder: string;
    before(async () => {
        world = await simulated();
        await madeByHand(world, "by-hand");
        folder = mkdtempSync(join(tmpdir(), "machine-images-wrong-"));
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    for (const [what, { words, code, message, env }] of Object.entries(wrongCalls)) {
        it(`${what}: prints one line with advice, and exits with ${code}`, async () => {
            const args = words.map((word) => (word === "URL" ? world.simulator.url : word));
            const calls = world.calls().length;
            // Without the profiles and projects of this machine.
            const alone = { ...keysOf(world), HOME: folder, PULUMI_HOME: undefined, ...env };
            const ended = await machineImages(args, { cwd: folder, env: what.startsWith("a stack") ? env : alone });
            assert.deepEqual([ended.code, ended.stdout], [code, ""], ended.stderr);
            assert.match(ended.stderr, /^machine-images: .*\n$/);
            assert.match(ended.stderr, message);
            assert.ok(!/\n\s+at /.test(ended.stderr), "no stack");
            assert.deepEqual(world.calls().slice(calls).filter(world.isChange), []);
        });
    }
});
