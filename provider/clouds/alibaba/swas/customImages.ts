import { z } from "zod";
import { flag, list, optionalNumber, optionalText, text, total } from "../../answerFields";
import { listAll, listByIds, listTogether, lookupByIds, onePage } from "../paging";
import type { Rpc } from "../rpc";
import { swasTags, type Tags, tagParameters } from "../tags";

// The status is a code, written as a string or as a number (docs/reference/swas-images.md#custom-images).
const STATUSES = { "0": "copying", "1": "available", "2": "unavailable", "3": "failed", "4": "creating" } as const;

/** "unknown" is a code that the documentation does not list. */
export type CustomImageStatus = (typeof STATUSES)[keyof typeof STATUSES] | "unknown";

const statusByCode = new Map<string, CustomImageStatus>(Object.entries(STATUSES));

const customImage = z
    .object({
        ImageId: text,
        Name: text,
        Description: optionalText,
        Status: text.transform((code): CustomImageStatus => statusByCode.get(code) ?? "unknown"),
        OsType: optionalText,
        RegionId: optionalText,
        InstanceId: optionalText,
        SystemSnapshotId: optionalText,
        DataSnapshotId: optionalText,
        RequiredSystemDiskSize: optionalNumber,
        RequiredDataDiskSize: optionalNumber,
        CreationTime: optionalText,
        InShare: flag,
        InShareUser: flag,
        UserId: optionalText,
        CreateInstances: list(text),
        Tags: swasTags,
    })
    .transform((image) => ({
        imageId: image.ImageId,
        name: image.Name,
        description: image.Description,
        status: image.Status,
        /** "Linux" or "Windows". */
        osType: image.OsType,
        regionId: image.RegionId,
        /** The server it was created from. */
        instanceId: image.InstanceId,
        systemSnapshotId: image.SystemSnapshotId,
        dataSnapshotId: image.DataSnapshotId,
        requiredSystemDiskGiB: image.RequiredSystemDiskSize,
        requiredDataDiskGiB: image.RequiredDataDiskSize,
        createdAt: image.CreationTime,
        /** Shared to ECS. */
        inShare: image.InShare,
        /** Shared to other accounts. */
        inShareUser: image.InShareUser,
        /** The account that owns it. */
        ownerId: image.UserId,
        /** Servers created from it. */
        createdInstanceIds: image.CreateInstances,
        tags: image.Tags,
    }));

const customImagePage = z
    .object({ CustomImages: list(customImage), TotalCount: total })
    .transform(({ CustomImages, TotalCount }) => ({ items: CustomImages, total: TotalCount }));

const createdImage = z.object({ ImageId: text });

export type SwasCustomImage = z.output<typeof customImage>;

export interface CreateCustomImageRequest {
    /** 2 to 128 letters, digits and `:` `_` `-`, starting with a letter or digit; unique in the region. */
    name: string;
    description?: string;
    instanceId: string;
    /** Must be "accomplished". */
    systemSnapshotId: string;
    /** Adds the content of the data disk. */
    dataSnapshotId?: string;
    tags?: Tags;
    /** @default a new token, so that retries within this call create one image */
    clientToken?: string;
}

export interface CopyCustomImageRequest {
    imageId: string;
    destinationRegionId: string;
    destinationImageName: string;
    destinationDescription?: string;
    tags?: Tags;
    /** @default a new token, so that retries within this call create one copy */
    clientToken?: string;
}

/** Custom images: create, find, copy and delete. */
export function customImageActions(rpc: Rpc) {
    return {
        /**
         * Starts a custom image and returns its id; poll `listCustomImages` until it is "available".
         * @throws CloudError ImageNameAlreadyExist, CustomImageQuotaLimit, IncorrectInstanceStatus, ...
         */
        async createCustomImage(request: CreateCustomImageRequest): Promise<string> {
            const { ImageId } = await rpc.ask({
                action: "CreateCustomImage",
                query: {
                    ImageName: request.name,
                    Description: request.description,
                    InstanceId: request.instanceId,
                    SystemSnapshotId: request.systemSnapshotId,
                    DataSnapshotId: request.dataSnapshotId,
                    Tag: tagParameters(request.tags),
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: createdImage,
                idempotent: true,
            });
            return ImageId;
        },

        /**
         * Custom images, all pages; filters are combined.
         * @param filter imageNames: at most 100; share: false omits shared images
         */
        listCustomImages: (
            filter: {
                imageIds?: string[];
                imageNames?: string[];
                instanceId?: string;
                systemSnapshotId?: string;
                share?: boolean;
            } = {},
        ): Promise<SwasCustomImage[]> =>
            listByIds(filter.imageIds, (ids) =>
                listAll(rpc, {
                    action: "ListCustomImages",
                    query: {
                        ImageIds: ids,
                        ImageNames: filter.imageNames && JSON.stringify(filter.imageNames),
                        InstanceId: filter.instanceId,
                        SystemSnapshotId: filter.systemSnapshotId,
                        Share: filter.share,
                    },
                    page: customImagePage,
                }),
            ),

        /**
         * One image, own or shared with the account; undefined if it does not exist. Simultaneous lookups are joined.
         */
        customImage: lookupByIds(
            rpc,
            { action: "ListCustomImages", parameter: "ImageIds", query: onePage, page: customImagePage },
            ({ imageId }) => imageId,
        ),

        /** The account's own images. Simultaneous calls are joined. */
        ownCustomImages: listTogether(rpc, {
            action: "ListCustomImages",
            query: { Share: false },
            page: customImagePage,
        }),

        /** @throws CloudError CustomImageInShare while it is shared; `isGone` if it does not exist */
        async deleteCustomImage(imageId: string): Promise<void> {
            await rpc.ask({
                action: "DeleteCustomImage",
                query: { ImageId: imageId },
                answer: z.object({}),
                idempotent: true,
            });
        },

        /**
         * Starts a copy in another region and returns the copy's id there.
         *
         * NOT A PUBLIC ACTION. The console can copy a custom image, but the published API cannot
         * (docs/reference/swas-images.md#copies-to-other-regions): only this project's simulator serves
         * `CopyCustomImage`. The real endpoint refuses it.
         */
        async copyCustomImage(request: CopyCustomImageRequest): Promise<string> {
            const { ImageId } = await rpc.ask({
                action: "CopyCustomImage",
                query: {
                    ImageId: request.imageId,
                    DestinationRegionId: request.destinationRegionId,
                    DestinationImageName: request.destinationImageName,
                    DestinationDescription: request.destinationDescription,
                    Tag: tagParameters(request.tags),
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: createdImage,
                idempotent: true,
            });
            return ImageId;
        },
    };
}
