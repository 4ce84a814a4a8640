import { always, type Filters } from "../gateway/filters";
import { fitsWildcard } from "../gateway/wildcard";
import type { VisibleImage } from "./visibleImages";

/** Arm instance families, which none of the simulated images supports. */
const armType = /^ecs\.[a-z]+\d+[ry]/;

/** The filters of DescribeImages with one condition each; the others are in imageList.ts. */
export const imageFilters: Filters<VisibleImage> = {
    ImageName: ({ name }, wanted) => fitsWildcard(name, wanted),
    ImageFamily: ({ family }, wanted) => family === wanted,
    ResourceGroupId: ({ own }, wanted) => own?.resourceGroupId === wanted,
    Architecture: (_image, wanted) => wanted === "x86_64",
    InstanceType: (_image, wanted) => !armType.test(wanted),
    IsSupportCloudinit: always(true),
    IsSupportIoOptimized: always(true),
};
