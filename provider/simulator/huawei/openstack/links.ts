import { addressOf } from "../gateway/address";
import type { Operation } from "../gateway/operation";

/** The two links that Nova and Cinder return with every object. */
export function linksOf({ request, project }: Operation, version: string, objects: string, id: string) {
    const base = addressOf(request);
    const path = `${project.id}/${objects}/${id}`;
    return [
        { rel: "self", href: `${base}/${version}/${path}` },
        { rel: "bookmark", href: `${base}/${path}` },
    ];
}
