import { z } from "zod";
import { list, number, optionalNumber, optionalText, text } from "../../answerFields";
import { joinEqual } from "../../joinedLookups";
import { remembered } from "../../remembered";
import type { Rpc } from "../rpc";

const regions = z
    .object({
        Regions: list(z.object({ RegionId: text, LocalName: optionalText, RegionEndpoint: optionalText })),
    })
    .transform(({ Regions }) =>
        Regions.map((region) => ({
            regionId: region.RegionId,
            localName: region.LocalName,
            endpoint: region.RegionEndpoint,
        })),
    );

// SupportPlatform is a JSON list inside a string (docs/reference/alibaba-api.md#answers).
const platforms = z
    .string()
    .nullish()
    .transform((json, context) => {
        if (!json) return [];
        try {
            return JSON.parse(json);
        } catch {
            context.addIssue({ code: "custom", message: "not a JSON list" });
            return z.NEVER;
        }
    })
    .pipe(z.array(z.string()));

const plans = z
    .object({
        Plans: list(
            z.object({
                PlanId: text,
                Core: number,
                Memory: number,
                DiskSize: number,
                DiskType: optionalText,
                Bandwidth: optionalNumber,
                Flow: optionalNumber,
                OriginPrice: optionalNumber,
                Currency: optionalText,
                SupportPlatform: platforms,
            }),
        ),
    })
    .transform(({ Plans }) =>
        Plans.map((plan) => ({
            planId: plan.PlanId,
            cores: plan.Core,
            memoryGiB: plan.Memory,
            diskSizeGiB: plan.DiskSize,
            diskType: plan.DiskType,
            bandwidthMbps: plan.Bandwidth,
            trafficGB: plan.Flow,
            price: plan.OriginPrice,
            currency: plan.Currency,
            platforms: plan.SupportPlatform,
        })),
    );

const images = z
    .object({
        Images: list(
            z.object({
                ImageId: text,
                ImageName: text,
                ImageType: text,
                Platform: optionalText,
                Description: optionalText,
            }),
        ),
    })
    .transform(({ Images }) =>
        Images.map((image) => ({
            imageId: image.ImageId,
            imageName: image.ImageName,
            imageType: image.ImageType,
            platform: image.Platform,
            description: image.Description,
        })),
    );

export type SwasRegion = z.output<typeof regions>[number];
export type SwasPlan = z.output<typeof plans>[number];
export type SwasImage = z.output<typeof images>[number];

/** What can be ordered: regions, plans and images of every kind. None of these lists has pages. */
export function catalogueActions(rpc: Rpc) {
    const listPlans = (): Promise<SwasPlan[]> => rpc.ask({ action: "ListPlans", answer: plans, idempotent: true });

    const listRegions = (): Promise<SwasRegion[]> =>
        rpc.ask({ action: "ListRegions", query: { AcceptLanguage: "en-US" }, answer: regions, idempotent: true });

    return {
        listRegions,

        /** The ids of the regions, as they were when this process first asked; it belongs to no region. */
        regionIds: remembered<undefined, string[]>(async () => {
            const query = { RegionId: undefined, AcceptLanguage: "en-US" };
            const found = await rpc.ask({ action: "ListRegions", query, answer: regions, idempotent: true });
            return found.map(({ regionId }) => regionId);
        }),

        listPlans,

        /** The plans, as they were when this process first asked. */
        plans: remembered<undefined, SwasPlan[]>(listPlans),

        /** The images of every kind that a server can be created from. Joined with others who ask at the same time. */
        images: joinEqual((began) => {
            began();
            return rpc.ask({ action: "ListImages", answer: images, idempotent: true });
        }),

        listImages: (filter: { imageType?: "system" | "app" | "custom" } = {}): Promise<SwasImage[]> =>
            rpc.ask({
                action: "ListImages",
                query: { ImageType: filter.imageType },
                answer: images,
                idempotent: true,
            }),
    };
}
