import { randomUUID } from "node:crypto";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient";
import { type Logger, LogLevel } from "@huaweicloud/huaweicloud-sdk-core/logger";
import { z } from "zod";
import { optionalNumber, optionalText } from "../answerFields";
import { UserError } from "../errors";
import { withRetries } from "../retry";
import type { HuaweiConnection, HuaweiService } from "./connection";
import { type Answer, refused, unexpectedAnswer, unreachable } from "./failures";

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

/** One request to a service. */
export interface RestRequest<T> {
    /** For error texts, as the cloud calls it: "DeleteImage". */
    operation: string;
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    /** Built with `path`; `{project_id}` is filled in. */
    path: string;
    /** Undefined values are left out. */
    query?: Record<string, string | number | boolean | undefined>;
    /** Sent as JSON. */
    body?: object;
    headers?: Record<string, string>;
    /** What the operation answers. */
    answer: z.ZodType<T>;
    /** Whether sending it twice has the same effect as once. */
    idempotent: boolean;
}

/** A service in one region. */
export interface Rest {
    /** Sends a request, with retries. @throws CloudError */
    ask<T>(request: RestRequest<T>): Promise<T>;
    /** A new client token. */
    newToken(): string;
}

/** For operations whose answer says nothing that is used. */
export const noContent = z.unknown().transform(() => undefined);

/**
 * A path with ids in it.
 * @throws UserError for an empty id, which would name the whole collection instead of one object
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
    return parts.reduce((built, part, index) => {
        const id = ids[index - 1];
        if (!id || !/^[\w-][\w.-]*$/.test(id))
            throw new UserError(`"${id ?? ""}" is no id of an object: correct the argument that names it`);
        return built + id + part;
    });
}

/** Opens a service in a region over the official signing core (SDK-HMAC-SHA256). */
export function openRest(connection: HuaweiConnection, service: HuaweiService, region: string): Rest {
    return openRestWith(connection, service, region, connection.projectIdOf);
}

/** Like `openRest` but for IAM, whose requests name no project. */
export function openRestWith(
    connection: Omit<HuaweiConnection, "projectIdOf">,
    service: HuaweiService,
    region: string,
    projectIdOf: ((region: string) => Promise<string>) | undefined,
): Rest {
    const { time, random, signal, newToken = randomUUID } = connection;
    const cloud = service.toUpperCase();
    const endpoint = originOf(connection.endpointOf(service, region), service, region);
    const options = { logger: silent, headers: {}, axiosRequestConfig: { timeout: TIMEOUT_MS, ...wholeAnswers } };
    let project: Promise<string> | undefined;

    async function findProject(): Promise<string | undefined> {
        project ??= projectIdOf?.(region);
        try {
            return await project;
        } catch (error) {
            // A failed look-up is not kept: the next request tries again.
            project = undefined;
            throw error;
        }
    }

    function openCore(projectId: string | undefined): HcClient {
        const credentials = new BasicCredentials().withAk(connection.accessKey).withSk(connection.secretKey);
        if (connection.securityToken) credentials.withSecurityToken(connection.securityToken);
        if (projectId) credentials.withProjectId(projectId);
        // Not ClientBuilder: it needs the undeclared package `uuid` and writes into the home folder (huawei.md 1.5).
        return new HcClient(new DefaultHttpClient(options, [endpoint]), options)
            .withEndpoints([endpoint])
            .withCredential(credentials);
    }

    async function ask<T>(request: RestRequest<T>): Promise<T> {
        const asked = { cloud, operation: request.operation, endpoint };
        const projectId = await findProject();
        const core = openCore(projectId);
        const attempt = async () => {
            const answer = await send(core, request, projectId).catch((thrown) => {
                throw unreachable(thrown, asked);
            });
            if (answer.status >= 300 || !answer.readable) throw refused(answer, asked);
            const parsed = request.answer.safeParse(answer.body);
            if (!parsed.success) throw unexpectedAnswer(parsed.error, answer, asked);
            return parsed.data;
        };
        return withRetries(attempt, { time, idempotent: request.idempotent, random, signal });
    }

    return { ask, newToken };
}

async function send<T>(core: HcClient, request: RestRequest<T>, projectId: string | undefined): Promise<Answer> {
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

function originOf(endpoint: string, service: HuaweiService, region: string): string {
    if (!URL.canParse(endpoint)) {
        throw new UserError(`endpoint of ${service} in ${region} is not a URL with a scheme: ${endpoint}`);
    }
    return new URL(endpoint).origin;
}
