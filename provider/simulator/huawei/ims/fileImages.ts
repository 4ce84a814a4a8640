import { z } from "zod";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import type { Operation } from "../gateway/operation";
import { runJob } from "../jobs/jobs";
import { type Image, images } from "../models/image";
import { refuse } from "../rules";
import { endImage, type ImageWork, orderImage, usedBytes } from "./imageLife";
import { draftOf, imageRequest } from "./imageRequests";
import { imageRequestRules, imageSourceRules as rules } from "./imageRules";
import { newImage } from "./newImage";
import { systemOf, unknownVersion } from "./osVersions";

/** An image of a file in a bucket. Buckets are not simulated: every name counts as an existing file. */
export const fileImage = imageRequest.extend({
    image_url: z.string(),
    min_disk: z.number().int().optional(),
    os_version: z.string().optional(),
    os_type: z.enum(["Linux", "Windows", "Other"]).optional(),
    type: z.string().optional(),
    cmk_id: z.string().optional(),
    is_config: z.boolean().optional(),
    is_quick_import: z.boolean().optional(),
    hw_firmware_type: z.string().optional(),
});

type FileImage = z.infer<typeof fileImage>;

interface FileImageWork extends ImageWork {
    readonly image: Omit<Image, "createdAt" | "updatedAt">;
}

const begin = kind<FileImageWork>("huawei.fileImage.begin");
const finish = kind<FileImageWork>("huawei.fileImage.finish");

/** The environment of an image for each type in a request (OTC creating_an_image.rst). */
const environments: Readonly<Record<string, string>> = {
    ECS: "FusionCompute",
    FusionCompute: "FusionCompute",
    BMS: "Ironic",
    Ironic: "Ironic",
    IsoImage: "IsoImage",
};

function environmentOf({ type = "ECS", os_version, is_quick_import }: FileImage): string {
    const environment = Object.hasOwn(environments, type) ? environments[type] : undefined;
    if (environment === undefined) throw refuse(rules.imageTypeUnknown, type);
    if (environment === "IsoImage" && !os_version) throw refuse(rules.isoWithoutSystem);
    if (is_quick_import && !os_version) throw refuse(rules.osVersionMissing, "(os_version)");
    return environment;
}

function checkDisk(wanted: FileImage, isData: boolean): number {
    const [min, max] = isData ? [1, 2048] : [1, 1024];
    const size = wanted.min_disk ?? 0;
    if (size < min || size > max) throw refuse(imageRequestRules.memoryInvalid, `(min_disk ${size})`);
    return size;
}

/** Begins an image of a file: a system disk image or a data disk image. */
export function orderFileImage(operation: Operation, wanted: FileImage, isData = false, parentId?: string): ImageWork {
    const { sim, store, scope, project } = operation;
    if (!/^[^:\s]+:[^\s]+$/.test(wanted.image_url)) throw refuse(rules.fileAddress, `(${wanted.image_url})`);
    const draft = draftOf(operation, wanted);
    const environment = isData ? "DataImage" : environmentOf(wanted);
    const minDiskGiB = checkDisk(wanted, isData);
    const firmware = wanted.hw_firmware_type ?? "bios";
    if (firmware !== "bios" && firmware !== "uefi") throw refuse(rules.firmwareType, firmware);
    const work = orderImage(sim, store, {
        type: isData ? "imsImportDataImageJob" : "imsImportImageJob",
        parentId,
        expectedMs: durationOf(sim, "imageImport"),
        entities: { image_name: draft.name },
    });
    operation.names(work.jobId, work.imageId);
    const image = newImage(
        {
            ...draft,
            id: work.imageId,
            projectId: project.id,
            status: "saving",
            dataOrigin: `file,${wanted.image_url}`,
            os: systemOf(wanted.os_version ?? unknownVersion, wanted.os_type === "Other" ? undefined : wanted.os_type),
            systemDiskGiB: minDiskGiB,
            minDiskGiB,
            sizeBytes: usedBytes(minDiskGiB),
            attributes: {
                ...draft.attributes,
                hw_firmware_type: firmware,
                virtual_env_type: environment,
                __root_origin: "file",
                ...(environment === "IsoImage" ? { disk_format: "iso" } : {}),
                ...(wanted.cmk_id ? { __system__cmkid: wanted.cmk_id } : {}),
                ...(wanted.is_config ? { __is_config_init: "true" } : {}),
            },
            jobId: work.jobId,
        },
        operation.now,
    );
    sim.schedule(begin, scope, durationOf(sim, "systemImageRow"), { ...work, image });
    return work;
}

export function declareFileImageJobs(sim: Simulation): void {
    sim.onJob(begin, ({ sim, store, body, failure }) => {
        if (failure !== undefined) return endImage(sim, store, body, failure);
        store.put(images, body.imageId, newImage(body.image, sim.clock.now()));
        runJob(store, body.jobId, { image_id: body.imageId });
        sim.schedule(finish, store.scope, durationOf(sim, "imageImport") - durationOf(sim, "systemImageRow"), body);
    });
    sim.onJob(finish, ({ sim, store, body, failure }) => endImage(sim, store, body, failure));
}
