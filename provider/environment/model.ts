import type { Cloud } from "../clouds/cloud";
import type { ImageFacts } from "../resources/imageReference";
import type { DeclaredImage } from "./images";
import { referredImage } from "./references";
import type { DeclaredCloud } from "./schema";
import type { DeclaredServer } from "./servers";

/** The valid parts of a file, by name. */
export interface Model {
    clouds: ReadonlyMap<string, DeclaredCloud>;
    images: ReadonlyMap<string, DeclaredImage>;
    servers: ReadonlyMap<string, DeclaredServer>;
}

/** Whether a text contains a parameter whose value is not known yet. */
export const isOpen = (text: string): boolean => text.includes("${");

const ifKnown = (cloud: Cloud | undefined) => (cloud && !isOpen(cloud.region) ? cloud : undefined);

/** The cloud of an image, if the file declares it and its region is known. */
export function cloudOfImage({ clouds }: Model, { cloud }: DeclaredImage): Cloud | undefined {
    return ifKnown(clouds.get(cloud));
}

/** The facts about an image that its resource knows at preview. */
export function factsOf(model: Model, image: DeclaredImage): ImageFacts | undefined {
    const cloud = cloudOfImage(model, image);
    if (!cloud) return undefined;
    if (image.kind === "EcsImage") return { kind: "ecs", cloud: "alibaba", region: image.to ?? cloud.region };
    if (image.kind === "FullEcsImage") {
        const profile = cloud.type === "huawei" ? cloud.profile : undefined;
        return { kind: "full-ecs", cloud: "huawei", region: cloud.region, profile };
    }
    return { kind: cloud.type === "alibaba" ? "custom" : "system", cloud: cloud.type, region: cloud.region };
}

/** The image that servers are created from, if the file declares it. */
export function imageOfServer({ images }: Model, server: DeclaredServer): DeclaredImage | undefined {
    return images.get(referredImage(server.image) ?? "");
}

/** The cloud of servers, if it is known: their own or that of their image, with their region. */
export function cloudOfServer(model: Model, server: DeclaredServer): Cloud | undefined {
    const image = imageOfServer(model, server);
    const own = server.cloud ?? image?.cloud;
    const cloud = own === undefined ? undefined : model.clouds.get(own);
    if (!cloud) return undefined;
    const ofImage = server.cloud === undefined && image?.kind === "EcsImage" ? image.to : undefined;
    return ifKnown({ ...cloud, region: server.region ?? ofImage ?? cloud.region });
}
