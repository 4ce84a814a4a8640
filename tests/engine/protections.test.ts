import assert from "node:assert/strict";
import { alibaba, CustomImage, type CustomImageArgs } from "pulumi-machine-images";
import { pulumi, writeProgram } from "./commandLine.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const golden = { cloud: hangzhou, source: { server: "ace0706b2ac4454d984295a942130001" }, deleteProtection: true };

const story =
    (more: Partial<CustomImageArgs> = {}, name = "golden", aliases: string[] = []) =>
    async () => {
        const args = { ...golden, ...more };
        new CustomImage(name, args, { aliases: aliases.map((alias) => ({ name: alias })) });
    };
const nothing = async () => {};

describe("deletion protection, on the real engine", () => {
    let world: EngineStack;
    let id: string;
    before(async () => {
        world = await engineStack("protections");
        world.use(story());
        await world.up();
        id = await idOf("golden");
        world.changes();
    });
    after(() => world.close());

    const idOf = async (name: string) => (await world.stored()).find(({ urn }) => urn.endsWith(`::${name}`))?.id ?? "";
    const flat = (text: string) => text.replace(/\s+/g, " ");
    /** Runs a command. @returns its output and its exit code */
    async function run(...words: string[]): Promise<{ code: unknown; output: string }> {
        const command = pulumi(world, words);
        const code = await command.ended;
        return { code, output: flat(command.output()) };
    }

    /** The error for a resource that left the program, with its current URN. */
    async function refusal(object = id): Promise<string> {
        const urn = (await world.stored()).find((one) => one.id === object)?.urn;
        return (
            `${object} is protected from deletion: declare the resource with deleteProtection: false and run "pulumi up" ` +
            `before you delete it again; to keep the object in the cloud, run "pulumi state delete '${urn}'"`
        );
    }

    async function assertRefused(work: Promise<unknown>, words?: string): Promise<void> {
        const wanted = words ?? (await refusal());
        await assert.rejects(work, (error: Error) => {
            assert.ok(flat(error.message).includes(wanted), error.message);
            return true;
        });
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
        assert.ok(world.left().includes(`alibaba.customImage ${id}`));
    }

    it("applies if the resource leaves the program, also with --ignore-protect", async () => {
        world.use(nothing);
        await assertRefused(world.up());
        writeProgram(world, "export {};");
        const { code, output } = await run("up", "--yes", "--skip-preview", "--ignore-protect");
        assert.notEqual(code, 0);
        assert.ok(output.includes(await refusal()), output);
        const destroyed = await run("destroy", "--yes", "--skip-preview", "--ignore-protect");
        assert.notEqual(destroyed.code, 0);
        assert.ok(destroyed.output.includes(await refusal()), destroyed.output);
        const [, diagnostics = ""] = destroyed.output.split("Diagnostics:");
        assert.equal(diagnostics.split("is protected from deletion").length - 1, 1, destroyed.output);
        assert.ok(!destroyed.output.includes("the engine shows this error"), destroyed.output);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
    });

    it("applies with --target, for up and for destroy", async () => {
        world.use(nothing);
        await assertRefused(world.up(["golden"]));
        await assertRefused(world.destroy(["golden"]));
        world.use(story({ version: "2" }));
        await assertRefused(
            world.up(["golden"]),
            "deleteProtection: is set, and a change of version would replace the protected object",
        );
    });

    it("refuses a replacement in the preview, also a forced one, and changes nothing", async () => {
        const refused = "deleteProtection: is set, and a";
        world.use(story({ version: "2" }));
        await assertRefused(world.preview(), `${refused} change of version would replace the protected object`);
        const [urn = ""] = await world.urns("CustomImage");
        const output = await world.stack.preview({ program: story(), replace: [urn] }).then(
            () => "",
            (error: unknown) => String(error),
        );
        assert.ok(flat(output).includes(`${refused} forced replacement would replace the protected object`), output);
        assert.deepEqual(world.changes(), []);
    });

    it("applies after a new name with an alias, and after pulumi state rename and stack rename", async () => {
        world.use(story({}, "silver", ["golden"]));
        await world.up();
        world.use(nothing);
        await assertRefused(world.up());
        const [urn = ""] = await world.urns("CustomImage");
        assert.equal((await run("state", "rename", urn, "bronze", "--yes")).code, 0);
        await assertRefused(world.destroy());
        await world.stack.rename({ stackName: "prod" });
        await assertRefused(world.stack.destroy());
        await world.stack.rename({ stackName: "dev" });
        await assertRefused(world.destroy());
    });

    it("applies to the object of a resource that has a new name without an alias", async () => {
        world.use(story({ deleteProtection: false }, "other"));
        await assertRefused(world.up());
        world.use(story({}, "bronze"));
        await world.up();
        assert.deepEqual(
            world.left().filter((held) => held.startsWith("alibaba.customImage ")),
            [`alibaba.customImage ${id}`],
        );
        world.changes();
    });

    it("applies to kept versions, until the program removes the protection", async () => {
        world.use(story({ keepVersions: 1, version: "2" }, "bronze"));
        await world.up();
        world.changes();
        const lost = "deleteProtection: is set, and this change would delete the earlier versions";
        world.use(story({ keepVersions: 1, version: "3" }, "bronze"));
        await assertRefused(world.up(), lost);
        world.use(story({ version: "2" }, "bronze"));
        await assertRefused(world.up(), lost);
        await assertRefused(world.destroy(), await refusal(await idOf("bronze")));
        world.use(story({ keepVersions: 1, version: "2", deleteProtection: false }, "bronze"));
        await world.up();
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("leaves the object in the cloud after the command that the error names", async () => {
        world.use(story());
        await world.up();
        id = await idOf("golden");
        world.use(nothing);
        const error = await world.up().then(
            () => "",
            (failure: Error) => flat(failure.message),
        );
        const [, urn = ""] = /run "pulumi state delete '([^']+)'"/.exec(error) ?? [];
        assert.equal((await run("state", "delete", urn, "--yes")).code, 0);
        await world.up();
        assert.deepEqual(await world.urns("CustomImage"), []);
        assert.ok(world.left().includes(`alibaba.customImage ${id}`));
    });
});
