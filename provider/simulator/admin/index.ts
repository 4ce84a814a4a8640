import { timingSafeEqual } from "node:crypto";
import { UserError } from "../core/apiError";
import type { Simulation } from "../core/simulation";
import { jsonAnswer, type WireAnswer, type WireRequest } from "../core/wire";
import type { World } from "../worlds/world";
import { callFilter, isAsked, readQuery } from "./callFilter";
import { describeAdmin } from "./openapi";
import { type AdminRoute, adminRoutes } from "./routes";

/** The path prefix of the admin API. No cloud uses it. */
export const adminPath = "/_simulator";

const follow: AdminRoute = {
    method: "GET",
    path: "/calls/follow",
    summary: "Streams new calls as server-sent events",
    query: callFilter,
    contentType: "text/event-stream",
    run: () => "",
};

const description: AdminRoute = {
    method: "GET",
    path: "/openapi.json",
    summary: "This API as an OpenAPI 3.1 document",
    run: () => describeAdmin(adminPath, routes),
};

const routes: readonly AdminRoute[] = [...adminRoutes, follow, description];

function isAllowed(request: WireRequest, token: string): boolean {
    const given = Buffer.from(request.headers.authorization ?? "");
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Answers a request to the admin API. */
export function answerAdmin(
    sim: Simulation,
    request: WireRequest,
    { token, reset }: { token: string; reset: (world?: World) => void },
): WireAnswer {
    if (!isAllowed(request, token)) {
        return jsonAnswer(401, {
            message: "missing or wrong admin token: send the header Authorization: Bearer <adminToken>",
        });
    }
    const path = request.path.slice(adminPath.length);
    const route = routes.find((candidate) => candidate.path === path && candidate.method === request.method);
    if (!route) return jsonAnswer(404, { message: `unknown admin path: see GET ${adminPath}${description.path}` });
    try {
        const query = new URLSearchParams(request.query);
        if (route === follow) return followCalls(sim, query);
        const result = route.run({ sim, query, body: request.body, reset });
        if (!route.contentType) return jsonAnswer(200, result);
        return { status: 200, headers: { "content-type": route.contentType }, body: String(result) };
    } catch (error) {
        if (error instanceof UserError) return jsonAnswer(400, { message: error.message });
        throw error;
    }
}

function followCalls(sim: Simulation, query: URLSearchParams): WireAnswer {
    const wanted = readQuery(callFilter, query);
    return {
        status: 200,
        headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
        body: "",
        follow: (send) =>
            sim.calls.subscribe((call) => {
                if (isAsked(call, wanted)) send(`data: ${JSON.stringify(call)}\n\n`);
            }),
    };
}
