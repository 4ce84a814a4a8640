import type { Change } from "./change.ts";
import { components } from "./changes/components.ts";
import { huaweiCloud } from "./changes/huaweiCloud.ts";
import { images } from "./changes/images.ts";
import { many } from "./changes/many.ts";
import { options } from "./changes/options.ts";
import { servers } from "./changes/servers.ts";
import { sharing } from "./changes/sharing.ts";

/** The changes with golden reports, in groups. tests/engine/promises has a file for each group. */
export const groups = { images, sharing, servers, components, huaweiCloud, options, many };

export const changes: Change[] = Object.values(groups).flat();
