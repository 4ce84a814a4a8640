import { type Request, Response } from "@alicloud/credentials/dist/src/providers/http";
import { z } from "zod";
import { optionalText } from "../answerFields";
import { CloudError, UserError } from "../errors";
import { type Exchanged, exchange, failureOf } from "../exchange";
import type { KeyServices } from "./keys";

/** The address of the metadata service in every ECS instance. */
const metadataHost = "100.100.100.200";

const refusal = z.object({ Code: optionalText, Message: optionalText, RequestId: optionalText }).catch({
    Code: undefined,
    Message: undefined,
    RequestId: undefined,
});

interface Asking extends KeyServices {
    /** Where the keys were found, for messages. */
    origin: string;
    /** What is requested, for messages: "assume the role acs:ram::1:role/images". */
    what: string;
}

/**
 * Returns the function with which the official providers send their requests: through the proxy, to the simulator if
 * there is one, and without following redirects. An unsuccessful answer becomes an error here, because the providers'
 * own messages quote answers that may contain secrets.
 */
export function askForKeys({
    origin,
    what,
    url,
    metadataUrl,
    proxies,
}: Asking): (request: Request) => Promise<Response> {
    return async (request) => {
        const { Action: action } = request.queries ?? {};
        const isMetadata = request.url === undefined && request.host === metadataHost;
        const base = action === undefined ? (isMetadata ? metadataUrl : undefined) : url;
        const asked = new URL(request.toRequestURL());
        const target = base === undefined ? asked : new URL(`${asked.pathname}${asked.search}`, base);
        const cannot = `${origin}: cannot ${what}`;
        const failure = {
            cloud: action === undefined ? "credentials" : "STS",
            operation: action ?? request.method,
            endpoint: target.origin,
        };

        async function send(): Promise<Exchanged> {
            const agent = isMetadata ? undefined : await proxies.agentFor(target);
            const form = Object.entries(request.bodyForm ?? {});
            const body = form.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
            const { method, headers } = request;
            // The request is signed for one use, so it is never sent again with the same signature.
            return exchange(
                { url: target, method, headers: textsOf(headers), agent, ...(form.length > 0 && { body }) },
                request.readTimeout || 10_000,
            );
        }

        const answer = await send().catch((error: unknown) => {
            if (error instanceof UserError) throw error;
            const reason = `${cannot}: no answer (${failureOf(error)})`;
            if (isMetadata) {
                throw new UserError(`${reason}: run on an ECS instance with a RAM role, or use another profile`);
            }
            throw new CloudError(reason, { ...failure, code: "Unreachable", status: 0, retryable: true });
        });
        const { status } = answer;
        if (status === 200) return answerOf(answer);
        if (status >= 300 && status < 400) {
            const reason = `${cannot}: the service answered with a redirect, which is not followed`;
            throw new CloudError(reason, { ...failure, code: "Redirected", status, retryable: false });
        }
        const { Code: code, Message: message, RequestId: requestId } = refusal.parse(jsonOf(answer.body));
        throw new CloudError(`${cannot}: ${withoutSecrets(message ?? `status ${status}`, request)}`, {
            ...failure,
            code: code ?? `Http${status}`,
            status,
            requestId,
            retryable: status >= 500 || status === 429 || /^Throttling/.test(code ?? ""),
        });
    };
}

/** Some services repeat the request in their error message. */
function withoutSecrets(message: string, { bodyForm, queries, headers }: Request): string {
    const secrets = [bodyForm?.OIDCToken, queries?.SecurityToken, headers?.Authorization?.replace(/^Bearer /, "")];
    return secrets.reduce<string>(
        (text, secret) => (secret ? text.replaceAll(secret.trim(), "[secret]") : text),
        message,
    );
}

function answerOf({ status, headers, body }: Exchanged): Response {
    return Response.builder().withStatusCode(status).withHeaders(headers).withBody(Buffer.from(body, "utf8")).build();
}

/** The providers pass undefined values. */
function textsOf(headers: Record<string, string | undefined>): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function jsonOf(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return undefined;
    }
}
