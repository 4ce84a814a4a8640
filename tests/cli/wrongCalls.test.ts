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
    says: RegExp;
    env?: Record<string, string>;
}

const noKeys = { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" };

/** "URL" stands for the simulator's address. */
const wrongCalls: Record<string, WrongCall> = {
    "an unknown command": { words: ["stauts"], code: 2, says: /there is no command `stauts`; did you mean `status`\?/ },
    "a command that nothing is near to": { words: ["frobnicate"], code: 2, says: /`machine-images --help` lists/ },
    "help of an unknown command": { words: ["help", "realease"], code: 2, says: /did you mean `release`\?/ },
    "a misspelt option": {
        words: ["status", "--regoin", "eu-de"],
        code: 2,
        says: /no option --regoin: did you mean --region\?/,
    },
    "an unknown option": {
        words: ["status", "--frobnicate"],
        code: 2,
        says: /no option --frobnicate: `machine-images status --help`/,
    },
    "an unknown short option": { words: ["rules", "-x"], code: 2, says: /no option -x/ },
    "an option whose value is forgotten": { words: ["status", "--cloud"], code: 2, says: /--cloud needs a CLOUD/ },
    "an option that is followed by another": {
        words: ["status", "--stack", "--json"],
        code: 2,
        says: /--stack needs a STACK/,
    },
    "a switch with a value": { words: ["status", "--json=yes"], code: 2, says: /--json takes no value/ },
    "an option that is given twice": {
        words: ["status", "--cloud", "alibaba", "--cloud", "huawei"],
        code: 2,
        says: /--cloud is given twice/,
    },
    "a value that is none of the choices": {
        words: ["status", "--cloud", "aws"],
        code: 2,
        says: /--cloud aws is not known: use alibaba or huawei/,
    },
    "too many arguments": { words: ["schema", "now"], code: 2, says: /schema takes no now/ },
    "too few arguments": { words: ["release", ...inHangzhou], code: 2, says: /no IMAGE is given/ },
    "an unknown shell": { words: ["completion", "fish"], code: 2, says: /fish is not known: use bash or zsh/ },
    "no place": { words: ["status"], code: 2, says: /neither --cloud nor --stack is given/ },
    "no region": { words: ["status", "--cloud", "huawei"], code: 2, says: /neither --region nor --stack is given/ },
    "a region that cannot be": {
        words: ["status", "--cloud", "alibaba", "--region", "Hangzhou 1"],
        code: 2,
        says: /--region Hangzhou 1 is no region id/,
    },
    "a profile of another cloud": {
        words: ["status", ...inHangzhou, "--profile", "cbr"],
        code: 2,
        says: /--profile is for --cloud huawei/,
    },
    "an address that is none": {
        words: ["status", ...inHangzhou, "--endpoint", "localhost:80"],
        code: 2,
        says: /--endpoint localhost:80 is no URL/,
    },
    "a file that is not there": { words: ["validate", "nothing.yaml"], code: 2, says: /nothing\.yaml cannot be read/ },
    "an import without an id": { words: ["import-file", "golden"], code: 2, says: /golden is not NAME=ID/ },
    "a stack without a project": {
        words: ["status", "--stack", "dev"],
        code: 1,
        says: /pulumi config fails in this folder: .*/,
    },
    "a region that the account does not have": {
        words: ["status", "--cloud", "huawei", "--region", "xx-moon-1", "--endpoint", "URL"],
        code: 1,
        says: /the account has no project in region xx-moon-1: it has eu-de, eu-nl/,
    },
    "a simulator that does not answer": {
        words: ["status", ...inHangzhou, "--endpoint", "http://127.0.0.1:9"],
        code: 1,
        says: /at http:\/\/127\.0\.0\.1:9: no answer .*: nothing listens there, start the simulator at that address/,
    },
    "a region that is misspelt": {
        words: ["status", "--cloud", "alibaba", "--region", "cn-hangzou", "--endpoint", "URL"],
        code: 1,
        says: /^machine-images: Simple Application Server has no region cn-hangzou: did you mean "cn-hangzhou"\?$/m,
    },
    "a region of Huawei Cloud that is misspelt": {
        words: ["status", "--cloud", "huawei", "--region", "eu-ed", "--endpoint", "URL"],
        code: 1,
        says: /^machine-images: the account has no project in region eu-ed: did you mean "eu-de"\?$/m,
    },
    "a region of a release that is misspelt": {
        words: ["release", "m-1", "--cloud", "alibaba", "--region", "cn-hangzou", "--endpoint", "URL", "--dry-run"],
        code: 1,
        says: /^machine-images: Simple Application Server has no region cn-hangzou: did you mean "cn-hangzhou"\?$/m,
    },
    "keys that are not there": {
        words: ["status", ...inHangzhou, "--endpoint", "URL"],
        env: noKeys,
        code: 1,
        says: /no credentials for Alibaba Cloud: give --stack \. for .*set ALIBABA_CLOUD_ACCESS_KEY_ID.* give --endpoint URL/,
    },
    "keys that are not there, in a folder whose stack may have a simulator": {
        words: ["release", "m-1", ...inHangzhou, "--dry-run"],
        env: noKeys,
        code: 1,
        says: /no credentials for Alibaba Cloud: give --stack \. for the keys or the simulator of this folder's stack(?!.*machine-images:simulator)/,
    },
    "an account that is not there": {
        words: ["status", ...inHangzhou, "--account", "nobody", "--endpoint", "URL"],
        code: 1,
        says: /no credentials for the account nobody of Alibaba Cloud: give --stack \. .*add a profile of that name/,
    },
    "a revoked key": {
        words: ["status", ...inHangzhou, "--endpoint", "URL"],
        env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "REVOKED" },
        code: 1,
        says: /InvalidAccessKeyId.*: check machine-images:alibabaAccessKeyId/,
    },
    "a wrong secret": {
        words: ["status", "--cloud", "huawei", "--region", "eu-de", "--endpoint", "URL"],
        env: { HUAWEICLOUD_SDK_SK: "wrong" },
        code: 1,
        says: /APIGW?\.0301.*: check machine-images:huaweiAccessKey/,
    },
    "an unknown image": {
        words: ["release", "m-nothing", "--dry-run", ...inHangzhou, "--endpoint", "URL"],
        code: 1,
        says: /there is no own image m-nothing in alibaba cn-hangzhou: correct the id, the name or the region/,
    },
};

describe("a wrong call", function () {
    // Each starts processes, on a machine that may have much else to do.
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

    for (const [what, { words, code, says, env }] of Object.entries(wrongCalls)) {
        it(`${what}: one line with what to do, nothing else, and ${code}`, async () => {
            const args = words.map((word) => (word === "URL" ? world.simulator.url : word));
            const calls = world.calls().length;
            // Nobody's own profiles and projects.
            const alone = { ...keysOf(world), HOME: folder, PULUMI_HOME: undefined, ...env };
            const ended = await machineImages(args, { cwd: folder, env: what.startsWith("a stack") ? env : alone });
            assert.deepEqual([ended.code, ended.stdout], [code, ""], ended.stderr);
            assert.match(ended.stderr, /^machine-images: .*\n$/);
            assert.match(ended.stderr, says);
            assert.ok(!/\n\s+at /.test(ended.stderr), "no stack");
            assert.deepEqual(world.calls().slice(calls).filter(world.isChange), []);
        });
    }
});
