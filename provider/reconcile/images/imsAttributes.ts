import type { ImagePatch } from "../../clouds/huawei/ims/images";
import type { ImsImage } from "./imsImages";

/** What of an IMS image can be changed in place. */
export interface ImsAttributes {
    name: string;
    /** Empty when it is undefined. */
    description: string | undefined;
    /** A server needs at least so much memory; 0 when it is undefined. */
    minRamMiB: number | undefined;
    /** A server may have at most so much memory; any when it is undefined. */
    maxRamMiB: number | undefined;
}

/** The steps from an image as it is to one as it is wanted. */
export function imsPatch(image: ImsImage, wanted: ImsAttributes): ImagePatch[] {
    const { name, description = "", minRamMiB = 0, maxRamMiB } = wanted;
    const steps: [boolean, ImagePatch][] = [
        [name !== image.name, { op: "replace", path: "/name", value: name }],
        // Not "replace", because an image may have none (IMG.0035).
        [description !== (image.description ?? ""), { op: "add", path: "/__description", value: description }],
        [minRamMiB !== (image.minRamMiB ?? 0), { op: "replace", path: "/min_ram", value: minRamMiB }],
        [
            maxRamMiB !== image.maxRamMiB,
            maxRamMiB === undefined
                ? { op: "remove", path: "/max_ram" }
                : { op: "add", path: "/max_ram", value: maxRamMiB },
        ],
    ];
    return steps.flatMap(([isNeeded, step]) => (isNeeded ? [step] : []));
}

/** What of the attributes an existing image has otherwise. */
export function imsDifferences(image: ImsImage, wanted: Omit<ImsAttributes, "name"> & { name?: string }): string[] {
    const asked: [string, string | number, string | number][] = [
        ["name", wanted.name ?? image.name, image.name],
        ["description", wanted.description ?? "", image.description ?? ""],
        ["minimum memory in MiB", wanted.minRamMiB ?? 0, image.minRamMiB ?? 0],
        ["maximum memory in MiB", wanted.maxRamMiB ?? "any", image.maxRamMiB ?? "any"],
    ];
    return asked
        .filter(([, wantedValue, found]) => wantedValue !== found)
        .map(([what, wantedValue, found]) => `its ${what} is "${found}", not "${wantedValue}"`);
}

/** What a refresh says of the attributes; what stands at its default is left out. */
export function imsAttributesOf(image: ImsImage) {
    return {
        description: image.description || undefined,
        minRamMiB: image.minRamMiB || undefined,
        maxRamMiB: image.maxRamMiB || undefined,
    };
}
