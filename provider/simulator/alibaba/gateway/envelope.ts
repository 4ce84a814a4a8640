import type { ApiError } from "../../core/apiError";
import { jsonAnswer, type WireAnswer } from "../../core/wire";
import { type Message, wantsXml } from "./message";
import type { Body } from "./operation";
import { xmlDocument } from "./xml";

/** JSON, or XML if the request asks for it. */
function answerIn(message: Message, status: number, root: string, body: object): WireAnswer {
    if (!wantsXml(message)) return jsonAnswer(status, body);
    return { status, headers: { "content-type": "text/xml;charset=utf-8" }, body: xmlDocument(root, body) };
}

/** HTTP 200: SDKs treat every 200 as success. */
export function successAnswer(message: Message, requestId: string, body: Body): WireAnswer {
    return answerIn(message, 200, `${message.action}Response`, { RequestId: requestId, ...body });
}

/** How long a throttled client must wait, in milliseconds. openapi-core reads this header. */
const defaultRetryAfterMs = 700;

/** The body format was captured in github.com/NewFuture/DDNS/issues/57. */
export function errorAnswer(message: Message, requestId: string, hostId: string, refused: ApiError): WireAnswer {
    const body = {
        RequestId: requestId,
        HostId: hostId,
        Code: refused.code,
        Message: refused.message,
        Recommend: `https://error-center.aliyun.com/status/search?Keyword=${refused.code}&source=PopGw`,
    };
    const answer = answerIn(message, refused.status, "Error", body);
    if (!refused.code.includes("Throttling")) return answer;
    const retryAfter = String(refused.retryAfterMs ?? defaultRetryAfterMs);
    return { ...answer, headers: { ...answer.headers, "x-acs-retry-after": retryAfter } };
}
