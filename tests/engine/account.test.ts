import assert from "node:assert/strict";
import { machineImages } from "../cli/commandLine.ts";
import { type EngineStack, engineStack } from "./stack.ts";

describe("status and release with a stack, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("account");
        const { alibaba, CustomImage } = await import("pulumi-machine-images");
        world.use(async () => {
            new CustomImage("golden", {
                cloud: alibaba({ region: "cn-hangzhou" }),
                source: { server: "ace0706b2ac4454d984295a942130001" },
                copies: ["cn-shanghai"],
                deleteProtection: true,
            });
        });
        await world.up();
    });
    after(() => world.close());

    const calling = () => ({ cwd: world.folder, env: world.stack.workspace.envVars });

    it("read keys, endpoint, regions and owners from the stack", async () => {
        const { code, stdout, stderr } = await machineImages(["status", "--stack", "dev", "--json"], calling());
        assert.equal(code, 0, stderr);
        const regions: { region: string; images: { owner: { holder: unknown } }[] }[] = JSON.parse(stdout);
        assert.deepEqual(
            regions.map(({ region, images }) => [region, images.map(({ owner }) => owner.holder)]),
            [
                ["cn-hangzhou", [{ stack: "test/dev", resource: "golden", isProtected: true }]],
                ["cn-shanghai", [{ stack: "test/dev", resource: "golden-cn-shanghai", isProtected: true }]],
            ],
        );
    });

    it("release refuses an image that a stack holds, and names the stack", async () => {
        const [image] = (await world.stored()).filter(({ type }) => type.endsWith(":CustomImage"));
        world.changes();
        const named = await machineImages(["release", image?.id ?? "", "--stack", ".", "--yes"], calling());
        assert.equal(named.code, 1, named.stderr);
        assert.match(named.stdout, /in the state of stack test\/dev as golden, with deleteProtection: delete golden/);
        assert.deepEqual(world.changes(), []);
    });

    it("release finds the stack by itself if only the cloud is named", async () => {
        const [image] = (await world.stored()).filter(({ type }) => type.endsWith(":CustomImage"));
        const keys = world.simulator.accounts.find(({ cloud }) => cloud === "alibaba")?.keys[0];
        const { cwd, env } = calling();
        const where = ["--cloud", "alibaba", "--region", "cn-hangzhou", "--endpoint", world.simulator.url];
        const found = await machineImages(["release", image?.id ?? "", ...where, "--dry-run"], {
            cwd,
            env: {
                ...env,
                ALIBABA_CLOUD_ACCESS_KEY_ID: keys?.accessKeyId,
                ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys?.accessKeySecret,
            },
        });
        assert.equal(found.code, 1, found.stderr);
        assert.match(found.stdout, /in the state of stack test\/dev as golden/);
    });
});
