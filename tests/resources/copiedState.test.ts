import assert from "node:assert/strict";
import { inClouds } from "../guarantees/clouds.ts";
import { output, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import type { Simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const golden = (inputs: object): Program => [
    {
        name: "golden",
        type: "CustomImage",
        inputs: { cloud, source: { server: "ace0706b2ac4454d984295a942130001" }, ...inputs },
    },
];
const shared = (inputs: object): Program => [
    ...golden(inputs),
    { name: "to-ecs", type: "ImageShare", inputs: { cloud, image: output("golden"), with: "ecs" } },
];

/** Two stacks whose states have the same objects and owners, as after `pulumi stack export` and `import`. */
async function twoStacks(clouds: Simulated, programs: readonly Program[]) {
    const { quotas } = clouds.simulator.sim;
    for (const name of ["snapshotsPerServer", "imagesPerServer"]) quotas.change(`alibaba.swas.${name}`, 100);
    const first = new ProgramStack(clouds, "first");
    for (const program of programs) await first.up(program);
    const copy = new ProgramStack(clouds, "copy");
    first.copyTo(copy);
    return { first, copy, before: clouds.left().sort() };
}

/** A stack with a copied state must not delete objects of the original stack. */
describe("a stack whose state is a copy of another stack's state", () => {
    const kept = [golden({ version: "1", keepVersions: 1 }), golden({ version: "2", keepVersions: 1 })];
    const third = golden({ version: "3", keepVersions: 1 });
    const runs: Record<string, (copy: ProgramStack) => Promise<unknown>> = {
        "a destroy": (copy) => copy.destroy(),
        "another version, then a destroy": async (copy) => {
            await copy.up(third);
            await copy.destroy();
        },
        "two more versions": async (copy) => {
            await copy.up(third);
            await copy.up(golden({ version: "4", keepVersions: 1 }));
        },
        "fewer versions to keep": (copy) => copy.up(golden({ version: "2", keepVersions: 0 })),
    };
    for (const [name, run] of Object.entries(runs)) {
        it(`keeps the current and earlier versions of the other stack: ${name}`, () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const { first, copy, before } = await twoStacks(clouds, kept);
                await run(copy);
                const left = clouds.left();
                assert.deepEqual(
                    before.filter((one) => !left.includes(one)),
                    [],
                );
                assert.match(clouds.warnings.join("\n"), /it is also in the state of stack test\/first, as golden/);
                assert.doesNotMatch(clouds.warnings.join("\n"), /stack test\/copy/);
                await first.destroy();
            }));
    }

    it("keeps the shares of the other stack", () =>
        inClouds({ profile: "cbr" }, async (clouds) => {
            const { first, copy } = await twoStacks(clouds, [shared({})]);
            await copy.destroy();
            assert.deepEqual(await first.refresh(), {});
        }));
});
