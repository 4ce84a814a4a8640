import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { flag, id, oneOf, required, text } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { checkNameIsFree, imageName } from "./imageNames";
import { ecsImageKind } from "./models";
import { ownedImage } from "./visibleImages";

/** An omitted or empty value leaves the attribute unchanged ("Default value: null", SDK 7.11.6). */
export const modifyImageAttribute = operation({
    name: "ModifyImageAttribute",
    parameters: {
        RegionId: required(text()),
        ImageId: required(id),
        ImageName: text({ pattern: imageName }),
        Description: text({ pattern: /^(?!https?:\/\/).{2,256}$/su }),
        ImageFamily: text({ pattern: imageName }),
        BootMode: oneOf(["BIOS", "UEFI", "UEFI-Preferred"]),
        Status: oneOf(["Deprecated", "Available"]),
        "Features.NvmeSupport": oneOf(["supported", "unsupported"]),
        "Features.ImdsSupport": oneOf(["v1", "v2"]),
        // Accepted and ignored: no list shows it.
        LicenseType: oneOf(["BYOL"]),
        DryRun: flag,
    },
    run: (caller, asked) => {
        const image = ownedImage(caller, asked.ImageId);
        if (image.status !== "Available" && image.status !== "Deprecated") throw apiError(ecsRules.imageNotReady);
        if (asked.Status === "Deprecated" && image.shareAccounts.length > 0) throw apiError(ecsRules.deprecateShared);
        if (asked.ImageName !== undefined && asked.ImageName !== image.name) {
            checkNameIsFree(caller, asked.ImageName);
        }
        caller.store.put(ecsImageKind, asked.ImageId, {
            ...image,
            name: asked.ImageName ?? image.name,
            description: asked.Description ?? image.description,
            family: asked.ImageFamily ?? image.family,
            bootMode: asked.BootMode ?? image.bootMode,
            status: asked.Status ?? image.status,
            features: {
                nvme: asked["Features.NvmeSupport"] ?? image.features?.nvme,
                imds: asked["Features.ImdsSupport"] ?? image.features?.imds,
            },
        });
        return {};
    },
});
