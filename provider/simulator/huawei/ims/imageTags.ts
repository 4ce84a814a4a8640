import { z } from "zod";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Image, images, type Tag } from "../models/image";
import { listedImages } from "../models/visibleImages";
import { refuse } from "../rules";
import { checkTag, readTag, withTags } from "./imageRequests";
import { imageRequestRules } from "./imageRules";
import { ownImage } from "./images";
import { glance, ims } from "./service";

const tag = z.object({ key: z.string(), value: z.string().default("") });
const oneTag = z.object({ tag });
const batch = z.object({ action: z.enum(["create", "delete"]), tags: z.array(tag) });
const putTag = z.object({ image_id: z.string(), tag: z.string().optional(), image_tag: tag.optional() });

function setTags(operation: Operation, image: Image, tags: readonly Tag[]): Reply {
    operation.store.change(images, image.id, { tags, updatedAt: operation.now });
    return noContentReply;
}

const image = (operation: Operation): Image => ownImage(operation, operation.param("image_id"));

const without = (tags: readonly Tag[], keys: readonly string[]): Tag[] => tags.filter(({ key }) => !keys.includes(key));

function actOnTags(operation: Operation): Reply {
    const { action, tags } = operation.body(batch);
    const { store } = operation;
    const target = image(operation);
    const present = store.get(images, target.id)?.tags ?? [];
    const changed =
        action === "create"
            ? withTags(operation.sim, present, tags)
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
    return checkTag(readTag(body.tag));
}

function allTags(operation: Operation): Reply {
    const values = new Map<string, Set<string>>();
    for (const { tags } of listedImages(operation.store)) {
        for (const { key, value: text } of tags) values.set(key, (values.get(key) ?? new Set()).add(text));
    }
    return ok({ tags: [...values].map(([key, texts]) => ({ key, values: [...texts] })) });
}

const wantedTags = z.array(z.object({ key: z.string(), values: z.array(z.string()).default([]) }));
const resourceQuery = z.object({
    action: z.enum(["filter", "count"]),
    tags: wantedTags.optional(),
    tags_any: wantedTags.optional(),
    not_tags: wantedTags.optional(),
    not_tags_any: wantedTags.optional(),
    matches: z.array(z.object({ key: z.literal("resource_name"), value: z.string() })).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
    offset: z.coerce.number().int().min(0).default(0),
});

/** Finds images by tags. A key without values matches any value. */
function findResources(operation: Operation): Reply {
    const wanted = operation.body(resourceQuery);
    const { matches = [] } = wanted;
    const found = listedImages(operation.store).filter(({ tags, name }) => {
        const has = ({ key, values }: { key: string; values: string[] }) =>
            tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));
        return (
            (wanted.tags?.every(has) ?? true) &&
            (wanted.tags_any?.some(has) ?? true) &&
            !(wanted.not_tags?.every(has) ?? false) &&
            !(wanted.not_tags_any?.some(has) ?? false) &&
            matches.every(({ value }) => name.includes(value))
        );
    });
    if (wanted.action === "count") return ok({ total_count: found.length });
    const page = found.slice(wanted.offset, wanted.offset + wanted.limit);
    const resources = page.map(({ id, name, tags }) => ({
        resource_id: id,
        resource_name: name,
        resource_detail: null,
        tags,
    }));
    return ok({ resources, total_count: found.length });
}

export const imageTagRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v2/{project_id}/images/{image_id}/tags",
        service: ims,
        operation: "ListImageTags",
        isRead: true,
        handler: (operation) => ok({ tags: image(operation).tags }),
    },
    {
        method: "GET",
        path: "/v2/{project_id}/images/tags",
        service: ims,
        operation: "ListImagesTags",
        isRead: true,
        handler: allTags,
    },
    {
        method: "POST",
        path: "/v2/{project_id}/images/{image_id}/tags",
        service: ims,
        operation: "AddImageTag",
        handler: (operation) => {
            const added = operation.body(oneTag).tag;
            return setTags(operation, image(operation), withTags(operation.sim, image(operation).tags, [added]));
        },
    },
    {
        method: "DELETE",
        path: "/v2/{project_id}/images/{image_id}/tags/{key}",
        service: ims,
        operation: "DeleteImageTag",
        handler: (operation) =>
            setTags(operation, image(operation), without(image(operation).tags, [operation.param("key")])),
    },
    {
        method: "POST",
        path: "/v2/{project_id}/images/{image_id}/tags/action",
        service: ims,
        operation: "BatchAddOrDeleteTags",
        handler: actOnTags,
    },
    {
        method: "POST",
        path: "/v2/{project_id}/images/resource_instances/action",
        service: ims,
        operation: "ListImageByTags",
        isRead: true,
        handler: findResources,
    },
    {
        method: "PUT",
        path: "/v1/cloudimages/tags",
        service: ims,
        operation: "AddOrUpdateTag",
        handler: (operation) => {
            const body = operation.body(putTag);
            const target = ownImage(operation, body.image_id);
            operation.names(target.id);
            return setTags(operation, target, withTags(operation.sim, target.tags, [readPutTag(body)]));
        },
    },
    {
        method: "PUT",
        path: "/v2/images/{image_id}/tags/{tag}",
        service: glance,
        operation: "GlanceAddTag",
        handler: (operation) => {
            const added = readTag(operation.param("tag"));
            return setTags(operation, image(operation), withTags(operation.sim, image(operation).tags, [added]));
        },
    },
    {
        method: "DELETE",
        path: "/v2/images/{image_id}/tags/{tag}",
        service: glance,
        operation: "GlanceDeleteTag",
        handler: (operation) => {
            const { key } = readTag(operation.param("tag"));
            return setTags(operation, image(operation), without(image(operation).tags, [key]));
        },
    },
];
