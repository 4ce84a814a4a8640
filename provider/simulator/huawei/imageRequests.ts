import { z } from "zod";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { imageRequestRules } from "./imageRules";
import { isRunning, jobs } from "./jobs";
import { images, type Tag } from "./objects";
import { refuse } from "./rules";

/** The setting of the world's `imageQuota`. */
export const imageQuotaSetting = "huawei.imageQuota";

/** OTC constraints: 50 private images a region. */
export function imageQuotaOf(sim: Simulation): number {
    return sim.settings.get<number>(imageQuotaSetting) ?? 50;
}

/** HW22: 40 concurrent create tasks. */
const createTasks = 40;

export const tagQuota = 10;

/** The fields that every request for an image has. */
export const imageRequest = z.object({
    name: z.string().optional(),
    description: z.string().optional(),
    tags: z.array(z.string()).optional(),
    image_tags: z.array(z.object({ key: z.string(), value: z.string().default("") })).optional(),
    min_ram: z.number().int().min(0).optional(),
    max_ram: z.number().int().min(0).optional(),
    enterprise_project_id: z.string().optional(),
});

/** What the user said about the image to come. */
export interface ImageDraft {
    readonly name: string;
    readonly tags: readonly Tag[];
    readonly minRamMiB: number;
    readonly enterpriseProjectId: string;
    readonly attributes: Readonly<Record<string, string>>;
}

export function checkName(name: string | undefined): string {
    if (name === undefined || name === "") throw refuse(imageRequestRules.nameMissing);
    if ([...name].length > 128) throw refuse(imageRequestRules.nameTooLong);
    if (!/^[\p{L}\p{N}\-_.]([\p{L}\p{N} \-_.]*[\p{L}\p{N}\-_.])?$/u.test(name)) {
        throw refuse(imageRequestRules.nameFormat, `(${name})`);
    }
    return name;
}

export function checkDescription(description: string): void {
    if ([...description].length > 1024) throw refuse(imageRequestRules.descriptionTooLong);
    if (/[\r<>]/.test(description)) throw refuse(imageRequestRules.descriptionFormat);
}

/** MiB or GiB given as text. */
export function memory(text: string): number {
    const size = Number(text);
    if (!Number.isInteger(size) || size < 0 || text === "") throw refuse(imageRequestRules.memoryInvalid, `(${text})`);
    return size;
}

export function checkTag(tag: Tag): Tag {
    const isValid = tag.key.length > 0 && tag.key.length <= 36 && tag.value.length <= 43;
    if (!isValid || /[=*<>\\,|/]/.test(tag.key)) throw refuse(imageRequestRules.tagInvalid, `(${tag.key})`);
    return tag;
}

/** Adds tags by key; a known key gets the new value. */
export function withTags(present: readonly Tag[], added: readonly Tag[]): Tag[] {
    const byKey = new Map(present.map((tag) => [tag.key, tag]));
    for (const tag of added) byKey.set(tag.key, checkTag(tag));
    if (byKey.size > tagQuota) throw refuse(imageRequestRules.tagQuota);
    return [...byKey.values()];
}

/** "key.value" of the older field. */
function readTag(text: string): Tag {
    const [key = "", ...rest] = text.split(".");
    return { key, value: rest.join(".") };
}

/** Checks what the user said about the image (R16, R17). */
export function draftOf(sim: Simulation, shelf: Shelf, request: z.infer<typeof imageRequest>): ImageDraft {
    const name = checkName(request.name);
    if (request.description !== undefined) checkDescription(request.description);
    // tags and image_tags exclude each other (OTC creating_a_full-ecs_image.rst).
    if (request.tags && request.image_tags) throw refuse(imageRequestRules.tagInvalid, "(tags and image_tags)");
    const tags = withTags([], request.image_tags ?? (request.tags ?? []).map(readTag));
    if (shelf.list(images).length >= imageQuotaOf(sim)) throw refuse(imageRequestRules.imageQuota);
    const running = shelf.list(jobs).filter(({ value }) => value.service === "ims" && isRunning(value));
    if (running.length >= createTasks) throw refuse(imageRequestRules.tooManyTasks);
    return {
        name,
        tags,
        minRamMiB: request.min_ram ?? 0,
        enterpriseProjectId: request.enterprise_project_id ?? "0",
        attributes: {
            ...(request.description === undefined ? {} : { __description: request.description }),
            ...(request.max_ram === undefined ? {} : { max_ram: String(request.max_ram) }),
            hw_firmware_type: "bios",
        },
    };
}
