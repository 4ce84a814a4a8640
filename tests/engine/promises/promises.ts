import assert from "node:assert/strict";
import type { Change } from "../../report/change.ts";
import { type EngineStack, engineStack } from "../stack.ts";
import { applied, reportText } from "./applied.ts";
import { assertBlocked, assertFails, assertKept } from "./keptPromise.ts";

/** Applies each change after its report, and compares the simulator's call log with the report. */
export function itKeepsPromisesOf(changes: readonly Change[], title: string): void {
    describe(`what reports promise of ${title}, on the real engine`, function () {
        // One change has 300 resources, and the machine can be busy.
        this.timeout(600_000);
        let world: EngineStack;
        before(async () => {
            world = await engineStack(title.replaceAll(" ", "-"));
        });
        after(() => world.close());

        const isWanted = ({ isVariant }: Change) => isVariant === undefined || process.env.ALL_CHANGES !== undefined;
        for (const change of changes.filter(isWanted)) {
            it(`"${change.name}" is applied as its report says`, async () => {
                const result = await applied(world, change);
                const { verdict, readFrom, readReason } = result.report;
                if (verdict === "fails") return assertFails(result);
                assert.deepEqual([readFrom, readReason], ["cloud", undefined]);
                if (verdict === "blocked") return assertBlocked(result);
                assert.equal(result.failure, undefined);
                assertKept(result);
                if (verdict === "nothing") assert.equal(await reportText(world), "");
            });
        }
    });
}
