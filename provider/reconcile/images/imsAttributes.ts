import type { ImagePatch } from "../../clouds/huawei/ims/images";
import type { ImsImage } from "./imsImages";

/** The attributes of an IMS image that can be changed in place. */
export interface ImsAttributes {
    name: string;
    /** Undefined means empty. */
    description: string | undefined;
    /** The minimum memory of a server; undefined means 0. */
    minRamMiB: number | undefined;
    /** The maximum memory of a server; undefined means no limit. */
    maxRamMiB: number | undefined;
}

/** The patches that change an image to the wanted attributes. */
export function imsPatch(image: ImsImage, wanted: ImsAttributes): ImagePatch[] {
    const { name, description = "", minRamMiB = 0, maxRamMiB } = wanted;
    const steps: [boolean, ImagePatch][] = [
        [name !== image.name, { op: "replace", path: "/name", value: name }],
        // Not "replace", because the image may have no description (IMG.0035).
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

/** Lists the attributes in which an existing image differs. */
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

/** The attributes that a refresh reads; default values are omitted. */
export function imsAttributesOf(image: ImsImage) {
    return {
        description: image.description || undefined,
        minRamMiB: image.minRamMiB || undefined,
        maxRamMiB: image.maxRamMiB || undefined,
    };
}
