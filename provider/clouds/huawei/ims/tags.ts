import { z } from "zod";
import { list } from "../../answerFields";
import { noContent, path, type Rest } from "../rest";

const tags = z
    .object({ tags: list(z.object({ key: z.string(), value: z.string().nullish() })) })
    .transform(
        (found): Record<string, string> => Object.fromEntries(found.tags.map(({ key, value }) => [key, value ?? ""])),
    );

/** Tags of images: at most 10 for an image, key up to 36 characters, value up to 43 and possibly empty. */
export function tagOperations(rest: Rest) {
    const change = (imageId: string, action: "create" | "delete", changed: { key: string; value?: string }[]) =>
        rest.ask({
            operation: "BatchAddOrDeleteTags",
            method: "POST",
            // In the body, not in the path: the core would encode a percent-encoded key again when it signs.
            path: path`/v2/{project_id}/images/${imageId}/tags/action`,
            body: { action, tags: changed },
            answer: noContent,
            idempotent: true,
        });

    return {
        imageTags: (imageId: string): Promise<Record<string, string>> =>
            rest.ask({
                operation: "ListImageTags",
                method: "GET",
                path: path`/v2/{project_id}/images/${imageId}/tags`,
                answer: tags,
                idempotent: true,
            }),

        /** Adds tags and replaces values of the same key. */
        setImageTags: (imageId: string, changed: Record<string, string>): Promise<void> =>
            change(
                imageId,
                "create",
                Object.entries(changed).map(([key, value]) => ({ key, value })),
            ),

        /** Removes tags by key. */
        deleteImageTags: (imageId: string, keys: string[]): Promise<void> =>
            change(
                imageId,
                "delete",
                keys.map((key) => ({ key })),
            ),
    };
}
