import { flavorOf } from "../holdings/flavors";
import type { VisibleImage } from "../holdings/visibleImages";
import { imageDocument } from "./imageDocument";

/** Filters that compare an attribute with the text given; __support_* too. An absent attribute equals "false" or "". */
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

function passes(document: Record<string, unknown>, name: string, wanted: string): boolean {
    if (name === "tag") {
        const tags = Array.isArray(document.tags) ? document.tags : [];
        // Old tags "a.b" are queried as a=b, too (OTC image_tag_format.rst).
        return tags.some((tag) => tag === wanted || String(tag).replace(".", "=") === wanted);
    }
    if (name === "created_at" || name === "updated_at") return isOnTime(document[name], wanted);
    if (name === "enterprise_project_id" && wanted === "all_granted_eps") return true;
    // Images that fit the flavor; none fits an unknown one (HW).
    if (name === "flavor_id") return Number(document.min_ram) <= (flavorOf(wanted)?.ramMiB ?? -1);
    if (!exact.has(name) && !name.startsWith("__support_")) return true;
    const value = document[name];
    return value === undefined ? wanted === "false" || wanted === "" : String(value) === wanted;
}

/** Which shares a listing shows: those accepted, unless it asks by member_status (Glance). */
function isListed(visible: VisibleImage, memberStatus: string | null): boolean {
    if (memberStatus === null) return visible.relation !== "shared" || visible.member.status === "accepted";
    return visible.relation === "shared" && (memberStatus === "all" || visible.member.status === memberStatus);
}

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

function sorted(documents: Record<string, unknown>[], query: URLSearchParams): Record<string, unknown>[] {
    const key = query.get("sort_key") ?? "created_at";
    if (!sortable.has(key)) return documents;
    const direction = query.get("sort_dir") === "asc" ? 1 : -1;
    const text = (document: Record<string, unknown>) => String(document[key]);
    return [...documents].sort((a, b) => direction * (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

/** The documents that a list query asks for, one page of them. */
export function selectImages(visible: readonly VisibleImage[], query: URLSearchParams): Record<string, unknown>[] {
    const memberStatus = query.get("member_status");
    const documents = visible
        .filter((one) => isListed(one, memberStatus))
        .map(imageDocument)
        .filter((document) => [...query].every(([name, wanted]) => passes(document, name, wanted)));
    const inOrder = sorted(documents, query);
    const marker = query.get("marker");
    const start = marker === null ? 0 : inOrder.findIndex((document) => document.id === marker) + 1;
    const limit = Number(query.get("limit") ?? 500);
    return inOrder.slice(start, start + (Number.isInteger(limit) && limit > 0 ? limit : 500));
}
