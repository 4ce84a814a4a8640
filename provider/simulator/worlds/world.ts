import { z } from "zod";
import { alibabaWorld } from "../alibaba";
import { UserError } from "../core/apiError";
import { problemsOf } from "../core/problems";
import { huaweiWorld } from "../huawei";
import { defaultAlibabaWorld } from "./alibaba";
import { readDataFile } from "./dataFile";
import { defaultHuaweiWorld } from "./huawei";

/** What a new simulation begins with. A cloud that the file leaves out is as in the default world. */
const world = z.strictObject({
    alibaba: alibabaWorld.default(defaultAlibabaWorld),
    huawei: huaweiWorld.default(defaultHuaweiWorld),
});

export type World = z.infer<typeof world>;

/** Two accounts and two regions in each cloud, with servers to take images from. */
export const defaultWorld: World = { alibaba: defaultAlibabaWorld, huawei: defaultHuaweiWorld };

/** Reads a world from YAML or JSON; every problem is named at once. */
export function readWorld(path: string): World {
    const parsed = world.safeParse(readDataFile("world file", path));
    if (!parsed.success) throw new UserError(`invalid world file ${path}: ${problemsOf(parsed.error)}`);
    return parsed.data;
}

/**
 * The world with lists that lag for so many seconds: new objects of Alibaba Cloud, finished images, servers and
 * shares of Huawei Cloud are missing from them, a finished server of Huawei Cloud answers 404, and ECS does not see a new share of SWAS.
 */
export function withLag({ alibaba, huawei }: World, seconds: number): World {
    return {
        alibaba: { ...alibaba, durations: { ...alibaba.durations, listed: seconds, ecsShareSeen: seconds } },
        huawei: { ...huawei, durations: { ...huawei.durations, listed: seconds, shown: seconds } },
    };
}
