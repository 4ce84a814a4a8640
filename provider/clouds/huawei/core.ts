import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient";
import { type Logger, LogLevel } from "@huaweicloud/huaweicloud-sdk-core/logger";
import { z } from "zod";
import { optionalNumber, optionalText } from "../answerFields";
import { directAgent } from "../exchange";
import type { HuaweiConnection } from "./connection";
import type { Answer } from "./failures";

/** The core waits without end by default (reference huawei.md 1.5). Milliseconds. */
const TIMEOUT_MS = 30_000;

// The core's default logger prints failed requests with their Authorization header to stdout (huawei.md 1.5).
const silent: Logger = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: () => {},
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
};

/** A request as it goes over the wire, but for the signature. */
export interface SentRequest {
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    /** Built with `path`; `{project_id}` is filled in. */
    path: string;
    /** Undefined values are left out. */
    query?: Record<string, string | number | boolean | undefined>;
    /** Sent as JSON. */
    body?: object;
    headers?: Record<string, string>;
}

/** Sends a request in a project and answers what came back. Throws what the core throws when nothing did. */
export type Send = (request: SentRequest, projectId: string | undefined) => Promise<Answer>;

/** Opens the official signing core (SDK-HMAC-SHA256) at an endpoint. */
export function openCore(connection: Omit<HuaweiConnection, "projectIdOf">, endpoint: string): Send {
    async function open(projectId: string | undefined): Promise<HcClient> {
        const { accessKeyId, accessKeySecret, securityToken } = await connection.credentials();
        const url = new URL(endpoint);
        const agent = (await connection.proxies?.agentFor(url)) ?? directAgent(url);
        const axiosRequestConfig = {
            timeout: TIMEOUT_MS,
            ...wholeAnswers,
            httpAgent: agent,
            httpsAgent: agent,
        };
        const options = { logger: silent, headers: {}, axiosRequestConfig };
        const credentials = new BasicCredentials().withAk(accessKeyId).withSk(accessKeySecret);
        if (securityToken) credentials.withSecurityToken(securityToken);
        if (projectId) credentials.withProjectId(projectId);
        // Not ClientBuilder: it needs the undeclared package `uuid` and writes into the home folder (huawei.md 1.5).
        return new HcClient(new DefaultHttpClient(options, [endpoint]), options)
            .withEndpoints([endpoint])
            .withCredential(credentials);
    }

    return async (request, projectId) => send(await open(projectId), request, projectId);
}

async function send(core: HcClient, request: SentRequest, projectId: string | undefined): Promise<Answer> {
    const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
    const received: unknown = await core.sendRequest({
        method: request.method,
        url: request.path,
        contentType: "application/json",
        queryParams: Object.fromEntries(query),
        pathParams: projectId === undefined ? {} : { project_id: projectId },
        headers: { ...request.headers },
        // Not `{}` when there is none: the core would sign and send an empty object even with GET (huawei.md 1.2).
        data: request.body,
    });
    const { httpStatusCode: status, answered, requestId, retryAfter } = wrapped.parse(received);
    return { ...readJson(answered), status, requestId, retryAfterSeconds: retryAfter };
}

// The core's own exceptions drop the headers, and the bodies of Nova and Glance errors (huawei.md 1.5). So every
// status is let through as a success, and the body is wrapped together with the headers that matter.
const wholeAnswers = {
    maxRedirects: 0,
    validateStatus: () => true,
    transformResponse: (body: unknown, headers: Record<string, unknown>) => ({
        answered: typeof body === "string" ? body : "",
        requestId: headers["x-request-id"],
        retryAfter: headers["retry-after"],
    }),
};

const wrapped = z.object({
    httpStatusCode: z.number(),
    answered: z.string(),
    requestId: optionalText.catch(undefined),
    retryAfter: optionalNumber.catch(undefined),
});

function readJson(body: string): { body: unknown; readable: boolean } {
    if (body.trim() === "") return { body: undefined, readable: true };
    try {
        return { body: JSON.parse(body), readable: true };
    } catch {
        return { body: undefined, readable: false };
    }
}
