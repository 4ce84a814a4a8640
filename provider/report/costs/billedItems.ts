import { z } from "zod";
import type { Billed } from "../cloudState/prices";
import { keptKind } from "../plan/billedKind";
import { textAt, versionsPushedOut } from "../plan/facts";
import type { PlannedChange, ResourceState } from "../plan/plan";
import { secretText } from "../plan/values";
import type { PlannedAction } from "../steps/order";
import type { Step } from "../steps/steps";

/** Something that the change starts or stops being billed for. */
export interface BilledItem {
    billed: Billed;
    /** The unit of the price: "ecs.g7.large", "a GiB of backup". */
    priceName: string;
    /** "the backup of erp" */
    what: string;
    /** The number of servers, or GiB; undefined if the size is not known. */
    quantity: number | undefined;
    sign: 1 | -1;
}

/**
 * What an action adds to the bill or removes from it. Custom images of Simple Application Server and their snapshots
 * are free (billing FAQ of the product). Alibaba Cloud bills the snapshots of an ECS image, and Huawei Cloud the backup
 * of a full-server image.
 */
export function billedItems(action: PlannedAction, step: Step): BilledItem[] {
    const { change, operation } = action;
    if (operation === "update") return earlierVersions(change);
    const sign = operation === "create" ? 1 : -1;
    const state = operation === "create" ? change.news : change.olds;
    const size = serverSize(change, state);
    if (size !== undefined) {
        const dataDiskGiB = gibibytes.parse(state?.inputs.dataDiskGiB);
        const billed: Billed = { kind: "server", size, ...(dataDiskGiB !== undefined && { dataDiskGiB }) };
        const priceName = dataDiskGiB === undefined ? size : `${size} with a data disk of ${dataDiskGiB} GiB`;
        // Two unknown sizes can differ, so they must not cancel each other out.
        const quantity = size === unknownSize || size === secretText ? undefined : 1;
        return [{ billed, priceName, what: change.name, quantity, sign }];
    }
    const kind = keptKind(change);
    if (kind === undefined) return [];
    const isChild = kind !== "image";
    const isRetained =
        isChild && operation === "delete" && !(step.deletes ?? []).some((deleted) => deleted.kind === kind);
    const isExternal = change.type === "FullEcsImage" && "backup" in Object(state?.inputs.source);
    if (isRetained || isExternal) return earlierVersions(change);
    const item: BilledItem = {
        billed: { kind },
        priceName: `a GiB of ${kind}`,
        what: isChild ? `the ${kind} of ${change.name}` : `image ${change.name}`,
        quantity: sizeGiB(change, state),
        sign,
    };
    return operation === "delete" ? [item, ...earlierVersions(change)] : [item];
}

const unknownSize = "a size that is not known yet";

/** Plan, instance type or flavor; undefined if the resource is not a server. */
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

/** The size of an image. A new image counts like the one that it replaces, because both capture the same server. */
function sizeGiB(change: PlannedChange, state: ResourceState | undefined): number | undefined {
    const outputs = change.olds?.outputs ?? state?.outputs;
    const whole = disks.safeParse(outputs?.disks);
    if (whole.success) return whole.data.reduce((sum, disk) => sum + disk.sizeGiB, 0);
    return gibibytes.parse(outputs?.systemDiskGiB);
}

/** The children of earlier versions are deleted with them. The state does not hold their sizes. */
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
