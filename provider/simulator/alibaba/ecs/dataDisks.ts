import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { flag, integer, invalidParameter, oneOf, type Parameter, positionsOf, text } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { ecsSnapshotKind, type ImageDisk } from "./models";

/** A data disk in the parameters of RunInstances: `DataDisk.N.Size` and others. */
export interface AskedDisk {
    readonly sizeGiB?: number;
    readonly snapshotId?: string;
    readonly device?: string;
    readonly name: string;
    readonly description: string;
    readonly category: string;
    readonly isEncrypted: boolean;
    readonly isReleasedWithInstance: boolean;
}

export const diskCategories = [
    "cloud_efficiency",
    "cloud_ssd",
    "cloud_essd",
    "cloud_auto",
    "cloud_essd_entry",
    "cloud",
] as const;

export const mostDataDisks = 16;
const size = integer({ min: 20, max: 65_536 });
const category = oneOf(diskCategories);
const words = text({ pattern: /^(?!https?:\/\/).{2,256}$/su });
const device = text({ pattern: /^\/dev\/[a-z]{2,4}$/ });

export const dataDisks: Parameter<readonly AskedDisk[]> = {
    isId: false,
    read: (given, name) => {
        const disks = positionsOf(given, name).map((position): AskedDisk => {
            const of = <T>(parameter: Parameter<T>, field: string) =>
                parameter.read(given, `${name}.${position}.${field}`);
            return {
                sizeGiB: of(size, "Size"),
                snapshotId: of(text(), "SnapshotId"),
                device: of(device, "Device"),
                name: of(words, "DiskName") ?? "",
                description: of(words, "Description") ?? "",
                category: of(category, "Category") ?? "cloud_efficiency",
                isEncrypted: of(flag, "Encrypted") ?? false,
                isReleasedWithInstance: of(flag, "DeleteWithInstance") ?? true,
            };
        });
        if (disks.length > mostDataDisks) throw invalidParameter(name, `at most ${mostDataDisks} disks`);
        return disks;
    },
};

/** A data disk of an instance to be created. */
export type PlannedDisk = AskedDisk & { readonly sizeGiB: number; readonly device: string };

/** Returns the snapshot of the image's disk with this device, or "" if the caller has none. */
export type SnapshotOf = (device: string) => string;

/**
 * The data disks of the image, enlarged if the request says so, and the additional disks of the request (RunInstances,
 * SDK 7.11.6). DiskDeviceMapping says that a disk cannot be smaller than the image's disk.
 */
export function planDataDisks(
    caller: Caller,
    ofImage: readonly ImageDisk[],
    asked: readonly AskedDisk[],
    snapshotOf: SnapshotOf,
): PlannedDisk[] {
    const inherited = ofImage.filter(({ type }) => type === "data").map((disk) => inherit(disk, asked, snapshotOf));
    const taken = new Set(["/dev/xvda", ...inherited.map((disk) => disk.device)]);
    const further = asked
        .filter((disk) => !inherited.some((own) => own.device === disk.device))
        .map((disk) => {
            const free = freeDevices.find((candidate) => !taken.has(candidate)) ?? "";
            const planned = { ...disk, device: disk.device ?? free, sizeGiB: sizeOf(caller, disk) };
            if (taken.has(planned.device)) throw apiError(ecsRules.deviceTaken, { device: planned.device });
            taken.add(planned.device);
            return planned;
        });
    const all = [...inherited, ...further];
    if (all.length > mostDataDisks) throw invalidParameter("DataDisk", `at most ${mostDataDisks} disks`);
    return all;
}

const freeDevices = [..."bcdefghijklmnopqrstuvwxyz"].map((letter) => `/dev/xvd${letter}`);

function inherit(disk: ImageDisk, asked: readonly AskedDisk[], snapshotOf: SnapshotOf): PlannedDisk {
    const wish = asked.find((candidate) => candidate.device === disk.device);
    const sizeGiB = wish?.sizeGiB ?? disk.sizeGiB;
    if (sizeGiB < disk.sizeGiB) throw apiError(ecsRules.dataDiskTooSmall, { minimum: disk.sizeGiB });
    return {
        name: wish?.name ?? "",
        description: wish?.description ?? "",
        category: wish?.category ?? "cloud_efficiency",
        isEncrypted: wish?.isEncrypted ?? false,
        isReleasedWithInstance: wish?.isReleasedWithInstance ?? true,
        snapshotId: snapshotOf(disk.device) || undefined,
        device: disk.device,
        sizeGiB,
    };
}

/** "If SnapshotId is specified, Size is ignored": the disk has the size of the snapshot. */
function sizeOf(caller: Caller, { snapshotId, sizeGiB }: AskedDisk): number {
    if (snapshotId !== undefined) {
        const snapshot = caller.store.get(ecsSnapshotKind, snapshotId);
        if (!snapshot) throw apiError(ecsRules.unknownSnapshot);
        return snapshot.sizeGiB;
    }
    if (sizeGiB === undefined) throw invalidParameter("DataDisk", "give Size or SnapshotId");
    return sizeGiB;
}
