import { regionsOf } from "../accounts";
import { operation } from "../gateway/operation";
import { jsonList, required, text } from "../gateway/parameters";
import { regionNamed } from "../regions";
import { listedOn } from "../visibility";
import { imagesSharedWith } from "./lookup";
import { customImageKind } from "./models";
import { plans, supportPlatform } from "./plans";
import { systemImages } from "./systemImages";

/** The cloud's catalog: regions, plans, images. */
export const catalogueOperations = [
    operation({
        name: "ListRegions",
        reads: true,
        parameters: { AcceptLanguage: text() },
        run: ({ sim, account }) => ({
            Regions: regionsOf(sim, account).map((id) => ({
                RegionId: id,
                LocalName: regionNamed(id).localName,
                RegionEndpoint: `swas.${id}.aliyuncs.com`,
            })),
        }),
    }),
    operation({
        name: "ListPlans",
        reads: true,
        parameters: { RegionId: required(text()) },
        run: () => ({
            Plans: plans.map((plan) => ({
                PlanId: plan.id,
                Core: plan.cores,
                Memory: plan.memoryGiB,
                DiskSize: plan.diskGiB,
                DiskType: "ESSD",
                Bandwidth: plan.bandwidthMbps,
                Flow: plan.trafficGiB,
                OriginPrice: plan.price,
                Currency: "CNY",
                SupportPlatform: supportPlatform(plan),
                PlanType: "NORMAL",
            })),
        }),
    }),
    operation({
        name: "ListImages",
        reads: true,
        parameters: {
            RegionId: required(text()),
            ImageIds: jsonList({ max: 50, isId: true }),
            ImageType: text({ values: ["system", "app", "custom"] }),
        },
        run: (caller, { ImageIds, ImageType }) => {
            const offered = systemImages.map((image) => ({
                ImageId: image.id,
                ImageName: `${image.name}-${image.version}`,
                ImageType: image.type,
                Platform: image.osType,
                Description: image.description,
            }));
            // Only images that a server can be created from: terraform-provider-alicloud uses an image as soon as it is
            // listed.
            const isListed = listedOn(caller.store);
            const custom = [...caller.store.list(customImageKind), ...imagesSharedWith(caller)]
                .filter(({ id, value }) => isListed(id) && value.status === "1")
                .map(({ id, value }) => ({
                    ImageId: id,
                    ImageName: value.name,
                    ImageType: "custom",
                    Platform: value.osType,
                    Description: value.description,
                }));
            return {
                Images: [...offered, ...custom].filter(
                    (image) =>
                        (ImageType === undefined || image.ImageType === ImageType) &&
                        (ImageIds === undefined || ImageIds.includes(image.ImageId)),
                ),
            };
        },
    }),
];
