import { z } from "zod";
import { flag, list, number, optionalNumber, optionalText, text } from "../../answerFields";
import { joinEqual, joinLookups } from "../../joinedLookups";
import { allPages } from "../../pages";
import { isAboutOneObject, isGone } from "../failures";
import { noContent, path, type Rest } from "../rest";

const IMAGES_PER_PAGE = 100;
/** As many single questions cost no more than a list of all private images, of which a region has at most 100. */
const SINGLE_QUESTIONS = 2;

// Numbers and flags come as strings, and max_ram does while min_ram does not (docs/reference/ims.md#image-fields).
const image = z
    .object({
        id: text,
        name: optionalText,
        owner: optionalText,
        status: text,
        visibility: optionalText,
        min_disk: optionalNumber,
        min_ram: optionalNumber,
        max_ram: optionalNumber,
        created_at: optionalText,
        updated_at: optionalText,
        tags: list(z.string()),
        protected: flag,
        __whole_image: flag,
        __backup_id: optionalText,
        __data_origin: optionalText,
        __imagetype: optionalText,
        __os_type: optionalText,
        __os_version: optionalText,
        __description: optionalText,
        __image_size: optionalNumber,
        __support_fc_inject: flag,
    })
    .transform((found) => ({
        id: found.id,
        name: found.name,
        /** The project that owns it. */
        owner: found.owner,
        /** "queued", "saving", "active", "killed" or "deleted". The console calls "active" Normal. */
        status: found.status,
        visibility: found.visibility,
        /** "gold", "private", "shared" or "market". */
        imageType: found.__imagetype,
        wholeImage: found.__whole_image,
        /** The backup behind a whole image, where its data disks are named. */
        backupId: found.__backup_id,
        dataOrigin: found.__data_origin,
        osType: found.__os_type,
        osVersion: found.__os_version,
        /** Its servers take keys through cloud-init: the field is true when they do not (IMS, image attributes). */
        hasCloudInit: !found.__support_fc_inject,
        description: found.__description,
        /** The system disk's size only. */
        minDiskGiB: found.min_disk,
        minRamMiB: found.min_ram,
        maxRamMiB: found.max_ram,
        sizeBytes: found.__image_size,
        protected: found.protected,
        createdAt: found.created_at,
        updatedAt: found.updated_at,
        /** As the image document shows them: "key=value" or plain words. `imageTags` gives them apart. */
        tagTexts: found.tags,
    }));

// Undefined when the cloud counts no images (docs/reference/ims.md#image-quotas).
const quotas = z
    .object({
        quotas: z.object({
            resources: list(z.object({ type: text, used: number, quota: number })),
        }),
    })
    .transform(({ quotas: { resources } }) => {
        const found = resources.find(({ type }) => type === "image");
        return found && { used: found.used, most: found.quota };
    });

const imagePage = z.object({ images: list(image) });

export type HuaweiImage = z.output<typeof image>;

export interface ImageFilter {
    id?: string;
    /** Exactly. */
    name?: string;
    wholeImage?: boolean;
    status?: "queued" | "saving" | "active" | "killed" | "deleted";
    /** Project id. */
    owner?: string;
    imageType?: "gold" | "private" | "shared";
    visibility?: "public" | "private" | "shared";
    memberStatus?: "accepted" | "rejected" | "pending";
}

/** One step of an update: JSON patch on attributes such as "/name", "/__description", "/min_ram". */
export interface ImagePatch {
    /** "replace" needs the attribute to exist, or the cloud answers IMG.0035; "add" sets it either way. */
    op: "add" | "replace" | "remove";
    path: `/${string}`;
    value?: string | number;
}

/**
 * Finding, changing and deleting images.
 *
 * @param project the id of the account's project: what it owns is listed by owner, because an own image that is shared
 *   is no longer listed as private (docs/reference/ims.md#lists)
 */
export function imageOperations(rest: Rest, project: () => Promise<string>) {
    const images = (filter: ImageFilter = {}): Promise<HuaweiImage[]> =>
        allPages({ cloud: rest.cloud, operation: "ListImages" }, async (_page, found: readonly HuaweiImage[]) => {
            const page = await rest.ask({
                operation: "ListImages",
                method: "GET",
                path: path`/v2/cloudimages`,
                query: {
                    id: filter.id,
                    name: filter.name,
                    __whole_image: filter.wholeImage,
                    status: filter.status,
                    owner: filter.owner,
                    __imagetype: filter.imageType,
                    visibility: filter.visibility,
                    member_status: filter.memberStatus,
                    limit: IMAGES_PER_PAGE,
                    // There is no link to the next page: it starts after the last image of this one
                    // (docs/reference/ims.md#lists).
                    marker: found.at(-1)?.id,
                },
                answer: imagePage,
                idempotent: true,
            });
            return { items: page.images, isLast: page.images.length < IMAGES_PER_PAGE };
        });

    // The list, because an unknown id is an empty list there and works for shared images too
    // (docs/reference/ims.md#lists).
    const each = async (ids: readonly string[]) => (await Promise.all(ids.map((id) => images({ id })))).flat();

    return {
        /** Images that fit, all pages. */
        images,

        /** The project's own images, all pages. Joined with others who ask at the same time. */
        ownImages: joinEqual(async (began) => {
            const owner = await project();
            began();
            return images({ owner });
        }),

        /**
         * One image, also one that is shared to this project; undefined when there is none (any more). Joined with
         * others: several come from one list.
         */
        image: joinLookups({
            find: async (take) => {
                const ids = take();
                if (ids.length <= SINGLE_QUESTIONS) return each(ids);
                const own = await images({ owner: await project() });
                const missing = ids.filter((id) => !own.some((image) => image.id === id));
                return [...own, ...(await each(missing))];
            },
            idOf: ({ id }) => id,
            isAboutOne: isAboutOneObject,
        }),

        /** One of the project's own images as a lookup by its id shows it, which lists may do later; undefined when there is none. */
        async shownImage(imageId: string): Promise<HuaweiImage | undefined> {
            try {
                return await rest.ask({
                    operation: "GlanceShowImage",
                    method: "GET",
                    path: path`/v2/images/${imageId}`,
                    answer: image,
                    idempotent: true,
                });
            } catch (error) {
                if (isGone(error)) return undefined;
                throw error;
            }
        },

        /** How many private images the project has, and how many it may have. Joined with others who ask at the same time. */
        imageQuota: joinEqual((began) => {
            began();
            return rest.ask({
                operation: "ShowImageQuota",
                method: "GET",
                path: path`/v1/cloudimages/quota`,
                answer: quotas,
                idempotent: true,
            });
        }),

        /** Changes an active image. @throws CloudError IMG.0035 for "replace" of an attribute it does not have */
        updateImage: (imageId: string, patch: ImagePatch[]): Promise<HuaweiImage> =>
            rest.ask({
                operation: "UpdateImage",
                method: "PATCH",
                path: path`/v2/cloudimages/${imageId}`,
                body: patch,
                answer: image,
                idempotent: true,
            }),

        /**
         * Starts the deletion; finished when `image` answers undefined.
         * @param options deleteBackup also deletes the backup behind a whole image, which costs money as long as it
         *   is kept
         */
        deleteImage: (imageId: string, options: { deleteBackup: boolean }): Promise<void> =>
            rest.ask({
                operation: "DeleteImage",
                method: "DELETE",
                path: path`/v2/images/${imageId}`,
                body: { delete_backup: options.deleteBackup },
                answer: noContent,
                idempotent: true,
            }),
    };
}
