import OpenApi, { $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import { parseJson } from "../json";
import type { AlibabaConnection } from "./connection";
import type { Asked } from "./failures";
import { cloudErrorOf } from "./thrown";

/** The core's default of 3 s is too short for the creating actions (reference alibaba.md 1.5). Milliseconds. */
const READ_TIMEOUT_MS = 30_000;
// httpx uses the connect timeout as the socket's idle timeout as well: 10 s here would end every answer that
// takes longer (measured with httpx 2.3.3), so it must not be shorter than the read timeout.
const CONNECT_TIMEOUT_MS = READ_TIMEOUT_MS;

/** Sends an action and answers its body. @throws CloudError */
export type Send = (action: string, query: Record<string, unknown>, asked: Asked) => Promise<unknown>;

/** Opens the official signing core (ACS3-HMAC-SHA256) for a version of a product at an endpoint. */
export function openCore(connection: AlibabaConnection, endpoint: URL, version: string): Send {
    const config = coreConfig(connection, endpoint);
    const core = new OpenApi(config);
    return async (action, query, asked) => {
        const params = new $OpenApiUtil.Params({
            action,
            version,
            protocol: "HTTPS",
            pathname: "/",
            method: "POST",
            authType: "AK",
            style: "RPC",
            reqBodyType: "formData",
            // As text, because the core would read large integers, such as ids of accounts, without their last digits.
            bodyType: "string",
        });
        const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) });
        try {
            // The core's options of one call bear the same names as those of the client, so one object serves as both.
            const { body }: { body?: unknown } = await core.callApi(params, request, config);
            return answerIn(body);
        } catch (thrown) {
            throw cloudErrorOf(thrown, asked);
        }
    };
}

/** @throws SyntaxError when it is no JSON object */
function answerIn(body: unknown): object {
    const answer = parseJson(String(body));
    if (typeof answer === "object" && answer !== null) return answer;
    throw new SyntaxError("the answer is no JSON object");
}

function coreConfig(connection: AlibabaConnection, { protocol, host }: URL) {
    return new $OpenApiUtil.Config({
        accessKeyId: connection.accessKeyId,
        accessKeySecret: connection.accessKeySecret,
        securityToken: connection.securityToken,
        protocol: protocol.replace(":", ""),
        endpoint: host,
        readTimeout: READ_TIMEOUT_MS,
        connectTimeout: CONNECT_TIMEOUT_MS,
    });
}
