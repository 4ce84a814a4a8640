import { invalidParameter, type Parameter, positionsOf } from "./parameters";

export interface Tag {
    readonly key: string;
    readonly value: string;
}

/** Reserved key prefixes, and the limits of both products (docs/reference/alibaba-api.md#tags). */
const forbiddenKey = /^(acs:|aliyun)|https?:\/\//i;
const maxTags = 20;

/** `Tag.1.Key=..&Tag.1.Value=..`, as a filter or as tags to set. */
export const tags: Parameter<readonly Tag[]> = {
    isId: false,
    read: (given, name) => {
        const list = positionsOf(given, name).map((position) => {
            const key = given.get(`${name}.${position}.Key`) ?? "";
            const value = given.get(`${name}.${position}.Value`) ?? "";
            if (key.length === 0 || key.length > 64 || forbiddenKey.test(key)) {
                throw invalidParameter(`${name}.${position}.Key`, "1 to 64 characters, not acs:, aliyun or an address");
            }
            if (value.length > 64) throw invalidParameter(`${name}.${position}.Value`, "at most 64 characters");
            return { key, value };
        });
        if (list.length > maxTags) throw invalidParameter(name, `at most ${maxTags} tags`);
        if (new Set(list.map((tag) => tag.key)).size < list.length) throw invalidParameter(name, "a key comes twice");
        return list;
    },
};

/** Whether the object has every tag of the filter. A filter without a value matches the key alone. */
export function carries(own: readonly Tag[], filter: readonly Tag[]): boolean {
    return filter.every((wanted) =>
        own.some((tag) => tag.key === wanted.key && (wanted.value === "" || tag.value === wanted.value)),
    );
}

/** The tags after setting some. An existing key keeps its position. */
export function withTags(own: readonly Tag[], set: readonly Tag[]): Tag[] {
    const merged = new Map([...own, ...set].map((tag) => [tag.key, tag.value]));
    if (merged.size > maxTags) throw invalidParameter("Tag", `an object carries at most ${maxTags} tags`);
    return [...merged].map(([key, value]) => ({ key, value }));
}

/** The tags without the given keys, or no tags for "all". */
export function withoutTags(own: readonly Tag[], keys: readonly string[] | "all"): Tag[] {
    return keys === "all" ? [] : own.filter((tag) => !keys.includes(tag.key));
}

/** ListTagResources has no page size. 50 is the size of ECS (SDK 7.11.6), and an assumption for SWAS. */
const rowsPerPage = 50;

/** The page of ListTagResources that begins at the token: one row for each tag of each object. */
export function tagRows(
    rows: readonly { readonly id: string; readonly tag: Tag }[],
    resourceType: string,
    nextToken: string | undefined,
) {
    const start = Number(nextToken ?? 0);
    const next = start + rowsPerPage;
    return {
        NextToken: next < rows.length ? String(next) : "",
        TagResources: {
            TagResource: rows.slice(start, next).map(({ id, tag }) => ({
                ResourceId: id,
                ResourceType: resourceType,
                TagKey: tag.key,
                TagValue: tag.value,
            })),
        },
    };
}
