import type { Cloud } from "../clouds/cloud";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { inExistingRegion } from "../reconcile/places";
import { alibabaStatus } from "./alibabaStatus";
import { withCopies } from "./copies";
import { huaweiStatus } from "./huaweiStatus";
import { alibabaIdentity, huaweiIdentity, type Reached } from "./identity";
import { alibabaOffers, huaweiOffers } from "./newServers";
import type { Holders, RegionStatus } from "./status";

type Read = Omit<RegionStatus, "cloud" | "region" | "account">;

/**
 * What the account has in each of these places: its images, and what hangs on them. Only reads. The places are read one
 * after the other, which keeps within the account's quota and shows where the reading is.
 *
 * @throws CloudError or UserError when a place cannot be read
 */
export async function readAccount(
    context: HandlerContext,
    places: readonly Cloud[],
    holders: Holders,
): Promise<RegionStatus[]> {
    const regions: RegionStatus[] = [];
    // What fails is said once.
    const silent = { ...context, warn: () => {} };
    for (const place of places) {
        const { type, region, account } = place;
        context.report(`reading ${type} ${region}`);
        const found = await inExistingRegion(silent, place, () => readPlace(context, place, holders));
        regions.push({ cloud: type, region, ...(account !== undefined && { account }), ...found });
    }
    context.report("");
    return withCopies(regions);
}

/** Everything but the names of the place. */
async function readPlace(context: HandlerContext, place: Cloud, holders: Holders): Promise<Read> {
    const { clouds } = context;
    if (place.type === "alibaba") {
        const region = await clouds.alibaba(place);
        const found = alibabaStatus(context, region, holders);
        return withIdentity(
            withOffers(found, () => alibabaOffers(region)),
            alibabaIdentity(region),
        );
    }
    const region = await clouds.huawei(place);
    const found = huaweiStatus(context, region, holders);
    return withIdentity(
        withOffers(found, () => huaweiOffers(region)),
        huaweiIdentity(region),
    );
}

/** With what new servers can name, which is asked for after the images. */
async function withOffers(
    reading: Promise<Omit<Read, "forNewServers">>,
    ask: () => Promise<Pick<Read, "forNewServers" | "notes">>,
): Promise<Read> {
    const found = await reading;
    const { forNewServers, notes } = await ask();
    return { ...found, forNewServers, notes: [...found.notes, ...notes] };
}

async function withIdentity(reading: Promise<Read>, asking: Promise<Reached>): Promise<Read> {
    const [found, identity] = await Promise.all([reading, asking]);
    if ("reached" in identity) return { ...found, reached: identity.reached };
    return { ...found, notes: [...found.notes, identity.note] };
}
