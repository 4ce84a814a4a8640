import type { Route } from "./operation";

/** A route that matches a request, with the values of its {names}. */
export interface Match {
    readonly route: Route;
    readonly params: Readonly<Record<string, string>>;
}

export type FindRoute = (method: string, path: string) => Match | undefined;

interface CompiledRoute {
    readonly route: Route;
    readonly segments: readonly string[];
}

/** Words that end paths. They are never the id of an object: without a matching route, the path is unknown. */
const reserved = new Set(["detail", "flavors", "action", "delete", "tags", "members", "instances", "quota"]);

/** A trailing slash is ignored. The root has one empty segment. */
const segmentsOf = (path: string): string[] => path.replace(/\/$/, "").split("/");

const isParameter = (segment: string): boolean => segment.startsWith("{");

/** An id is never one of these words. A tag or its key can be. */
const isId = (segment: string): boolean => /_?id\}$/.test(segment);

/**
 * Literal segments first: /v2/images/{id}/tags must not match /v2/{project_id}/images/... (all services share a port;
 * docs/reference/huawei-api.md#projects).
 */
function literalsFirst(a: CompiledRoute, b: CompiledRoute): number {
    for (const [index, segment] of a.segments.entries()) {
        const difference = Number(isParameter(segment)) - Number(isParameter(b.segments[index] ?? ""));
        if (difference !== 0) return difference;
    }
    return 0;
}

/** Builds the lookup of all routes. */
export function routeTable(routes: readonly Route[]): FindRoute {
    const compiled = routes.map((route) => ({ route, segments: segmentsOf(route.path) })).sort(literalsFirst);
    // An index, because most routes have another method or number of segments than the request.
    const byShape = new Map<string, CompiledRoute[]>();
    for (const one of compiled) {
        const shape = `${one.route.method} ${one.segments.length}`;
        byShape.set(shape, [...(byShape.get(shape) ?? []), one]);
    }

    return (method, path) => {
        const segments = segmentsOf(path);
        for (const { route, segments: pattern } of byShape.get(`${method} ${segments.length}`) ?? []) {
            const params = matchSegments(pattern, segments);
            if (params) return { route, params };
        }
        return undefined;
    };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
    const params: Record<string, string> = Object.create(null);
    for (const [index, expected] of pattern.entries()) {
        const given = decode(segments[index] ?? "");
        if (given === undefined) return undefined;
        if (!isParameter(expected)) {
            if (given !== expected) return undefined;
        } else {
            if (given === "" || (isId(expected) && reserved.has(given))) return undefined;
            params[expected.slice(1, -1)] = given;
        }
    }
    return params;
}

function decode(segment: string): string | undefined {
    try {
        return decodeURIComponent(segment);
    } catch {
        return undefined;
    }
}
