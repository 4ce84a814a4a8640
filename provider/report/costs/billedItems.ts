import { z } from "zod";
import type { Billed } from "../cloudState/prices";
import { keptKind } from "../plan/billedKind";
import { textAt, versionsPushedOut } from "../plan/facts";
import type { PlannedChange, ResourceState } from "../plan/plan";
import { secretText } from "../plan/values";
import type { PlannedAction } from "../steps/order";
import type { Step } from "../steps/steps";

/** Something that is billed from now on, or no longer. */
export interface BilledItem {
    billed: Billed;
    /** "ecs.g7.large", "a GiB of backup": what a price would be of. */
    priceName: string;
    /** "the backup of erp" */
    what: string;
    /** Pieces of servers, GiB of all else; undefined when the size is not known. */
    quantity: number | undefined;
    sign: 1 | -1;
}

/**
 * What an act adds to the bill and takes off it. Custom images of Simple Application Server and their snapshots are
 * free (billing FAQ of the product); of an image of ECS its snapshots are billed, of a full-server image its backup.
 */
export function billedItems(action: PlannedAction, step: Step): BilledItem[] {
    const { change, does } = action;
    if (does === "update") return earlierVersions(change);
    const sign = does === "create" ? 1 : -1;
    const state = does === "create" ? change.news : change.olds;
    const size = serverSize(change, state);
    if (size !== undefined) {
        const dataDiskGiB = gibibytes.parse(state?.inputs.dataDiskGiB);
        const billed: Billed = { kind: "server", size, ...(dataDiskGiB !== undefined && { dataDiskGiB }) };
        const priceName = dataDiskGiB === undefined ? size : `${size} with a data disk of ${dataDiskGiB} GiB`;
        // Two sizes that are not known may be different ones.
        const quantity = size === unknownSize || size === secretText ? undefined : 1;
        return [{ billed, priceName, what: change.name, quantity, sign }];
    }
    const kind = keptKind(change);
    if (kind === undefined) return [];
    const isChild = kind !== "image";
    const isLeft = isChild && does === "delete" && !step.parts.some((part) => part.startsWith(`deleting ${kind} `));
    const isGiven = change.type === "FullEcsImage" && "backup" in Object(state?.inputs.source);
    if (isLeft || isGiven) return earlierVersions(change);
    const item: BilledItem = {
        billed: { kind },
        priceName: `a GiB of ${kind}`,
        what: isChild ? `the ${kind} of ${change.name}` : `image ${change.name}`,
        quantity: sizeGiB(change, state),
        sign,
    };
    return does === "delete" ? [item, ...earlierVersions(change)] : [item];
}

const unknownSize = "a size that is not known yet";

/** Plan, instance type or flavor; undefined of what is no server. */
function serverSize({ type }: PlannedChange, state: ResourceState | undefined): string | undefined {
    const keys: Partial<Record<PlannedChange["type"], string>> = {
        SimpleServer: "plan",
        EcsInstance: "instanceType",
        HuaweiServer: "flavor",
    };
    const key = keys[type];
    return key === undefined ? undefined : (textAt(state?.inputs, key) ?? unknownSize);
}

const disks = z.array(z.object({ sizeGiB: z.number() })).min(1);
const gibibytes = z.number().optional().catch(undefined);

/** Of a new image, that of the one it replaces: its disks are of the same server. */
function sizeGiB(change: PlannedChange, state: ResourceState | undefined): number | undefined {
    const outputs = change.olds?.outputs ?? state?.outputs;
    const whole = disks.safeParse(outputs?.disks);
    if (whole.success) return whole.data.reduce((sum, disk) => sum + disk.sizeGiB, 0);
    return gibibytes.parse(outputs?.systemDiskGiB);
}

/** What was made for earlier versions goes with them; their sizes are in no state. */
function earlierVersions(change: PlannedChange): BilledItem[] {
    const kind = keptKind(change);
    if (kind === undefined) return [];
    return versionsPushedOut(change).map((id) => ({
        billed: { kind },
        priceName: `a GiB of ${kind}`,
        what: `earlier version ${id}`,
        quantity: undefined,
        sign: -1,
    }));
}
