import { z } from "zod";
import { flag, list, number, optionalNumber, optionalText, text } from "../../answerFields";
import { joinEqual, joinLookups } from "../../joinedLookups";
import { allPages } from "../../pages";
import { isAboutOneObject, isGone } from "../failures";
import { noContent, path, type Rest } from "../rest";

const IMAGES_PER_PAGE = 100;
/**
 * Up to this many lookups are sent one by one: this costs no more than listing all private images, of which a region
 * has at most 100.
 */
const MOST_SINGLE_LOOKUPS = 2;

// Numbers and flags are strings, and max_ram is a string while min_ram is not (docs/reference/ims.md#image-fields).
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
        /** The backup behind a whole image, which lists its data disks. */
        backupId: found.__backup_id,
        dataOrigin: found.__data_origin,
        osType: found.__os_type,
        osVersion: found.__os_version,
        /**
         * Whether its servers get keys through cloud-init: the field is true if they do not (IMS, image attributes).
         */
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
        /**
         * The tags in the image document: "key=value" or plain words. `imageTags` returns keys and values separately.
         */
        tagTexts: found.tags,
    }));

// Undefined if the cloud reports no quota of images (docs/reference/ims.md#image-quotas).
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

/** One step of an update: a JSON patch of an attribute such as "/name", "/__description" or "/min_ram". */
export interface ImagePatch {
    /**
     * "replace" requires that the attribute exists, otherwise the cloud answers IMG.0035; "add" sets it in both cases.
     */
    op: "add" | "replace" | "remove";
    path: `/${string}`;
    value?: string | number;
}

/**
 * Finds, changes and deletes images.
 *
 * @param project the id of the account's project. Own images are listed by owner, because a shared own image is no
 *   longer listed as private (docs/reference/ims.md#lists)
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
                    // There is no link to the next page: it starts after the last image of this page
                    // (docs/reference/ims.md#lists).
                    marker: found.at(-1)?.id,
                },
                answer: imagePage,
                idempotent: true,
            });
            return { items: page.images, isLast: page.images.length < IMAGES_PER_PAGE };
        });

    // Uses the list, because it is empty for an unknown id and also shows shared images (docs/reference/ims.md#lists).
    const each = async (ids: readonly string[]) => (await Promise.all(ids.map((id) => images({ id })))).flat();

    return {
        /** Images that match the filter, all pages. */
        images,

        /** The project's own images, all pages. Simultaneous calls are joined. */
        ownImages: joinEqual(async (began) => {
            const owner = await project();
            began();
            return images({ owner });
        }),

        /**
         * One image, own or shared with this project; undefined if it does not exist (any more). Simultaneous lookups
         * are joined: several images come from one list.
         */
        image: joinLookups({
            find: async (take) => {
                const ids = take();
                if (ids.length <= MOST_SINGLE_LOOKUPS) return each(ids);
                const own = await images({ owner: await project() });
                const missing = ids.filter((id) => !own.some((image) => image.id === id));
                return [...own, ...(await each(missing))];
            },
            idOf: ({ id }) => id,
            isAboutOne: isAboutOneObject,
        }),

        /**
         * One of the project's own images by its id. This lookup may show an image before lists do; undefined if it
         * does not exist.
         */
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

        /** How many private images the project has, and how many it may have. Simultaneous calls are joined. */
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
         * Starts the deletion, which is finished when `image` returns undefined.
         * @param options deleteBackup: also delete the backup behind a whole image, which is billed as long as it
         *   exists
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
