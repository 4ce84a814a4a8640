import { z } from "zod";
import { alibabaWorld } from "../alibaba";
import { problemsOf } from "../core/problems";
import { UserError } from "../core/refusal";
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
    if (!parsed.success) throw new UserError(`world file ${path} is not valid: ${problemsOf(parsed.error)}`);
    return parsed.data;
}

/** The world with new objects of Alibaba Cloud missing from lists, and new shares from ECS, for so many seconds. */
export function withLag(world: World, seconds: number): World {
    const durations = { ...world.alibaba.durations, listed: seconds, ecsShareSeen: seconds };
    return { ...world, alibaba: { ...world.alibaba, durations } };
}
