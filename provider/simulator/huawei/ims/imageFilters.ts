import { concatenated, filtered, reversed, type Sliced } from "../../core/slices";
import { flavorOf } from "../models/flavors";
import { otherImages, ownImages, type Viewer, type VisibleImage } from "../models/visibleImages";
import { attributeOf } from "./imageAttributes";
import { imageDocument } from "./imageDocument";

/**
 * Filters that compare an attribute with the given text, also for __support_*. A missing attribute equals "false" or
 * "".
 */
const exact = new Set([
    "__isregistered",
    "__imagetype",
    "__whole_image",
    "__system__cmkid",
    "protected",
    "visibility",
    "owner",
    "id",
    "status",
    "name",
    "container_format",
    "disk_format",
    "min_ram",
    "min_disk",
    "__os_bit",
    "__platform",
    "__os_type",
    "virtual_env_type",
    "enterprise_project_id",
]);

const comparisons: Record<string, (a: number, b: number) => boolean> = {
    gt: (a, b) => a > b,
    gte: (a, b) => a >= b,
    lt: (a, b) => a < b,
    lte: (a, b) => a <= b,
    eq: (a, b) => a === b,
    neq: (a, b) => a !== b,
};

function isOnTime(time: unknown, wanted: string): boolean {
    const [, operator = "eq", at = ""] = /^(?:(gt|gte|lt|lte|eq|neq):)?(.*)$/s.exec(wanted) ?? [];
    return comparisons[operator]?.(Date.parse(String(time)), Date.parse(at)) ?? false;
}

const timed = new Set(["created_at", "updated_at"]);

/** The condition that a parameter sets for images, or false if it sets none. */
function condition(name: string, wanted: string): false | ((visible: VisibleImage) => boolean) {
    if (name === "tag") return (visible) => hasTag(attributeOf(visible, "tags"), wanted);
    if (timed.has(name)) return (visible) => isOnTime(attributeOf(visible, name), wanted);
    if (name === "enterprise_project_id" && wanted === "all_granted_eps") return false;
    // Images that fit the flavor. No image fits an unknown flavor (HW).
    if (name === "flavor_id") return ({ image }) => image.minRamMiB <= (flavorOf(wanted)?.ramMiB ?? -1);
    if (!exact.has(name) && !name.startsWith("__support_")) return false;
    // Glance's own clients send several values at once: "in:active,queued".
    const several = wanted.startsWith("in:") ? wanted.slice(3).split(",") : undefined;
    return (visible) => {
        const value = attributeOf(visible, name);
        if (value === undefined) return wanted === "false" || wanted === "";
        return several ? several.includes(String(value)) : String(value) === wanted;
    };
}

function hasTag(tags: unknown, wanted: string): boolean {
    // Old tags "a.b" also match a=b (OTC image_tag_format.rst).
    return Array.isArray(tags) && tags.some((tag) => tag === wanted || String(tag).replace(".", "=") === wanted);
}

/** Which shares a list shows: accepted shares, unless member_status says otherwise (Glance). */
const isListed =
    (memberStatus: string | null) =>
    (visible: VisibleImage): boolean => {
        if (memberStatus === null) return visible.relation !== "shared" || visible.member.status === "accepted";
        return visible.relation === "shared" && (memberStatus === "all" || visible.member.status === memberStatus);
    };

const sortable = new Set([
    "name",
    "container_format",
    "disk_format",
    "status",
    "id",
    "size",
    "created_at",
    "updated_at",
]);

/** Default: newest first. A project's own images are stored in this order. */
function inOrder(
    own: Sliced<VisibleImage>,
    others: readonly VisibleImage[],
    query: URLSearchParams,
    oldest: VisibleImage | undefined,
): Sliced<VisibleImage> {
    const found = concatenated(own, others);
    const [asked, direction] = (query.get("sort") ?? "").split(",")[0]?.split(":") ?? [];
    const key = query.get("sort_key") ?? (asked || "created_at");
    const isAscending = (query.get("sort_dir") ?? direction) === "asc";
    if (!sortable.has(key)) return found;
    if (key === "created_at" && others.length === 0) return isAscending ? reversed(own) : own;
    if (key === "created_at" && !isAscending && areOlder(others, oldest))
        return concatenated(own, sorted(others, key, -1));
    return sorted(found, key, isAscending ? 1 : -1);
}

/** Public images are usually older than a project's own images. */
function areOlder(others: readonly VisibleImage[], oldest: VisibleImage | undefined): boolean {
    const since = oldest && String(attributeOf(oldest, "created_at"));
    return since !== undefined && others.every((visible) => String(attributeOf(visible, "created_at")) <= since);
}

function sorted(found: Sliced<VisibleImage>, key: string, sign: 1 | -1): VisibleImage[] {
    const text = new Map(found.slice().map((visible) => [visible, String(attributeOf(visible, key))]));
    return [...text].sort(([, a], [, b]) => sign * (a < b ? -1 : a > b ? 1 : 0)).map(([visible]) => visible);
}

/** The documents of one page of a list query. */
export function selectImages(viewer: Viewer, query: URLSearchParams): Record<string, unknown>[] {
    const memberStatus = query.get("member_status");
    const own = memberStatus === null ? ownImages(viewer, query) : [];
    const others = otherImages(viewer).filter(isListed(memberStatus));
    const conditions = [...query].map(([name, wanted]) => condition(name, wanted));
    const [ownFound, othersFound] = [filtered(own, conditions), filtered(others, conditions)];
    const [oldest] = own.slice(own.length - 1, own.length);
    const found = inOrder(ownFound, othersFound.slice(), query, oldest);
    const marker = query.get("marker");
    const start = marker === null ? 0 : found.slice().findIndex(({ image }) => image.id === marker) + 1;
    const limit = Number(query.get("limit") ?? 500);
    return found.slice(start, start + (Number.isInteger(limit) && limit > 0 ? limit : 500)).map(imageDocument);
}
