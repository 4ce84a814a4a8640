import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ownerTag } from "../../provider/dist/reconcile/ownership/ownership.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { type Simulated, simulated } from "../resources/simulated.ts";

const call = promisify(execFile);
const cli = join(import.meta.dirname, "..", "..", "provider", "dist", "cli", "main.js");
const cloud = { type: "alibaba", region: "cn-hangzhou" };

describe("machine-images import-file", () => {
    const folder = join(import.meta.dirname, "..", ".work", `import-${process.pid}`);
    let world: Simulated;
    let env: NodeJS.ProcessEnv;
    let image: string;
    let copy: string;

    const pulumi = async (...args: string[]) =>
        (await call("pulumi", [...args, "--non-interactive"], { cwd: folder, env })).stdout;
    const importing = (...args: string[]) =>
        call(process.execPath, [cli, "import-file", ...args], { cwd: folder, env });

    before(async () => {
        world = await simulated();
        const existing = world.resource(customImage, "by-hand");
        const source = { server: "ace0706b2ac4454d984295a942130001" };
        await existing.up({ cloud, source, name: "golden-by-hand", tags: { team: "web" } });
        image = existing.id ?? "";
        const copied = world.resource(imageCopy, "copy-by-hand");
        await copied.up({ cloud, image, to: "cn-shanghai", tags: { team: "web" } });
        copy = copied.id ?? "";
        const { swas } = await world.clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" });
        await swas.untagResources({ resourceType: "customimage", resourceIds: [image], keys: [ownerTag] });

        mkdirSync(join(folder, "state"), { recursive: true });
        env = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        writeFileSync(join(folder, "Pulumi.yaml"), "name: imported\nruntime: nodejs\nmain: index.js\n");
        writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
        writeFileSync(
            join(folder, "index.js"),
            `const { alibaba, CustomImage, ImageShare } = require("pulumi-machine-images");
            const cloud = alibaba({ region: "cn-hangzhou" });
            const golden = new CustomImage("golden", {
                cloud,
                source: { server: "${source.server}" },
                tags: { team: "web" },
                copies: ["cn-shanghai"],
            });
            new ImageShare("later", { cloud, image: golden, with: "ecs" });`,
        );
        await pulumi("stack", "init", "dev");
        const keys = world.simulator.accounts.find((account) => account.cloud === "alibaba")?.keys[0];
        const config = {
            endpoint: world.simulator.url,
            pollSeconds: "0.02",
            alibabaAccessKeyId: keys?.accessKeyId ?? "",
            alibabaAccessKeySecret: keys?.accessKeySecret ?? "",
        };
        for (const [key, value] of Object.entries(config))
            await pulumi("config", "set", `machine-images:${key}`, value);
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    it("reports a usage error in one line", async () => {
        const refusals: [string[], RegExp][] = [
            [[], /NAME=ID is required: .*--help/],
            [["golden"], /golden is not NAME=ID/],
            [["gold=m-1"], /cannot import gold: the program declares no such resource .*would create golden, /],
            [["golden=m-nothing"], /cannot import m-nothing as golden: the object does not exist in its cloud/],
            [["later=x"], /cannot import later: image depends on a resource that does not exist yet/],
        ];
        for (const [args, message] of refusals) {
            await assert.rejects(importing(...args), (error: Error & { stderr?: string }) =>
                message.test(error.stderr ?? ""),
            );
        }
    });

    it("imports an image and then its copy, and the next preview plans nothing for them", async () => {
        await importing(`golden=${image}`);
        await pulumi("import", "--file", "import.json", "--generate-code=false", "--protect=false", "--yes");
        await pulumi("stack", "init", "other", "--copy-config-from", "dev");
        await assert.rejects(importing(`golden=${image}`), ({ stderr }: Error & { stderr?: string }) =>
            /is in the state of stack imported\/dev as golden.*pulumi state move/.test(stderr ?? ""),
        );
        await pulumi("stack", "select", "dev");
        await importing(`golden-cn-shanghai=${copy}`, "--out", "copy.json");
        const { resources } = JSON.parse(readFileSync(join(folder, "copy.json"), "utf8"));
        assert.equal(resources[0].parent, "golden");
        await pulumi("import", "--file", "copy.json", "--generate-code=false", "--protect=false", "--yes");

        const { changeSummary } = JSON.parse(await pulumi("preview", "--json"));
        assert.deepEqual(changeSummary, { create: 1, same: 3 });
        await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        const mover = setInterval(() => world.simulator.sim.advance(10_000), 10);
        try {
            await pulumi("destroy", "--yes", "--skip-preview");
        } finally {
            clearInterval(mover);
        }
        assert.ok(!world.left().some((held) => held.includes(image) || held.includes(copy)));
    });
});
