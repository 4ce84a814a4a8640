import { z } from "zod";
import { checkTag, withTags } from "./imageRequests";
import { imageRequestRules } from "./imageRules";
import { ownImage } from "./images";
import { type Image, images, type Tag } from "./objects";
import { noContentReply, type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";

const tag = z.object({ key: z.string(), value: z.string().default("") });
const oneTag = z.object({ tag });
const batch = z.object({ action: z.enum(["create", "delete"]), tags: z.array(tag) });
const putTag = z.object({ image_id: z.string(), tag: z.string().optional(), image_tag: tag.optional() });

function setTags(operation: Operation, image: Image, tags: readonly Tag[]): Reply {
    operation.shelf.change(images, image.id, { tags, updatedAt: operation.now });
    return noContentReply;
}

const image = (operation: Operation): Image => ownImage(operation, operation.param("image_id"));

const without = (tags: readonly Tag[], keys: readonly string[]): Tag[] => tags.filter(({ key }) => !keys.includes(key));

function actOnTags(operation: Operation): Reply {
    const { action, tags } = operation.body(batch);
    const { shelf } = operation;
    const target = image(operation);
    const present = shelf.get(images, target.id)?.tags ?? [];
    const changed =
        action === "create"
            ? withTags(present, tags)
            : without(
                  present,
                  tags.map(({ key }) => key),
              );
    return setTags(operation, target, changed);
}

/** "key.value", a plain word, or a pair (OTC image_tag_format.rst). */
function readPutTag(body: z.infer<typeof putTag>): Tag {
    if (body.image_tag) return checkTag(body.image_tag);
    if (body.tag === undefined) throw refuse(imageRequestRules.tagInvalid);
    const [key = "", ...value] = body.tag.split(".");
    return checkTag({ key, value: value.join(".") });
}

function allTags(operation: Operation): Reply {
    const values = new Map<string, Set<string>>();
    for (const { value } of operation.shelf.list(images)) {
        for (const { key, value: text } of value.tags) values.set(key, (values.get(key) ?? new Set()).add(text));
    }
    return ok({ tags: [...values].map(([key, texts]) => ({ key, values: [...texts] })) });
}

export const imageTagRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v2/{project_id}/images/{image_id}/tags",
        service: "ims",
        operation: "ListImageTags",
        isRead: true,
        handler: (operation) => ok({ tags: image(operation).tags }),
    },
    {
        method: "GET",
        path: "/v2/{project_id}/images/tags",
        service: "ims",
        operation: "ListImagesTags",
        isRead: true,
        handler: allTags,
    },
    {
        method: "POST",
        path: "/v2/{project_id}/images/{image_id}/tags",
        service: "ims",
        operation: "AddImageTag",
        handler: (operation) => {
            const added = operation.body(oneTag).tag;
            return setTags(operation, image(operation), withTags(image(operation).tags, [added]));
        },
    },
    {
        method: "DELETE",
        path: "/v2/{project_id}/images/{image_id}/tags/{key}",
        service: "ims",
        operation: "DeleteImageTag",
        handler: (operation) =>
            setTags(operation, image(operation), without(image(operation).tags, [operation.param("key")])),
    },
    {
        method: "POST",
        path: "/v2/{project_id}/images/{image_id}/tags/action",
        service: "ims",
        operation: "BatchAddOrDeleteTags",
        handler: actOnTags,
    },
    {
        method: "PUT",
        path: "/v1/cloudimages/tags",
        service: "ims",
        operation: "AddOrUpdateTag",
        handler: (operation) => {
            const body = operation.body(putTag);
            const target = ownImage(operation, body.image_id);
            operation.names(target.id);
            return setTags(operation, target, withTags(target.tags, [readPutTag(body)]));
        },
    },
    {
        method: "PUT",
        path: "/v2/images/{image_id}/tags/{tag}",
        service: "glance",
        operation: "GlanceAddTag",
        handler: (operation) => {
            const [key = "", ...value] = operation.param("tag").split(/[.=]/);
            return setTags(
                operation,
                image(operation),
                withTags(image(operation).tags, [{ key, value: value.join(".") }]),
            );
        },
    },
    {
        method: "DELETE",
        path: "/v2/images/{image_id}/tags/{tag}",
        service: "glance",
        operation: "GlanceDeleteTag",
        handler: (operation) => {
            const [key = ""] = operation.param("tag").split(/[.=]/);
            return setTags(operation, image(operation), without(image(operation).tags, [key]));
        },
    },
];
