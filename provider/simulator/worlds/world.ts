import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { alibabaWorld } from "../alibaba";
import { UserError } from "../core/refusal";
import { huaweiWorld } from "../huawei";
import { defaultAlibabaWorld } from "./alibaba";
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
    let content: unknown;
    try {
        content = parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new UserError(`world file ${path} cannot be read: ${error instanceof Error ? error.message : error}`, {
            cause: error,
        });
    }
    const parsed = world.safeParse(content);
    if (!parsed.success) throw new UserError(`world file ${path} is not valid:\n${z.prettifyError(parsed.error)}`);
    return parsed.data;
}
