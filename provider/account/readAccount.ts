import type { Cloud } from "../clouds/cloud";
import type { Surroundings } from "../dynamic/handler";
import { alibabaStatus } from "./alibabaStatus";
import { withCopies } from "./copies";
import { huaweiStatus } from "./huaweiStatus";
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
        const found =
            place.type === "alibaba"
                ? await alibabaStatus(surroundings, await surroundings.clouds.alibaba(place), holders)
                : await huaweiStatus(surroundings, await surroundings.clouds.huawei(place), holders);
        regions.push({ cloud: type, region, ...(account !== undefined && { account }), ...found });
    }
    surroundings.report("");
    return withCopies(regions);
}
