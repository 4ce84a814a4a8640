import assert from "node:assert/strict";
import type { Report } from "../../../provider/dist/report/report.js";
import type { LoggedCall } from "../../../provider/dist/simulator/index.js";
import type { Applied } from "./applied.ts";
import { callsOf, type Expected, mayBeOf, setsTags } from "./callsOfSteps.ts";

export type Step = Report["steps"][number];

/** A step and its calls in the call log. */
export interface Claim {
    step: Step;
    /** The calls that the report promises. */
    own: LoggedCall[];
    /** All calls for the step, including others and the cloud's own jobs. */
    all: LoggedCall[];
}

/**
 * Assigns the calls to the steps, each call to at most one step.
 *
 * @param mayBeSkipped whether the step may not have run
 */
export function claimed(applied: Applied, mayBeSkipped: (step: Step) => boolean): Claim[] {
    const { report, calls } = applied;
    const free = new Set(calls);
    const idsOfSteps = new Map(report.steps.map((step) => [step, idsOf(step, applied)]));
    const allIds = new Set([...idsOfSteps.values()].flat());
    const claims = report.steps.map((step): Claim & { ids: string[] } => {
        const ids = idsOfSteps.get(step) ?? [];
        const own: LoggedCall[] = [];
        const isWanted = (call: LoggedCall, { action, id, isStagingCopy }: Expected) =>
            action.test(call.action) &&
            call.seq > (own.at(-1)?.seq ?? 0) &&
            (isStagingCopy ? !allIds.has(call.ids.at(-1) ?? "") : names(call, id === undefined ? ids : [id]));
        for (const expected of callsOf(step, report)) {
            const found = [...free].find((call) => isWanted(call, expected));
            if (found) own.push(found);
            if (found) free.delete(found);
            const isFine = found !== undefined || expected.isOptional === true || mayBeSkipped(step);
            assert.ok(
                isFine,
                `step ${step.number}, ${step.deed} ${step.name}: no ${expected.action} in\n${logText(calls)}`,
            );
        }
        const between = own.filter(({ ids: [id = ""] }) => !allIds.has(id)).flatMap((call) => call.ids.slice(-1));
        return { step, own, all: [...own], ids: [...ids, ...own.flatMap(jobsOf), ...between] };
    });
    for (const call of free) {
        const isOf = ({ step, ids }: (typeof claims)[number]) =>
            names(call, ids) && (isJob(call) ? !step.deed.endsWith("share") : mayBeOf(step, call.action));
        claims.find(isOf)?.all.push(call);
    }
    return claims;
}

/** The ids of the objects that a step creates, changes or deletes. */
function idsOf({ operation, type, name, place, id, deletes = [] }: Step, { created, snapshotsOf }: Applied): string[] {
    const versions = deletes.flatMap((deleted) => (deleted.kind === "version" ? [deleted.id] : []));
    const known = id === undefined ? [] : [id.replace(/\/.*/, "")];
    const isNew = operation === "create";
    const fresh = isNew ? created.filter((resource) => resource.name === name).flatMap(({ ids }) => ids) : [];
    const server =
        type === "SystemDiskReplacement" && operation !== "delete" ? (/of server ([\w-]+)/.exec(place)?.[1] ?? []) : [];
    return [...known, ...fresh, ...versions.flatMap((version) => [version, ...snapshotsOf(version)])].concat(server);
}

const names = (call: LoggedCall, ids: readonly string[]) => call.ids.some((id) => ids.includes(id));

/** The ids of Huawei Cloud jobs that a call started. */
const jobsOf = ({ cloud, ids }: LoggedCall) =>
    cloud === "huawei" ? ids.filter((id) => /^[0-9a-f]{32}$/.test(id)) : [];

/** Whether a call is the cloud's own job for an object. A job that runs after the object is usable does not count. */
const isJob = ({ action }: LoggedCall) => action.startsWith("job.") && !action.endsWith(".upload");

export const isTag = ({ action }: LoggedCall): boolean => setsTags.test(action);

export const logText = (calls: readonly LoggedCall[]): string =>
    calls.map(({ seq, action, ids }) => `${seq} ${action} ${ids.join(" ")}`).join("\n");
