import assert from "node:assert/strict";
import type { LoggedCall } from "../../../provider/dist/simulator/index.js";
import type { Applied } from "./applied.ts";
import { wipes } from "./callsOfSteps.ts";
import { type Claim, claimed, isTag, logText, type Step } from "./claims.ts";

/**
 * Asserts what the report of a change that can be applied promises: each step makes the calls that its operation and
 * its parts name, on the objects that it names; nothing else is changed; no step starts before the last call, and the
 * cloud's last job, of the steps that it waits for; the deletions at the end start after all creations; and only the
 * named disks are wiped. Two steps that do not wait for each other can run in any order, because the engine runs them
 * in parallel.
 *
 * @returns the number of steps and calls
 */
export function assertKept(applied: Applied): { steps: number; calls: number } {
    const claims = claimed(applied, () => false);
    assertNothingElse(claims, applied.calls);
    assertInOrder(claims);
    assertWipes(claims, applied.calls);
    return { steps: claims.length, calls: claims.flatMap(({ all }) => all).length };
}

/**
 * Asserts what the report of a blocked change promises: `up` fails with the reason that the step names, everything that
 * the step waits for is done, and nothing that waits for it is started.
 */
export function assertBlocked(applied: Applied): { steps: number; calls: number } {
    const { report, calls, failure = "" } = applied;
    const { steps } = report;
    const blocked = steps.find(({ blockedBy }) => blockedBy !== undefined && failure.includes(blockedBy));
    assert.ok(blocked, `no step is blocked by the error of up: ${failure}`);
    const before = withAll([blocked], ({ waitsFor }) => steps.filter(({ number }) => waitsFor.includes(number)));
    const after = withAll([blocked], ({ number }) => steps.filter(({ waitsFor }) => waitsFor.includes(number)));
    const claims = claimed(applied, (step) => step === blocked || !before.has(step));
    assertNothingElse(claims, calls);
    assertInOrder(claims);
    const started = claims.filter(({ step, all }) => after.has(step) && all.length > 0);
    assert.deepEqual(
        started.map(({ all }) => logText(all)).join(),
        "",
        "started although a step that it waits for failed",
    );
    return { steps: claims.length, calls: claims.flatMap(({ all }) => all).length };
}

/** Asserts what the report of a failing preview promises: `up` fails for the same reasons, and changes nothing. */
export function assertFails({ report, calls, failure = "" }: Applied): void {
    const untilNow = failure.replace(/\s+/g, " ");
    for (const reason of report.reasons) {
        // Without the prefix that the report puts before the reason.
        const [reasonItself = ""] = /(?<=^\w+ \S+: \S+: ).*/s.exec(reason) ?? [reason];
        assert.ok(
            untilNow.includes(reasonItself.replace(/\s+/g, " ")),
            `up does not fail with "${reason}": ${failure}`,
        );
    }
    assert.ok(report.reasons.length > 0);
    assert.equal(logText(calls), "");
}

function withAll(steps: Step[], next: (step: Step) => Step[]): Set<Step> {
    const found = new Set(steps);
    // The loop also visits what it adds to the set.
    for (const step of found) for (const other of next(step)) found.add(other);
    return found;
}

function assertNothingElse(claims: readonly Claim[], calls: readonly LoggedCall[]): void {
    const known = new Set(claims.flatMap(({ all }) => all));
    const more = calls.filter((call) => !known.has(call) && !call.action.startsWith("job."));
    assert.equal(logText(more), "", "up made calls that the report does not contain");
}

function assertInOrder(claims: readonly Claim[]): void {
    const begin = ({ all }: Claim) => Math.min(...all.filter((call) => !isTag(call)).map(({ seq }) => seq));
    const end = ({ all, own }: Claim) =>
        Math.max(0, ...all.filter((call) => !isTag(call) || own.includes(call)).map(({ seq }) => seq));
    const isWrite = ({ step: { operation } }: Claim) => operation === "create" || operation === "update";
    const lastWrite = claims.findLastIndex(isWrite);
    for (const [index, claim] of claims.entries()) {
        const { step } = claim;
        const isAtTheEnd = index > lastWrite;
        for (const other of claims) {
            const mustPrecede = step.waitsFor.includes(other.step.number) || (isAtTheEnd && isWrite(other));
            if (!mustPrecede) continue;
            assert.ok(other.step.number < step.number, `step ${step.number} waits for a later one`);
            const isAfter = begin(claim) > end(other);
            assert.ok(
                isAfter,
                `step ${step.number} started before the end of step ${other.step.number}:\n${logText([...claim.all, ...other.all])}`,
            );
        }
    }
}

/** Asserts that exactly the servers in the report lose disks. */
function assertWipes(claims: readonly Claim[], calls: readonly LoggedCall[]): void {
    const named = claims.flatMap(({ step: { erases } }) => (erases === undefined ? [] : [serverIn(erases)]));
    const wiped = calls.filter(({ action }) => wipes.test(action)).map(({ ids }) => ids[0]);
    assert.deepEqual(wiped.sort(), named.sort());
}

/** "system disk d-bp1… (40 GiB) of server ace… in cn-hangzhou", "server ace… (web) and its disks" */
function serverIn(erases: string): string | undefined {
    return /(?:server|instance) ([\w-]+)/.exec(erases)?.[1];
}
