import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { alibaba, EcsInstance } from "pulumi-machine-images";
import type { Report } from "../../provider/dist/report/report.js";
import { leaving } from "../report/changes/options.ts";
import { previewJson } from "../report/previewJson.ts";
import { prepare } from "../report/surroundings.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const call = promisify(execFile);
const cli = join(import.meta.dirname, "..", "..", "provider", "dist", "cli", "main.js");

describe("a report with live data", () => {
    let world: EngineStack;
    let golden = "";
    let base = "";
    let partner = "";
    const workDir = () => world.stack.workspace.workDir;

    before(async () => {
        world = await engineStack("live-report");
        const given = await prepare(world, leaving);
        partner = given.partnerProject;
        const images = (await world.stored()).filter(({ type }) => type.endsWith(":CustomImage"));
        golden = images.find(({ id }) => id.startsWith("m-"))?.id ?? "";
        base = images.find(({ id }) => !id.startsWith("m-"))?.id ?? "";
        await createInstanceElsewhere();
        writeFileSync(join(workDir(), "preview.json"), await previewJson(world, leaving, given));
    });
    after(() => world.close());

    /** Creates an instance of the image in a stack of another project in the same backend. */
    async function createInstanceElsewhere(): Promise<void> {
        const folder = join(world.folder, "other");
        mkdirSync(folder);
        writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        const { envVars, pulumiCommand } = world.stack.workspace;
        const program = async () => {
            const cloud = alibaba({ region: "cn-hangzhou" });
            const place = { securityGroup: "sg-1", vSwitch: "vsw-1", instanceType: "ecs.g7.large" };
            new EcsInstance("api", { cloud, image: golden, ...place });
        };
        const stack = await LocalWorkspace.createOrSelectStack(
            { stackName: "prod", projectName: "shop", program },
            { workDir: folder, envVars, pulumiCommand },
        );
        await stack.setAllConfig(await world.stack.getAllConfig());
        await stack.up();
    }

    async function report(args: string[], environment: Record<string, string> = {}): Promise<Report> {
        const env = { ...process.env, ...world.stack.workspace.envVars, HOME: workDir(), ...environment };
        const all = [cli, "report", "--json", "--input", "preview.json", ...args];
        const { stdout } = await call(process.execPath, all, { cwd: workDir(), env });
        return JSON.parse(stdout);
    }

    const keysOf = (cloud: string) => world.simulator.accounts.find((account) => account.cloud === cloud)?.keys[0];
    const pulumiHome = { PULUMI_HOME: process.env.PULUMI_HOME ?? "" };

    it("names the stack of a server that uses an image, and whether recipients accepted a share", async () => {
        const { images, readFrom } = await report(["--stack", "dev"], pulumiHome);
        assert.equal(readFrom, "cloud");
        const ofGolden = images.find(({ name }) => name === "golden");
        assert.equal(ofGolden?.users.length, 1);
        assert.match(ofGolden?.users[0] ?? "", /^instance i-\w+ \(api of shop\/prod\)$/);
        assert.deepEqual(ofGolden?.recipients, ["ECS"]);
        const ofBase = images.find(({ name }) => name === "base");
        assert.deepEqual(ofBase?.recipients, [`project ${partner} (pending)`]);
        assert.match(
            ofBase?.losses[0] ?? "",
            new RegExp(`^servers that project ${partner} may have created from it keep running`),
        );
    });

    it("finds changes by hand, and the price of a plan", async () => {
        const { drift, costs } = await report(["--stack", "dev"], pulumiHome);
        assert.deepEqual(drift, [
            `description of image ${golden} (golden) is "by hand", not "first" as in the stack's state`,
            `tags.team of image ${golden} (golden) is "ops", not "web" as in the stack's state`,
        ]);
        assert.deepEqual(costs.monthly, [{ amount: 85, currency: "CNY" }]);
        assert.deepEqual(costs.unknown, [{ what: "a GiB of image", mayRaise: false }]);
    });

    it("needs no stack if the environment has keys, and shows what could not be read", async () => {
        const keys = keysOf("alibaba");
        const { images, readFrom, drift } = await report([], {
            ALIBABA_CLOUD_ACCESS_KEY_ID: keys?.accessKeyId ?? "",
            ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys?.accessKeySecret ?? "",
        });
        assert.equal(readFrom, "cloud");
        assert.equal(drift.length, 2);
        const ofGolden = images.find(({ name }) => name === "golden");
        assert.deepEqual([ofGolden?.users.length, ofGolden?.unread], [1, undefined]);
        const ofBase = images.find(({ name }) => name === "base");
        assert.match(ofBase?.unread ?? "", /^no credentials for Huawei Cloud/);
        assert.deepEqual(ofBase?.recipients, [`project ${partner}`]);
    });

    it("does not treat the empty answer of another account as live data", async () => {
        const keys = world.simulator.accounts.filter(({ cloud }) => cloud === "huawei")[1]?.keys[0];
        const { images, readFrom } = await report([], {
            HUAWEICLOUD_SDK_AK: keys?.accessKeyId ?? "",
            HUAWEICLOUD_SDK_SK: keys?.accessKeySecret ?? "",
        });
        const ofBase = images.find(({ name }) => name === "base");
        assert.equal(readFrom, "state");
        assert.match(ofBase?.what ?? "", new RegExp(base));
    });

    it("uses the preview if no keys exist, and shows the reason", async () => {
        const { readFrom, readReason } = await report([]);
        assert.deepEqual(
            [readFrom, readReason],
            ["state", "no --stack is given, and no credentials for Alibaba Cloud"],
        );
    });

    it("takes durations from the event log of an earlier run", async () => {
        const { pulumiCommand, envVars } = world.stack.workspace;
        const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "dev", "--event-log", "up.log"];
        const env = { ...process.env, ...envVars, PULUMI_DEBUG_COMMANDS: "true" };
        // This run fails, because an instance uses the image. Its completed steps still count.
        await call(pulumiCommand.command, args, { cwd: workDir(), env }).catch(() => {});
        const { steps } = await report(["--history", "up.log"]);
        const basis = Object.fromEntries(steps.map(({ deed, name, duration }) => [`${deed} ${name}`, duration?.basis]));
        assert.equal(basis["create server web"], "history");
        assert.equal(basis["unshare to-ecs"], "history");
        assert.equal(basis["delete image golden"], "estimate");
    });
});
