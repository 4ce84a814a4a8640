import { apiError } from "../../core/errorRule";
import type { Kind } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { flag, repeated, required, text, withDefault } from "../gateway/parameters";
import { type Tag, tagRows, tags, withoutTags, withTags } from "../gateway/tagParameters";
import { regionOfResources } from "./lookup";
import { customImageKind, diskKind, serverKind, snapshotKind } from "./models";
import { commandKind } from "./savedCommands";
import { swasRules } from "./swasRules";

/** Tags as SWAS returns them. */
export function tagViews(own: readonly Tag[]) {
    return own.map(({ key, value }) => ({ Key: key, Value: value }));
}

interface Tagged {
    readonly tags: readonly Tag[];
}

/** The objects with tags that a resource type names. */
interface TaggedType {
    readonly shownAs: string;
    readonly get: (caller: Caller, id: string) => readonly Tag[] | undefined;
    readonly set: (caller: Caller, id: string, own: readonly Tag[]) => void;
    readonly all: (caller: Caller) => { id: string; own: readonly Tag[] }[];
}

function tagged<T extends Tagged>(kind: Kind<T>, shownAs: string): TaggedType {
    return {
        shownAs,
        get: ({ store }, id) => store.get(kind, id)?.tags,
        set: ({ store }, id, own) => {
            const value = store.get(kind, id);
            if (value) store.put(kind, id, { ...value, tags: own });
        },
        all: ({ store }) => store.list(kind).map(({ id, value }) => ({ id, own: value.tags })),
    };
}

/** ALIYUN::SWAS::INSTANCE is documented. The others follow the same pattern (docs/reference/alibaba-api.md#tags). */
const types: ReadonlyMap<string, TaggedType> = new Map([
    ["instance", tagged(serverKind, "ALIYUN::SWAS::INSTANCE")],
    ["snapshot", tagged(snapshotKind, "ALIYUN::SWAS::SNAPSHOT")],
    ["customimage", tagged(customImageKind, "ALIYUN::SWAS::CUSTOMIMAGE")],
    ["disk", tagged(diskKind, "ALIYUN::SWAS::DISK")],
    ["command", tagged(commandKind, "ALIYUN::SWAS::COMMAND")],
]);

const resourceType = required(text({ values: [...types.keys()] }));
const resourceIds = repeated({ max: 50, isId: true });

function change(caller: Caller, type: string, ids: readonly string[], edit: (own: readonly Tag[]) => Tag[]): void {
    for (const id of ids) {
        const own = types.get(type)?.get(caller, id);
        if (!own) throw apiError(swasRules.unknownResource, { id });
        types.get(type)?.set(caller, id, edit(own));
    }
}

export const tagOperations = [
    operation({
        name: "TagResources",
        locate: regionOfResources,
        parameters: {
            RegionId: required(text()),
            ResourceType: resourceType,
            ResourceId: required(resourceIds),
            Tag: required(tags),
        },
        run: (caller, { ResourceType, ResourceId, Tag }) => {
            change(caller, ResourceType, ResourceId, (own) => withTags(own, Tag));
            return {};
        },
    }),
    operation({
        name: "UntagResources",
        locate: regionOfResources,
        parameters: {
            RegionId: required(text()),
            ResourceType: resourceType,
            ResourceId: required(resourceIds),
            TagKey: repeated({ max: 20 }),
            All: withDefault(flag, false),
        },
        run: (caller, { ResourceType, ResourceId, TagKey, All }) => {
            const keys = TagKey.length === 0 && All ? "all" : TagKey;
            change(caller, ResourceType, ResourceId, (own) => withoutTags(own, keys));
            return {};
        },
    }),
    operation({
        name: "ListTagResources",
        reads: true,
        locate: regionOfResources,
        parameters: {
            RegionId: required(text()),
            ResourceType: resourceType,
            ResourceId: resourceIds,
            Tag: tags,
            NextToken: text({ pattern: /^\d{1,9}$/ }),
        },
        run: (caller, params) => {
            const type = types.get(params.ResourceType);
            const found = (type?.all(caller) ?? [])
                .filter(({ id }) => params.ResourceId.length === 0 || params.ResourceId.includes(id))
                .flatMap(({ id, own }) => own.map((tag) => ({ id, tag })))
                .filter(
                    ({ tag }) =>
                        params.Tag.length === 0 ||
                        params.Tag.some(({ key, value }) => key === tag.key && (value === "" || value === tag.value)),
                );
            return tagRows(found, type?.shownAs ?? "", params.NextToken);
        },
    }),
];
