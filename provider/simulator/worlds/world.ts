import { z } from "zod";
import { alibabaWorld } from "../alibaba";
import { UserError } from "../core/apiError";
import { problemsOf } from "../core/problems";
import { huaweiWorld } from "../huawei";
import { defaultAlibabaWorld } from "./alibaba";
import { readDataFile } from "./dataFile";
import { defaultHuaweiWorld } from "./huawei";

/** The accounts and objects of a new simulation. A cloud that the file omits is that of the default world. */
const world = z.strictObject({
    alibaba: alibabaWorld.default(defaultAlibabaWorld),
    huawei: huaweiWorld.default(defaultHuaweiWorld),
});

export type World = z.infer<typeof world>;

/** Two accounts and two regions in each cloud, with servers to create images from. */
export const defaultWorld: World = { alibaba: defaultAlibabaWorld, huawei: defaultHuaweiWorld };

/** Reads a world from YAML or JSON; the error names every problem. */
export function readWorld(path: string): World {
    const parsed = world.safeParse(readDataFile("world file", path));
    if (!parsed.success) throw new UserError(`invalid world file ${path}: ${problemsOf(parsed.error)}`);
    return parsed.data;
}

/**
 * A world in which lists lag by this many seconds. New objects of Alibaba Cloud and finished images, servers and shares
 * of Huawei Cloud are missing from lists, a finished server of Huawei Cloud answers 404, and ECS does not show a new
 * share of SWAS.
 */
export function withLag({ alibaba, huawei }: World, seconds: number): World {
    return {
        alibaba: { ...alibaba, durations: { ...alibaba.durations, listed: seconds, ecsShareSeen: seconds } },
        huawei: { ...huawei, durations: { ...huawei.durations, listed: seconds, shown: seconds } },
    };
}
