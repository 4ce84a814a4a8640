import { apiError } from "../../core/errorRule";
import type { Kind } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { flag, repeated, required, text, withDefault } from "../gateway/parameters";
import { carries, type Tag, tagRows, tags, withoutTags, withTags } from "../gateway/tagParameters";
import { firstRegionOf, regionBy } from "../locations";
import { ecsRules } from "./ecsRules";
import { ecsDiskKind, ecsImageKind, ecsInstanceKind, ecsSnapshotKind } from "./models";

/** Tags as ECS returns them. */
export function tagViews(own: readonly Tag[]) {
    return own.map(({ key, value }) => ({ TagKey: key, TagValue: value }));
}

interface TaggedResource {
    readonly id: string;
    readonly tags: readonly Tag[];
}

function lister<T extends { readonly tags: readonly Tag[] }>(kind: Kind<T>) {
    return ({ store }: Caller): TaggedResource[] => store.list(kind).map(({ id, value }) => ({ id, tags: value.tags }));
}

const listers = new Map([
    ["image", lister(ecsImageKind)],
    ["instance", lister(ecsInstanceKind)],
    ["snapshot", lister(ecsSnapshotKind)],
    ["disk", lister(ecsDiskKind)],
]);

type Edit = (own: readonly Tag[]) => Tag[];

function editor<T extends { readonly tags: readonly Tag[] }>(kind: Kind<T>) {
    return ({ store }: Caller, id: string, edit: Edit): void => {
        const value = store.get(kind, id);
        if (!value) throw apiError(ecsRules.unknownResource, { id });
        store.put(kind, id, { ...value, tags: edit(value.tags) });
    };
}

const editors = new Map([
    ["image", editor(ecsImageKind)],
    ["instance", editor(ecsInstanceKind)],
    ["snapshot", editor(ecsSnapshotKind)],
    ["disk", editor(ecsDiskKind)],
]);

const regionOfResources = firstRegionOf(
    regionBy("ResourceId", ecsImageKind),
    regionBy("ResourceId", ecsInstanceKind),
    regionBy("ResourceId", ecsSnapshotKind),
    regionBy("ResourceId", ecsDiskKind),
);

const target = {
    RegionId: required(text()),
    ResourceType: required(text({ values: [...editors.keys()] })),
    ResourceId: required(repeated({ max: 50, isId: true })),
};

export const tagOperations = [
    operation({
        name: "TagResources",
        locate: regionOfResources,
        parameters: { ...target, Tag: required(tags) },
        run: (caller, { ResourceType, ResourceId, Tag }) => {
            for (const id of ResourceId) editors.get(ResourceType)?.(caller, id, (own) => withTags(own, Tag));
            return {};
        },
    }),
    operation({
        name: "UntagResources",
        locate: regionOfResources,
        parameters: { ...target, TagKey: repeated({ max: 20 }), All: withDefault(flag, false) },
        run: (caller, { ResourceType, ResourceId, TagKey, All }) => {
            const keys = TagKey.length === 0 && All ? "all" : TagKey;
            for (const id of ResourceId) editors.get(ResourceType)?.(caller, id, (own) => withoutTags(own, keys));
            return {};
        },
    }),
    operation({
        name: "ListTagResources",
        reads: true,
        locate: regionOfResources,
        parameters: {
            RegionId: required(text()),
            ResourceType: target.ResourceType,
            ResourceId: repeated({ max: 50, isId: true }),
            Tag: tags,
            NextToken: text({ pattern: /^\d{1,9}$/ }),
        },
        run: (caller, params) => {
            const found = (listers.get(params.ResourceType)?.(caller) ?? [])
                .filter(({ id }) => params.ResourceId.length === 0 || params.ResourceId.includes(id))
                .filter((resource) => carries(resource.tags, params.Tag))
                .flatMap(({ id, tags: own }) => own.map((tag) => ({ id, tag })));
            return tagRows(found, params.ResourceType, params.NextToken);
        },
    }),
];
