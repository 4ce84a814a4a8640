import { z } from "zod";
import type { Simulation } from "../../core/simulation";
import type { Operation } from "../gateway/operation";
import type { Tag } from "../models/image";
import { refuse } from "../rules";
import { checkImageQuota } from "./imageQuota";
import { imageRequestRules } from "./imageRules";
import { tagQuota } from "./quotas";

/** The fields of every request for an image. */
export const imageRequest = z.object({
    name: z.string().optional(),
    description: z.string().optional(),
    tags: z.array(z.string()).optional(),
    image_tags: z.array(z.object({ key: z.string(), value: z.string().default("") })).optional(),
    min_ram: z.number().int().min(0).optional(),
    max_ram: z.number().int().min(0).optional(),
    enterprise_project_id: z.string().optional(),
});

/** The user's values for a new image. */
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

/** MiB or GiB given as a string. */
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

/** Adds tags by key. An existing key gets the new value. */
export function withTags(sim: Simulation, present: readonly Tag[], added: readonly Tag[]): Tag[] {
    const byKey = new Map(present.map((tag) => [tag.key, tag]));
    for (const tag of added) byKey.set(tag.key, checkTag(tag));
    if (byKey.size > sim.quotas.of(tagQuota)) throw refuse(imageRequestRules.tagQuota);
    return [...byKey.values()];
}

/** "key.value" of the older field, "key=value" of native requests, or a plain word (OTC image_tag_format.rst). */
export function readTag(text: string): Tag {
    const [, key = text, value = ""] = /^([^.=]*)[.=](.*)$/s.exec(text) ?? [];
    return { key, value };
}

/**
 * Validates the user's values for a new image (docs/reference/ims.md#names-and-descriptions,
 * docs/reference/ims.md#image-quotas).
 */
export function draftOf(operation: Operation, request: z.infer<typeof imageRequest>): ImageDraft {
    const name = checkName(request.name);
    if (request.description !== undefined) checkDescription(request.description);
    // tags and image_tags are mutually exclusive (OTC creating_a_full-ecs_image.rst).
    if (request.tags && request.image_tags) throw refuse(imageRequestRules.tagInvalid, "(tags and image_tags)");
    const tags = withTags(operation.sim, [], request.image_tags ?? (request.tags ?? []).map(readTag));
    checkImageQuota(operation);
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
