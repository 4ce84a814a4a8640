import type { Agent } from "node:http";
import querystring from "node:querystring";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import type { HttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/HttpClient";
import type { IHttpRequest } from "@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest";
import { type Logger, LogLevel } from "@huaweicloud/huaweicloud-sdk-core/logger";
import { z } from "zod";
import { parseJson } from "../../core/json";
import { BrokenBody } from "../bodies";
import { type Exchanged, exchange } from "../exchange";
import { requestLimit } from "../patience";
import { retryAfterOf } from "../retryAfter";
import { SignatureClock } from "../signatureClock";
import type { HuaweiConnection } from "./connection";
import type { Answer } from "./failures";

// The core's default logger prints failed requests with their Authorization header to stdout
// (docs/reference/huawei-api.md#official-node-sdk).
const silent: Logger = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: () => {},
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
};

/** A request as it is sent, without the signature. */
export interface SentRequest {
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    /** Built with `path`; `{project_id}` is replaced. */
    path: string;
    /** Undefined values are omitted. */
    query?: Record<string, string | number | boolean | undefined>;
    /** Sent as JSON. */
    body?: object;
    headers?: Record<string, string>;
}

/** Sends a request in a project and returns the answer. If there is none, the core's error is thrown. */
export type Send = (request: SentRequest, projectId: string | undefined) => Promise<Answer>;

/**
 * Codes with which the gateway refuses a signature, including one with a wrong time
 * (docs/reference/huawei-api.md#signature-errors): nothing was done.
 */
const SIGNATURE_CODES = /^APIGW?\.030[13]$/;

/**
 * Opens a service at an endpoint. The official core builds the request and signs it (SDK-HMAC-SHA256). It does not send
 * it: its own client has no time limit for a slow answer, and drops the headers and bodies of some errors
 * (docs/reference/huawei-api.md#official-node-sdk).
 */
export function openCore(connection: Omit<HuaweiConnection, "projectIdOf">, endpoint: string): Send {
    const clock = new SignatureClock();

    async function sendOnce(request: SentRequest, projectId: string | undefined, date: Date): Promise<Exchanged> {
        const { accessKeyId, accessKeySecret, securityToken } = await connection.credentials();
        const credentials = new BasicCredentials().withAk(accessKeyId).withSk(accessKeySecret);
        if (securityToken) credentials.withSecurityToken(securityToken);
        if (projectId) credentials.withProjectId(projectId);
        const sender = new Sender(await connection.proxies?.agentFor(new URL(endpoint)));
        // ClientBuilder is not used: it requires the undeclared package `uuid` and writes to the home folder
        // (docs/reference/huawei-api.md#official-node-sdk).
        const core = new HcClient(sender, { logger: silent }).withEndpoints([endpoint]).withCredential(credentials);
        const headers = {
            ...request.headers,
            "X-Sdk-Date": date.toISOString().replace(/[-:]|\.\d+/g, ""),
        };
        const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
        await core
            .sendRequest({
                method: request.method,
                url: request.path,
                contentType: "application/json",
                queryParams: Object.fromEntries(query),
                pathParams: projectId === undefined ? {} : { project_id: projectId },
                headers,
                // Not `{}` if there is no body: the core would sign and send an empty object even with GET
                // (docs/reference/huawei-api.md#signatures).
                data: request.body,
            })
            // The core's own error does not contain the cause.
            .catch((error: unknown) => {
                throw sender.failure ?? error;
            });
        if (!sender.answer) throw new BrokenBody("the request was not sent");
        return sender.answer;
    }

    return async (request, projectId) => {
        const dates: Date[] = [];
        for (;;) {
            const date = clock.now();
            dates.push(date);
            const answer = answerOf(await sendOnce(request, projectId, date));
            const code = refusedSignature.safeParse(answer.body).data?.error_code ?? "";
            const mayBeTime = answer.status === 401 && SIGNATURE_CODES.test(code);
            if (!mayBeTime || !clock.correct(answer.date, dates)) return answer;
        }
    };
}

const refusedSignature = z.object({ error_code: z.string() });

/** Sends the request that the core has signed, and stores the answer. */
class Sender implements HttpClient {
    answer: Exchanged | undefined;
    failure: unknown;

    constructor(private readonly agent: Agent | undefined) {}

    async sendRequest<T>({ method = "GET", endpoint, queryParams, data, headers }: IHttpRequest) {
        try {
            const target = new URL(`${endpoint}`);
            target.search = querystring.stringify(queryParams);
            const body = data === undefined ? undefined : JSON.stringify(data);
            const sent = { ...headers, accept: "application/json", "user-agent": "huaweicloud-usdk-nodejs/3.0" };
            this.answer = await exchange(
                { url: target, method, headers: sent, body, agent: this.agent },
                requestLimit(),
            );
        } catch (error) {
            this.failure = error;
            throw error;
        }
        const { status } = this.answer;
        const wrapped: { data?: T; statusCode: number; headers: object } = { statusCode: status, headers: {} };
        return wrapped;
    }
}

function answerOf({ status, headers, body }: Exchanged): Answer {
    return {
        ...readJson(body),
        status,
        requestId: headers["x-request-id"],
        retryAfterMs: retryAfterOf(headers),
        date: headers.date,
    };
}

function readJson(body: string): { body: unknown; readable: boolean } {
    if (body.trim() === "") return { body: undefined, readable: true };
    try {
        return { body: parseJson(body), readable: true };
    } catch {
        return { body: undefined, readable: false };
    }
}
