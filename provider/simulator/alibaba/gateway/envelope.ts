import type { Refusal } from "../../core/refusal";
import { jsonAnswer, type WireAnswer } from "../../core/wire";
import type { Body } from "./operation";

/** HTTP 200; SDKs take a 200 for success whatever it says. */
export function successAnswer(requestId: string, body: Body): WireAnswer {
    return jsonAnswer(200, { RequestId: requestId, ...body });
}

/** How long a throttled client should wait, in milliseconds; openapi-core reads it from this header. */
const defaultRetryAfterMs = 700;

/** A body as captured in github.com/NewFuture/DDNS/issues/57. */
export function errorAnswer(requestId: string, hostId: string, refused: Refusal): WireAnswer {
    const body = {
        RequestId: requestId,
        HostId: hostId,
        Code: refused.code,
        Message: refused.message,
        Recommend: `https://error-center.aliyun.com/status/search?Keyword=${refused.code}&source=PopGw`,
    };
    if (!refused.code.includes("Throttling")) return jsonAnswer(refused.status, body);
    return jsonAnswer(refused.status, body, {
        "x-acs-retry-after": String(refused.retryAfterMs ?? defaultRetryAfterMs),
    });
}
