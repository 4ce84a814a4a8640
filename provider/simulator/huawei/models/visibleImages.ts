import type { Placed } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { filtered, mapped, reversed, type Sliced } from "../../core/slices";
import type { Project } from "../identities/identities";
import { isLagging, isListed } from "../visibility";
import { type Image, images } from "./image";
import { type Member, memberKey, members } from "./member";
import { findPublicImage, type PublicImage, publicImages } from "./publicImages";

/** An image that a project can see. */
export type VisibleImage =
    | { readonly relation: "gold"; readonly image: PublicImage }
    | { readonly relation: "own"; readonly image: Image }
    | { readonly relation: "shared"; readonly image: Image; readonly member: Member };

/** The viewing project and its objects. */
export interface Viewer {
    readonly sim: Simulation;
    readonly store: RegionStore;
    readonly project: Project;
}

/** The image with this id, if the project owns it, is a member of it, or the image is public. */
export function findVisible({ sim, store, project }: Viewer, id: string): VisibleImage | undefined {
    const gold = findPublicImage(id);
    if (gold) return { relation: "gold", image: gold };
    const own = store.get(images, id);
    if (own) return { relation: "own", image: own };
    const found = sim.registry.find("huawei", images, id);
    if (!found) return undefined;
    const member = sim.store(found.scope).get(members, memberKey(id, project.id));
    return member && { relation: "shared", image: found.value, member };
}

/** The images among these own images that lists show. */
function listed(store: RegionStore, found: Sliced<Placed<Image>>): Sliced<Placed<Image>> {
    return filtered(found, [isLagging(store) && (({ id }) => isListed(store, id))]);
}

/** A project's own images that lists show, oldest first. */
export function listedImages(store: RegionStore): Image[] {
    return listed(store, store.all(images))
        .slice()
        .map(({ value }) => value);
}

/** The project's own images that match a query, found by index, newest first. */
export function ownImages({ store, project }: Viewer, query: URLSearchParams): Sliced<VisibleImage> {
    const [id, name, owner] = [query.get("id"), query.get("name"), query.get("owner")];
    const isPlain = (text: string | null): text is string => text !== null && !text.startsWith("in:");
    const found = isPlain(id)
        ? store.some(images, [id])
        : isPlain(name)
          ? store.where(images, "name", name)
          : store.all(images);
    const isOfProject = owner === null || owner === project.id;
    return mapped(
        isOfProject ? reversed(listed(store, found)) : [],
        ({ value: image }): VisibleImage => ({ relation: "own", image }),
    );
}

/** The public images and the images that are shared with the project, whatever its answer. Newest first. */
export function otherImages({ sim, store, project }: Viewer): VisibleImage[] {
    const shared = sim.registry.ofOthers(members, store.scope).flatMap(({ value: member, scope }): VisibleImage[] => {
        if (member.projectId !== project.id) return [];
        const owner = sim.store(scope);
        const image = owner.get(images, member.imageId);
        const { imageId, projectId } = member;
        return image && isListed(owner, imageId) && isListed(owner, memberKey(imageId, projectId))
            ? [{ relation: "shared", image, member }]
            : [];
    });
    const gold = publicImages.map((image): VisibleImage => ({ relation: "gold", image }));
    return [...shared.reverse(), ...gold];
}
