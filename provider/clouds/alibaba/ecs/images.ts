import { z } from "zod";
import { flag, list, number, optionalNumber, optionalText, percent, text, total } from "../../answerFields";
import { joinLookups } from "../../joinedLookups";
import { listAll, listTogether } from "../paging";
import type { Rpc } from "../rpc";
import { ecsTags, type Tags, tagParameters } from "../tags";

/** ECS ignores the 11th and later accounts of one request without a word (docs/reference/ecs.md#sharing). */
const ACCOUNTS_PER_REQUEST = 10;

const done = z.object({});

const diskMapping = z
    .object({ Device: optionalText, Size: optionalNumber, SnapshotId: optionalText, Type: optionalText })
    .transform(({ Device, Size, SnapshotId, Type }) => ({
        device: Device,
        sizeGiB: Size,
        snapshotId: SnapshotId,
        /** "system" or "data". */
        type: Type,
    }));

const image = z
    .object({
        ImageId: text,
        ImageName: optionalText,
        Description: optionalText,
        ImageOwnerAlias: optionalText,
        ImageOwnerId: optionalText,
        Status: text,
        Usable: flag,
        Usage: optionalText,
        Progress: percent,
        Size: number,
        OSType: optionalText,
        Architecture: optionalText,
        CreationTime: optionalText,
        IsCopied: flag,
        IsPublic: flag,
        DiskDeviceMappings: z.object({ DiskDeviceMapping: list(diskMapping) }).nullish(),
        Tags: ecsTags,
    })
    .transform((found) => ({
        imageId: found.ImageId,
        imageName: found.ImageName,
        description: found.Description,
        /** "system", "self", "others" (shared to this account) or "marketplace". */
        ownerAlias: found.ImageOwnerAlias,
        ownerId: found.ImageOwnerId,
        /** Creating, Waiting, Available, UnAvailable, CreateFailed or Deprecated. */
        status: found.Status,
        /** False for a while after Available: servers can be made only when it is true. */
        usable: found.Usable,
        /** "instance" when servers use it, else "none". */
        usage: found.Usage,
        /** 0 to 100. */
        progressPercent: found.Progress,
        sizeGiB: found.Size,
        osType: found.OSType,
        architecture: found.Architecture,
        createdAt: found.CreationTime,
        isCopied: found.IsCopied,
        isPublic: found.IsPublic,
        disks: found.DiskDeviceMappings?.DiskDeviceMapping ?? [],
        tags: found.Tags,
    }));

const imagePage = z
    .object({ Images: z.object({ Image: list(image) }), TotalCount: total })
    .transform(({ Images, TotalCount }) => ({ items: Images.Image, total: TotalCount }));

const copied = z.object({ ImageId: text });

const shareAccount = z
    .object({ AliyunId: text, SharedTime: optionalText })
    .transform(({ AliyunId, SharedTime }) => ({ accountId: AliyunId, sharedTime: SharedTime }));

const accountPage = z
    .object({ Accounts: z.object({ Account: list(shareAccount) }), TotalCount: total })
    .transform(({ Accounts, TotalCount }) => ({ items: Accounts.Account, total: TotalCount }));

export type EcsImage = z.output<typeof image>;
export type EcsShareAccount = z.output<typeof shareAccount>;

export interface CopyImageRequest {
    imageId: string;
    /** An image shared by another account can be copied only within its own region. */
    destinationRegionId: string;
    /** 2 to 128 characters, starting with a letter. */
    destinationImageName: string;
    destinationDescription?: string;
    /** With the account's own key for ECS. @default as the source */
    encrypted?: boolean;
    tags?: Tags;
    /** @default a new one, so that repetitions within this call make one copy */
    clientToken?: string;
}

/** Images of ECS. Deleting one leaves the snapshots behind it. */
export function imageActions(rpc: Rpc) {
    const changeAccounts = async (parameter: "AddAccount" | "RemoveAccount", imageId: string, accounts: string[]) => {
        for (let start = 0; start < accounts.length; start += ACCOUNTS_PER_REQUEST) {
            await rpc.ask({
                action: "ModifyImageSharePermission",
                query: { ImageId: imageId, [parameter]: accounts.slice(start, start + ACCOUNTS_PER_REQUEST) },
                answer: done,
                idempotent: true,
            });
        }
    };

    /** The current API names one id in a request, or none: of several, the list of all is smaller than so many requests. */
    const lookup = (ownerAlias: "self" | "others") =>
        joinLookups({
            find: (take) =>
                listAll(rpc, {
                    action: "DescribeImages",
                    query: () => {
                        const ids = take();
                        const ImageId = ids.length === 1 ? ids[0] : undefined;
                        return { ImageId, ImageOwnerAlias: ownerAlias, Status: "ALL" };
                    },
                    page: imagePage,
                }),
            idOf: ({ imageId }) => imageId,
        });

    /** One image, of one request for all who ask for it at the same time. */
    const lookupOne = (filter: { ImageOwnerAlias?: "others"; IsPublic?: true }) =>
        joinLookups({
            find: (take) =>
                listAll(rpc, {
                    action: "DescribeImages",
                    query: () => ({ ImageId: take()[0], Status: "ALL", ...filter }),
                    page: imagePage,
                }),
            idOf: ({ imageId }) => imageId,
            most: 1,
        });

    return {
        /** One image of any owner, without community images; undefined when there is none. */
        anyImage: lookupOne({}),

        /** One image that its owner has published to every account; undefined when there is none. */
        communityImage: lookupOne({ ImageOwnerAlias: "others", IsPublic: true }),

        /** One of the account's own images in any status; undefined when there is none. Joined with others. */
        ownImage: lookup("self"),

        /** The account's own images in any status. Joined with others who ask at the same time. */
        ownImages: listTogether(rpc, {
            action: "DescribeImages",
            query: { ImageOwnerAlias: "self", Status: "ALL" },
            page: imagePage,
        }),

        /** One image that is shared with the account, in any status; undefined when there is none. Joined with others. */
        sharedImage: lookup("others"),

        /**
         * Images, all pages.
         * @param filter status "ALL" or one status of the cloud @default "ALL", because the cloud's own default
         *   hides everything that is not Available
         */
        describeImages: (
            filter: {
                imageId?: string;
                imageName?: string;
                ownerAlias?: "system" | "self" | "others" | "marketplace";
                status?: string;
            } = {},
        ): Promise<EcsImage[]> =>
            listAll(rpc, {
                action: "DescribeImages",
                query: {
                    ImageId: filter.imageId,
                    ImageName: filter.imageName,
                    ImageOwnerAlias: filter.ownerAlias,
                    Status: filter.status ?? "ALL",
                },
                page: imagePage,
            }),

        /** Starts a copy out of this region and answers its id; poll `describeImages` in the destination. */
        async copyImage(request: CopyImageRequest): Promise<string> {
            const { ImageId } = await rpc.ask({
                action: "CopyImage",
                query: {
                    ImageId: request.imageId,
                    DestinationRegionId: request.destinationRegionId,
                    DestinationImageName: request.destinationImageName,
                    DestinationDescription: request.destinationDescription,
                    Encrypted: request.encrypted,
                    Tag: tagParameters(request.tags),
                    ClientToken: request.clientToken ?? rpc.newToken(),
                },
                answer: copied,
                idempotent: true,
            });
            return ImageId;
        },

        /** Ends an unfinished copy, named by the copy's own id; refused once it is complete. */
        async cancelCopyImage(imageId: string): Promise<void> {
            await rpc.ask({ action: "CancelCopyImage", query: { ImageId: imageId }, answer: done, idempotent: true });
        },

        /**
         * @param request force deletes it even when servers use it
         * @throws CloudError ImageUseShared, ImageUsingByInstance, OperationDenied.ImageCopying, ...; an id that
         *   does not exist is no error
         */
        async deleteImage(request: { imageId: string; force?: boolean }): Promise<void> {
            await rpc.ask({
                action: "DeleteImage",
                query: { ImageId: request.imageId, Force: request.force },
                answer: done,
                idempotent: true,
            });
        },

        /** Changes an own image: what is left out, and an empty text, stays as it is. Description 2 to 256 characters. */
        async modifyImageAttribute(request: {
            imageId: string;
            imageName?: string;
            description?: string;
        }): Promise<void> {
            await rpc.ask({
                action: "ModifyImageAttribute",
                query: { ImageId: request.imageId, ImageName: request.imageName, Description: request.description },
                answer: done,
                idempotent: true,
            });
        },

        /** Shares an own image with accounts and ends shares; at most 50 accounts for an image. */
        async modifyImageSharePermission(request: {
            imageId: string;
            addAccounts?: string[];
            removeAccounts?: string[];
        }): Promise<void> {
            await changeAccounts("RemoveAccount", request.imageId, request.removeAccounts ?? []);
            await changeAccounts("AddAccount", request.imageId, request.addAccounts ?? []);
        },

        /** The accounts an image is shared with, all pages. */
        describeImageSharePermission: (imageId: string): Promise<EcsShareAccount[]> =>
            listAll(rpc, {
                action: "DescribeImageSharePermission",
                query: { ImageId: imageId },
                page: accountPage,
            }),
    };
}
