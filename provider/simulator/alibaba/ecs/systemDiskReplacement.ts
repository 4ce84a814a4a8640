import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { flag, id, integer, required, text, withDefault } from "../gateway/parameters";
import { isValidPassword } from "../swas/passwords";
import { putDisk, systemDiskOf } from "./disks";
import { ecsRules } from "./ecsRules";
import { snapshotsByDevice } from "./imageList";
import { instanceOf, needStatus, regionOfInstance } from "./instanceLookup";
import { usualSystemDiskGiB } from "./instances";
import { ecsDiskKind, ecsInstanceKind } from "./models";
import { launchableImage, systemDiskGiB } from "./visibleImages";

/** Releases the old system disk immediately. Keeps the data disks and the instance, which stays stopped. */
export const replaceSystemDisk = operation({
    name: "ReplaceSystemDisk",
    locate: regionOfInstance,
    parameters: {
        InstanceId: required(id),
        // Required, although the schema says otherwise ("use ImageId instead" for the deprecated DiskId).
        ImageId: required(id),
        "SystemDisk.Size": integer({ min: 1, max: 2048 }),
        Password: text(),
        KeyPairName: withDefault(text(), ""),
        PasswordInherit: withDefault(flag, false),
        Encrypted: withDefault(flag, false),
        KMSKeyId: text(),
        EncryptAlgorithm: text(),
        SecurityEnhancementStrategy: text({ values: ["Active", "Deactive"] }),
        UseAdditionalService: flag,
        // Deprecated and ignored.
        DiskId: id,
        Architecture: text({ values: ["i386", "x86_64"] }),
        Platform: text(),
    },
    run: (caller, params) => {
        const instance = instanceOf(caller, params.InstanceId);
        needStatus(instance, "Stopped");
        const image = launchableImage(caller, params.ImageId);
        const old = systemDiskOf(caller, params.InstanceId);
        const oldGiB = old?.value.sizeGiB ?? 0;
        const minimum = Math.max(oldGiB, systemDiskGiB(image));
        const size = params["SystemDisk.Size"] ?? Math.max(minimum, usualSystemDiskGiB);
        if (size < minimum) throw apiError(ecsRules.systemDiskTooSmall, { minimum });
        if (params.Password !== undefined && !isValidPassword(image.osType === "windows", params.Password)) {
            throw apiError(ecsRules.passwordInvalid);
        }
        if (params.PasswordInherit && image.alias === "system") throw apiError(ecsRules.passwordInherit);
        if (old) caller.store.delete(ecsDiskKind, old.id);
        const DiskId = putDisk(caller, {
            instanceId: params.InstanceId,
            type: "system",
            device: "/dev/xvda",
            sizeGiB: size,
            name: old?.value.name ?? "",
            description: old?.value.description ?? "",
            // "You cannot change the disk type of the system disk."
            category: old?.value.category ?? "cloud_essd",
            snapshotId: snapshotsByDevice(caller, image)("/dev/xvda"),
            isEncrypted: params.Encrypted || (image.own?.isEncrypted ?? false),
            isReleasedWithInstance: true,
        });
        caller.store.change(ecsInstanceKind, params.InstanceId, {
            imageId: params.ImageId,
            osType: image.osType,
            osName: image.osName,
            keyPairName: params.KeyPairName,
        });
        return { DiskId };
    },
});
