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
    run: (caller, params) => {
        const image = ownedImage(caller, params.ImageId);
        if (image.status !== "Available" && image.status !== "Deprecated") throw apiError(ecsRules.imageNotReady);
        if (params.Status === "Deprecated" && image.shareAccounts.length > 0) throw apiError(ecsRules.deprecateShared);
        if (params.ImageName !== undefined && params.ImageName !== image.name) {
            checkNameIsFree(caller, params.ImageName);
        }
        caller.store.put(ecsImageKind, params.ImageId, {
            ...image,
            name: params.ImageName ?? image.name,
            description: params.Description ?? image.description,
            family: params.ImageFamily ?? image.family,
            bootMode: params.BootMode ?? image.bootMode,
            status: params.Status ?? image.status,
            features: {
                nvme: params["Features.NvmeSupport"] ?? image.features?.nvme,
                imds: params["Features.ImdsSupport"] ?? image.features?.imds,
            },
        });
        return {};
    },
});
