import type { Agent } from "node:http";
import { Readable } from "node:stream";
import { OpenApiUtil } from "@alicloud/openapi-core";
import { CloudError } from "../errors";
import { type Exchanged, exchange } from "../exchange";
import { requestLimit } from "../patience";
import type { Credentials } from "../settings";
import { SignatureClock } from "../signatureClock";
import type { AlibabaConnection } from "./connection";
import type { Asked } from "./failures";
import { bodyOf, cloudErrorOf } from "./thrown";

const ALGORITHM = "ACS3-HMAC-SHA256";
const EMPTY_BODY = OpenApiUtil.hash(Buffer.alloc(0), ALGORITHM).toString("hex");

/** Codes for a refused signature time (docs/reference/alibaba-api.md#signature-time): nothing was done. */
const TIME_CODES = /^(IllegalTimestamp|InvalidTimeStamp)/;

/** Sends an action and returns the body of the answer. @throws CloudError */
export type Send = (action: string, query: Record<string, unknown>, asked: Asked) => Promise<unknown>;

/**
 * Opens a version of a product at an endpoint. The official core flattens the parameters and signs the request
 * (ACS3-HMAC-SHA256). It does not send the request: its own client does not support proxies, measures timeouts on a
 * clock that can be changed, reads error bodies without a timeout, does not support brotli, and drops the status of an
 * answer that is not JSON.
 */
export function openCore(connection: AlibabaConnection, endpoint: URL, version: string): Send {
    const clock = new SignatureClock();

    async function sendOnce(sent: Signing, keys: Credentials, agent: Agent | undefined): Promise<Exchanged> {
        const url = new URL(`/?${new URLSearchParams(sent.parameters)}`, endpoint);
        return exchange({ url, method: "POST", headers: signed(sent, keys), agent }, requestLimit());
    }

    return async (action, query, asked) => {
        const dates: Date[] = [];
        for (;;) {
            const date = clock.now();
            dates.push(date);
            const [keys, agent] = await Promise.all([connection.credentials(), connection.proxies?.agentFor(endpoint)]);
            const parameters = OpenApiUtil.query(query);
            const sent = { action, version, parameters, host: endpoint.host, date };
            const answer = await sendOnce(sent, keys, agent).catch((thrown: unknown) => {
                throw cloudErrorOf(thrown, asked);
            });
            try {
                return bodyOf(answer, asked);
            } catch (error) {
                const isAboutTime = error instanceof CloudError && TIME_CODES.test(error.code);
                if (!isAboutTime || !clock.correct(answer.headers.date, dates)) throw error;
            }
        }
    };
}

interface Signing {
    action: string;
    version: string;
    parameters: Record<string, string>;
    host: string;
    date: Date;
}

function signed({ action, version, parameters, host, date }: Signing, keys: Credentials): Record<string, string> {
    const { accessKeyId, accessKeySecret, securityToken } = keys;
    const headers: Record<string, string> = {
        host,
        "x-acs-action": action,
        "x-acs-version": version,
        "x-acs-date": date.toISOString().replace(/\.\d+Z$/, "Z"),
        "x-acs-signature-nonce": OpenApiUtil.getNonce(),
        "x-acs-content-sha256": EMPTY_BODY,
        "x-acs-credentials-provider": securityToken ? "static_sts" : "static_ak",
        "user-agent": OpenApiUtil.getUserAgent("machine-images"),
        accept: "application/json",
        ...(securityToken && { "x-acs-accesskey-id": accessKeyId, "x-acs-security-token": securityToken }),
    };
    const unsigned = { protocol: "", port: 0, body: Readable.from([]) };
    const request = { method: "POST", pathname: "/", query: parameters, headers, ...unsigned };
    const authorization = OpenApiUtil.getAuthorization(request, ALGORITHM, EMPTY_BODY, accessKeyId, accessKeySecret);
    return { ...headers, authorization };
}
