import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { flag, integer, invalidParameter, oneOf, type Parameter, positionsOf, text } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { ecsSnapshotKind, type ImageDisk } from "./models";

/** A data disk in the parameters of RunInstances: `DataDisk.N.Size` and others. */
export interface RequestedDisk {
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

export const maxDataDisks = 16;
const size = integer({ min: 20, max: 65_536 });
const category = oneOf(diskCategories);
const words = text({ pattern: /^(?!https?:\/\/).{2,256}$/su });
const device = text({ pattern: /^\/dev\/[a-z]{2,4}$/ });

export const dataDisks: Parameter<readonly RequestedDisk[]> = {
    isId: false,
    read: (given, name) => {
        const disks = positionsOf(given, name).map((position): RequestedDisk => {
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
        if (disks.length > maxDataDisks) throw invalidParameter(name, `at most ${maxDataDisks} disks`);
        return disks;
    },
};

/** A data disk of an instance to be created. */
export type PlannedDisk = RequestedDisk & { readonly sizeGiB: number; readonly device: string };

/** Returns the snapshot of the image's disk with this device, or "" if the caller has none. */
export type SnapshotOf = (device: string) => string;

/**
 * The data disks of the image, enlarged if the request says so, and the additional disks of the request (RunInstances,
 * SDK 7.11.6). DiskDeviceMapping says that a disk cannot be smaller than the image's disk.
 */
export function planDataDisks(
    caller: Caller,
    ofImage: readonly ImageDisk[],
    requested: readonly RequestedDisk[],
    snapshotOf: SnapshotOf,
): PlannedDisk[] {
    const inherited = ofImage.filter(({ type }) => type === "data").map((disk) => inherit(disk, requested, snapshotOf));
    const taken = new Set(["/dev/xvda", ...inherited.map((disk) => disk.device)]);
    const further = requested
        .filter((disk) => !inherited.some((own) => own.device === disk.device))
        .map((disk) => {
            const free = freeDevices.find((candidate) => !taken.has(candidate)) ?? "";
            const planned = { ...disk, device: disk.device ?? free, sizeGiB: sizeOf(caller, disk) };
            if (taken.has(planned.device)) throw apiError(ecsRules.deviceTaken, { device: planned.device });
            taken.add(planned.device);
            return planned;
        });
    const all = [...inherited, ...further];
    if (all.length > maxDataDisks) throw invalidParameter("DataDisk", `at most ${maxDataDisks} disks`);
    return all;
}

const freeDevices = [..."bcdefghijklmnopqrstuvwxyz"].map((letter) => `/dev/xvd${letter}`);

function inherit(disk: ImageDisk, requested: readonly RequestedDisk[], snapshotOf: SnapshotOf): PlannedDisk {
    const change = requested.find((candidate) => candidate.device === disk.device);
    const sizeGiB = change?.sizeGiB ?? disk.sizeGiB;
    if (sizeGiB < disk.sizeGiB) throw apiError(ecsRules.dataDiskTooSmall, { minimum: disk.sizeGiB });
    return {
        name: change?.name ?? "",
        description: change?.description ?? "",
        category: change?.category ?? "cloud_efficiency",
        isEncrypted: change?.isEncrypted ?? false,
        isReleasedWithInstance: change?.isReleasedWithInstance ?? true,
        snapshotId: snapshotOf(disk.device) || undefined,
        device: disk.device,
        sizeGiB,
    };
}

/** "If SnapshotId is specified, Size is ignored": the disk has the size of the snapshot. */
function sizeOf(caller: Caller, { snapshotId, sizeGiB }: RequestedDisk): number {
    if (snapshotId !== undefined) {
        const snapshot = caller.store.get(ecsSnapshotKind, snapshotId);
        if (!snapshot) throw apiError(ecsRules.unknownSnapshot);
        return snapshot.sizeGiB;
    }
    if (sizeGiB === undefined) throw invalidParameter("DataDisk", "give Size or SnapshotId");
    return sizeGiB;
}
