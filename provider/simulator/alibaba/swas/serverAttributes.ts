import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { id, required, text, withDefault } from "../gateway/parameters";
import { regionUnlessBy } from "../locations";
import { onServer, regionOfDisk, regionOfServer, regionOfSnapshot, serverOf, snapshotOf } from "./lookup";
import { diskKind, serverKind, snapshotKind } from "./models";
import { checkPassword } from "./passwords";
import { swasRules } from "./swasRules";

const remark = text({ pattern: /^.{0,256}$/su, errorRule: swasRules.remarkInvalid });

/** Operations that change attributes of a server, its disks and its snapshots, but no data. */
export const attributeOperations = [
    operation({
        name: "UpdateInstanceAttribute",
        locate: regionOfServer,
        parameters: {
            ...onServer,
            InstanceName: text({ pattern: /^[A-Za-z0-9][\w.-]{1,49}$/ }),
            Password: text(),
        },
        run: (caller, { InstanceId, InstanceName, Password }) => {
            checkPassword(serverOf(caller, InstanceId).osType, Password);
            if (InstanceName !== undefined) caller.store.change(serverKind, InstanceId, { name: InstanceName });
            return {};
        },
    }),
    operation({
        name: "UpdateDiskAttribute",
        locate: regionOfDisk,
        parameters: { RegionId: regionUnlessBy("DiskId"), DiskId: required(id), Remark: required(remark) },
        run: ({ store }, { DiskId, Remark }) => {
            if (!store.get(diskKind, DiskId)) throw apiError(swasRules.unknownDisk);
            store.change(diskKind, DiskId, { remark: Remark });
            return {};
        },
    }),
    operation({
        name: "UpdateSnapshotAttribute",
        locate: regionOfSnapshot,
        // The remark is optional. Without it, the snapshot has no remark.
        parameters: {
            RegionId: regionUnlessBy("SnapshotId"),
            SnapshotId: required(id),
            Remark: withDefault(remark, ""),
        },
        run: (caller, { SnapshotId, Remark }) => {
            snapshotOf(caller, SnapshotId);
            caller.store.change(snapshotKind, SnapshotId, { remark: Remark });
            return {};
        },
    }),
];
