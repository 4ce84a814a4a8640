import assert from "node:assert/strict";
import type { Report } from "../../../provider/dist/report/report.js";
import type { LoggedCall } from "../../../provider/dist/simulator/index.js";
import type { Applied } from "./applied.ts";
import { callsOf, isTagging, mayBeOf, wipes } from "./callsOfSteps.ts";

type Step = Report["steps"][number];

/** What a step was in the call log. */
interface Done {
    step: Step;
    ids: string[];
    /** The calls that it must have made. */
    own: LoggedCall[];
    /** Everything that was done for it: the other calls, and the cloud's own steps. */
    all: LoggedCall[];
}

/**
 * What a report promises of a change that can be made: each step has the calls that its deed and its parts name, to the
 * objects that it names; nothing else is changed; no step begins before the last call, and the last job of the cloud,
 * of the steps that it waits for. Of two steps that do not wait for each other either may come first: the engine does
 * them side by side.
 */
export function assertKept(applied: Applied): void {
    const { report, calls } = applied;
    const done = claimed(applied, new Set());
    assertNothingElse(done, calls);
    assertInOrder(done);
    assertWipes(report, calls);
}

/**
 * What the report of a blocked change promises: `up` fails with the reason that the step names, whatever that step
 * waits for is done, and nothing that waits for it is begun.
 */
export function assertBlocked(applied: Applied): void {
    const { report, calls, failure = "" } = applied;
    const blocked = report.steps.filter(({ blockedBy }) => blockedBy !== undefined);
    assert.ok(blocked.length > 0, "no step is blocked");
    const reason = blocked.map(({ blockedBy = "" }) => blockedBy).find((sentence) => failure.includes(sentence));
    assert.ok(reason, `up failed for another reason: ${failure}`);
    const before = earlierThan(report, blocked);
    const after = laterThan(report, blocked);
    const isUncertain = ({ number }: Step) => !before.has(number);
    const done = claimed(applied, new Set(report.steps.filter(isUncertain).map(({ number }) => number)));
    assertNothingElse(done, calls);
    assertInOrder(done);
    const begun = done.filter(({ step, all }) => after.has(step.number) && all.length > 0);
    assert.deepEqual(begun.map(({ step }) => `${step.number} ${step.deed}`), [], "begun although what it waits for failed");
}

/** Gives each step its calls. @param mayBeLeft the steps that may not have come to their turn, by number */
function claimed({ report, calls, made }: Applied, mayBeLeft: ReadonlySet<number>): Done[] {
    const free = new Set(calls);
    const done = report.steps.map((step): Done => {
        const ids = idsOf(step, made);
        const own: LoggedCall[] = [];
        let after = 0;
        for (const { action, id, isOptional } of callsOf(step, report)) {
            const found = [...free].find(
                (call) => action.test(call.action) && call.seq > after && namesAny(call, id === undefined ? ids : [id]),
            );
            if (!found) {
                const isFine = isOptional || mayBeLeft.has(step.number);
                assert.ok(isFine, `step ${step.number}, ${step.deed} ${step.name}: no ${action} of ${id ?? ids} in\n${told(calls)}`);
                continue;
            }
            free.delete(found);
            own.push(found);
            after = found.seq;
        }
        return { step, ids: [...ids, ...own.flatMap(jobOf), ...versionsIn(step)], own, all: [...own] };
    });
    for (const call of free) {
        const owner = done.find(({ step, ids }) => namesAny(call, ids) && (isJob(call) || mayBeOf(step, call.action)));
        if (owner) owner.all.push(call);
    }
    return done;
}
