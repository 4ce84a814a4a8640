import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import type { Project } from "../identities/identities";
import { isListed } from "../visibility";
import { type Image, images } from "./image";
import { type Member, memberKey, members } from "./member";
import { findPublicImage, type PublicImage, publicImages } from "./publicImages";

/** An image as a project may see it. */
export type VisibleImage =
    | { readonly relation: "gold"; readonly image: PublicImage }
    | { readonly relation: "own"; readonly image: Image }
    | { readonly relation: "shared"; readonly image: Image; readonly member: Member };

/** Who looks: a project and its shelf. */
export interface Viewer {
    readonly sim: Simulation;
    readonly shelf: Shelf;
    readonly project: Project;
}

/** The image of this id, if the project owns it, is a member of it, or everybody sees it. */
export function findVisible({ sim, shelf, project }: Viewer, id: string): VisibleImage | undefined {
    const gold = findPublicImage(id);
    if (gold) return { relation: "gold", image: gold };
    const own = shelf.get(images, id);
    if (own) return { relation: "own", image: own };
    const found = sim.registry.find("huawei", images, id);
    if (!found) return undefined;
    const member = sim.shelf(found.scope).get(members, memberKey(id, project.id));
    return member && { relation: "shared", image: found.value, member };
}

/** A project's own images as lists show them, oldest first. */
export function listedImages(shelf: Shelf): Image[] {
    return shelf.list(images).flatMap(({ id, value }) => (isListed(shelf, id) ? [value] : []));
}

/** Everything that the project can see, newest first; shares of any status. */
export function listVisible({ sim, shelf, project }: Viewer): VisibleImage[] {
    const own = listedImages(shelf).map((image): VisibleImage => ({ relation: "own", image }));
    const shared = sim.registry.list("huawei", members).flatMap(({ value: member, scope }): VisibleImage[] => {
        if (member.projectId !== project.id) return [];
        const owner = sim.shelf(scope);
        const image = owner.get(images, member.imageId);
        const { imageId, projectId } = member;
        return image && isListed(owner, imageId) && isListed(owner, memberKey(imageId, projectId))
            ? [{ relation: "shared", image, member }]
            : [];
    });
    const gold = publicImages.map((image): VisibleImage => ({ relation: "gold", image }));
    return [...own.reverse(), ...shared.reverse(), ...gold];
}
