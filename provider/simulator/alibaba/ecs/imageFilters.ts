import { always, type Filters } from "../gateway/filters";
import { fitsWildcard } from "../gateway/wildcard";
import type { VisibleImage } from "./visibleImages";

/** Arm instance families, which none of the simulated images supports. */
const armType = /^ecs\.[a-z]+\d+[ry]/;

/** The filters of DescribeImages with one condition each; the others are in imageList.ts. */
export const imageFilters: Filters<VisibleImage> = {
    ImageName: ({ name }, asked) => fitsWildcard(name, asked),
    ImageFamily: ({ family }, asked) => family === asked,
    ResourceGroupId: ({ own }, asked) => own?.resourceGroupId === asked,
    Architecture: (_image, asked) => asked === "x86_64",
    InstanceType: (_image, asked) => !armType.test(asked),
    IsSupportCloudinit: always(true),
    IsSupportIoOptimized: always(true),
};
