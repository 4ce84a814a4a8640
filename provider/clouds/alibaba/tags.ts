import { z } from "zod";
import { list } from "../answerFields";
import { type Ask, joinCalls } from "../joinedLookups";
import { isAboutOneObject, isGone } from "./failures";
import type { Rpc } from "./rpc";

/** Tags by key. At most 20; key 1 to 64 characters, value up to 64 (docs/reference/alibaba-api.md#tags). */
export type Tags = Record<string, string>;

const noContent = z.object({});

/** TagResources and UntagResources accept at most 50 ids (docs/reference/alibaba-api.md#tags). */
const IDS_PER_REQUEST = 50;

/** Tags in the form of a request: Tag.1.Key=, Tag.1.Value=. */
export function tagParameters(tags: Tags | undefined): { Key: string; Value: string }[] | undefined {
    return tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags in an answer of SWAS: [{Key, Value}]. */
export const swasTags = list(z.object({ Key: z.string(), Value: z.string().nullish() })).transform(
    (tags): Tags => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ""])),
);

/** Tags in an answer of ECS: {Tag: [{TagKey, TagValue}]}. */
export const ecsTags = z
    .object({ Tag: list(z.object({ TagKey: z.string(), TagValue: z.string().nullish() })) })
    .nullish()
    .transform(
        (tags): Tags => Object.fromEntries((tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue ?? ""])),
    );

/** The tagging actions, which SWAS and ECS share. `ResourceType` contains the product's own names of resource types. */
export function tagging<ResourceType extends string>(rpc: Rpc) {
    const together = new Map<string, Ask<string, void>>();

    /** Tags all objects that get the same tags at the same time in one call. */
    function tagTogether(resourceType: ResourceType, tags: Tags): Ask<string, void> {
        const name = JSON.stringify([resourceType, tags]);
        const known = together.get(name);
        if (known) return known;
        const ask = joinCalls<string, void>({
            call: async (take) => {
                await rpc.ask({
                    action: "TagResources",
                    query: () => ({ ResourceType: resourceType, ResourceId: take(), Tag: tagParameters(tags) }),
                    answer: noContent,
                    idempotent: true,
                });
                return () => {};
            },
            most: IDS_PER_REQUEST,
            isAboutOne: (error) => isGone(error) || isAboutOneObject(error),
        });
        together.set(name, ask);
        return ask;
    }

    return {
        /**
         * Adds tags and replaces values of the same key, at most 20. Simultaneous calls for the same tags are joined.
         */
        async tagResources(request: { resourceType: ResourceType; resourceIds: string[]; tags: Tags }): Promise<void> {
            const { resourceType, resourceIds, tags } = request;
            const ask = tagTogether(resourceType, tags);
            await Promise.all(resourceIds.map((id) => ask(id)));
        },
        /** Removes tags by key. At most 50 ids and 20 keys. */
        async untagResources(request: {
            resourceType: ResourceType;
            resourceIds: string[];
            keys: string[];
        }): Promise<void> {
            const { resourceType, resourceIds, keys } = request;
            await rpc.ask({
                action: "UntagResources",
                query: { ResourceType: resourceType, ResourceId: resourceIds, TagKey: keys },
                answer: noContent,
                idempotent: true,
            });
        },
    };
}
