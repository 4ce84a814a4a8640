import type { Cloud } from "../clouds/cloud";
import type { Surroundings } from "../dynamic/handler";
import { alibabaStatus } from "./alibabaStatus";
import { withCopies } from "./copies";
import { huaweiStatus } from "./huaweiStatus";
import { alibabaOffers, huaweiOffers } from "./newServers";
import type { Holders, RegionStatus } from "./status";

/**
 * What the account has in each of these places: its images, and what hangs on them. Only reads. The places are read one
 * after the other, which keeps within the account's quota and shows where the reading is.
 *
 * @throws CloudError or UserError when a place cannot be read
 */
export async function readAccount(
    surroundings: Surroundings,
    places: readonly Cloud[],
    holders: Holders,
): Promise<RegionStatus[]> {
    const regions: RegionStatus[] = [];
    for (const place of places) {
        const { type, region, account } = place;
        surroundings.report(`reading ${type} ${region}`);
        const found = await readPlace(surroundings, place, holders);
        regions.push({ cloud: type, region, ...(account !== undefined && { account }), ...found });
    }
    surroundings.report("");
    return withCopies(regions);
}

async function readPlace(
    surroundings: Surroundings,
    place: Cloud,
    holders: Holders,
): Promise<Omit<RegionStatus, "cloud" | "region" | "account">> {
    const { clouds } = surroundings;
    if (place.type === "alibaba") {
        const region = await clouds.alibaba(place);
        const found = await alibabaStatus(surroundings, region, holders);
        const { forNewServers, notes } = await alibabaOffers(region);
        return { ...found, forNewServers, notes: [...found.notes, ...notes] };
    }
    const region = await clouds.huawei(place);
    const found = await huaweiStatus(surroundings, region, holders);
    const { forNewServers, notes } = await huaweiOffers(region);
    return { ...found, forNewServers, notes: [...found.notes, ...notes] };
}
