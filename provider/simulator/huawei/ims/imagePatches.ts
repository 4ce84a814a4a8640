import { z } from "zod";
import type { Simulation } from "../../core/simulation";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Image, images } from "../models/image";
import { findVisible } from "../models/visibleImages";
import { refuse } from "../rules";
import { imageDocument } from "./imageDocument";
import { checkDescription, checkName, memory, readTag, withTags } from "./imageRequests";
import { imageRequestRules, imageRules } from "./imageRules";
import { ownImage } from "./images";
import { readOnlyAttributes } from "./readOnlyAttributes";
import { glance, ims } from "./service";

const plain = z.union([z.string(), z.number(), z.boolean()]);
const value = z.union([plain, z.array(z.string())]);
const operations = z
    .array(z.object({ op: z.enum(["replace", "add", "remove"]), path: z.string(), value: value.optional() }))
    .min(1);
const oldOperations = z.array(z.record(z.string(), plain)).min(1);

interface Change {
    readonly op: "replace" | "add" | "remove";
    readonly name: string;
    readonly value: string;
    /** The tags, the only attribute that is a list. */
    readonly list?: readonly string[];
    readonly isNative?: boolean;
}

/** Attributes that an image can lack, in addition to __support_*. */
const optional = new Set([
    "__description",
    "max_ram",
    "hw_firmware_type",
    "hw_vif_multiqueue_enabled",
    "__is_config_init",
    "__os_feature_list",
    "__image_displayname",
    "os_shutdown_timeout",
]);

/** Attributes that every image has. */
const mandatory: Record<string, (value: string, image: Image) => Partial<Image>> = {
    name: (text) => {
        checkName(text);
        return { name: text };
    },
    min_ram: (text) => ({ minRamMiB: memory(text) }),
    min_disk: (text, { systemDiskGiB }) => {
        const minDiskGiB = memory(text);
        // The disk of a server must hold the system disk of the image or its backup.
        if (minDiskGiB < systemDiskGiB) throw refuse(imageRequestRules.memoryInvalid, `(at least ${systemDiskGiB} GB)`);
        return { minDiskGiB };
    },
    enterprise_project_id: (text) => ({ enterpriseProjectId: text }),
    protected: (text) => ({ isProtected: text === "true" }),
    __os_version: (version, { os }) => ({ os: { ...os, version } }),
};

function checkOptional(name: string, text: string): void {
    if (name === "__description") checkDescription(text);
    if (name === "max_ram") memory(text);
}

/**
 * Native requests can add any attribute (OTC modifying_an_image_native_openstack_api.rst), except names of IMS itself.
 */
const isCustom = (name: string): boolean => /^[a-z0-9][a-z0-9_.:-]{0,254}$/.test(name) && !readOnlyAttributes.has(name);

function applied(sim: Simulation, image: Image, { op, name, value, list, isNative }: Change): Image {
    if (isNative && name === "tags") return { ...image, tags: withTags(sim, [], (list ?? []).map(readTag)) };
    const ofEvery = Object.hasOwn(mandatory, name) ? mandatory[name] : undefined;
    if (ofEvery) {
        if (op === "remove") throw refuse(imageRules.attributeConflict, name);
        return { ...image, ...ofEvery(value, image) };
    }
    const isKnown = optional.has(name) || /^__support_[a-z0-9_]+$/.test(name) || (isNative && isCustom(name));
    // Names of extended attributes are lower case (OTC updating_an_image.rst).
    if (!isKnown) throw refuse(imageRequestRules.malformedBody, `(${name} cannot be changed)`);
    const isPresent = Object.hasOwn(image.attributes, name);
    if (op !== "add" && !isPresent) throw refuse(imageRules.attributeConflict, `${name} does not exist`);
    const { [name]: _, ...others } = image.attributes;
    if (op === "remove") return { ...image, attributes: others };
    checkOptional(name, value);
    return { ...image, attributes: { ...image.attributes, [name]: value } };
}

function patch(operation: Operation, changes: readonly Change[]): Reply {
    const { store } = operation;
    const id = operation.param("image_id");
    const image = ownImage(operation, id);
    if (image.status !== "active") throw refuse(imageRules.unavailable, id);
    store.put(images, id, {
        ...changes.reduce((before, change) => applied(operation.sim, before, change), image),
        updatedAt: operation.now,
    });
    const visible = findVisible(operation, id);
    if (!visible) throw refuse(imageRules.missing, id);
    return ok(imageDocument(visible));
}

function changesOf(operation: Operation): Change[] {
    return operation.body(operations).map(({ op, path, value }) => {
        if (!path.startsWith("/")) throw refuse(imageRequestRules.malformedBody, `(path ${path})`);
        if (op !== "remove" && value === undefined) throw refuse(imageRequestRules.malformedBody, `(value of ${path})`);
        const list = Array.isArray(value) ? value : undefined;
        return { op, name: path.slice(1), value: String(value ?? ""), list };
    });
}

/** [{"replace": "/name", "value": "..."}] of application/openstack-images-v2.0-json-patch. */
function oldChangesOf(operation: Operation): Change[] {
    return operation.body(oldOperations).map((entry) => {
        for (const op of ["replace", "add", "remove"] as const) {
            const path = entry[op];
            if (path === undefined) continue;
            const { value } = entry;
            if (op !== "remove" && value === undefined) {
                throw refuse(imageRequestRules.malformedBody, `(value of ${path})`);
            }
            return { op, name: String(path).replace(/^\//, ""), value: String(value ?? "") };
        }
        throw refuse(imageRequestRules.malformedBody);
    });
}

function patchNative(operation: Operation): Reply {
    const isOld = (operation.request.headers["content-type"] ?? "").includes("v2.0-json-patch");
    const changes = isOld ? oldChangesOf(operation) : changesOf(operation);
    return patch(
        operation,
        changes.map((change) => ({ ...change, isNative: true })),
    );
}

export const imagePatchRoutes: readonly Route[] = [
    {
        method: "PATCH",
        path: "/v2/cloudimages/{image_id}",
        service: ims,
        operation: "UpdateImage",
        handler: (operation) => patch(operation, changesOf(operation)),
    },
    {
        method: "PATCH",
        path: "/v2/images/{image_id}",
        service: glance,
        operation: "GlanceUpdateImage",
        handler: patchNative,
    },
];
