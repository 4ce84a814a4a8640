import { z } from "zod";
import type { AdminRoute } from "./routes";

/** Describes the admin API as OpenAPI 3.1. */
export function describeAdmin(adminPath: string, routes: readonly AdminRoute[]) {
    const paths: Record<string, Record<string, unknown>> = {};
    for (const route of routes) {
        const path = `${adminPath}${route.path}`;
        const type = route.contentType ?? "application/json";
        paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, type) };
    }
    return {
        openapi: "3.1.0",
        info: { title: "machine-images simulator", version: "1" },
        components: { securitySchemes: { adminToken: { type: "http", scheme: "bearer" } } },
        security: [{ adminToken: [] }],
        paths,
    };
}

function operation({ summary, body, query }: AdminRoute, type: string) {
    const schema = body && z.toJSONSchema(body, { io: "input", unrepresentable: "any" });
    return {
        summary,
        ...(query && { parameters: parametersOf(query) }),
        ...(schema && { requestBody: { required: true, content: { "application/json": { schema } } } }),
        responses: {
            200: { description: "done", content: { [type]: {} } },
            400: { description: "invalid body or query; the message names the problem" },
            401: { description: "missing or wrong admin token" },
        },
    };
}

function parametersOf(query: z.ZodObject) {
    const { properties = {} } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
    return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}
