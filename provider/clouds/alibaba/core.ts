import { Readable } from "node:stream";
import { OpenApiUtil } from "@alicloud/openapi-core";
import { exchange } from "../exchange";
import type { Credentials } from "../settings";
import type { AlibabaConnection } from "./connection";
import type { Asked } from "./failures";
import { cloudErrorOf, refused } from "./thrown";

/** The core's default of 3 s is too short for the creating actions (reference alibaba.md 1.5). Milliseconds. */
const TIMEOUT_MS = 30_000;

const ALGORITHM = "ACS3-HMAC-SHA256";
const EMPTY_BODY = OpenApiUtil.hash(Buffer.alloc(0), ALGORITHM).toString("hex");

/** Sends an action and answers its body. @throws CloudError */
export type Send = (action: string, query: Record<string, unknown>, asked: Asked) => Promise<unknown>;

/**
 * Opens a version of a product at an endpoint. The official core flattens the parameters and signs the request
 * (ACS3-HMAC-SHA256). It does not send it: its own client knows no proxy, takes a redirect for a success, and drops the
 * status of an answer that is not JSON.
 */
export function openCore(connection: AlibabaConnection, endpoint: URL, version: string): Send {
    return async (action, query, asked) => {
        const keys = await connection.credentials();
        const parameters = OpenApiUtil.query(query);
        const headers = signed({ action, version, parameters, host: endpoint.host }, keys);
        const url = new URL(`/?${new URLSearchParams(parameters)}`, endpoint);
        const agent = await connection.proxies?.agentFor(endpoint);
        try {
            const answer = await exchange({ url, method: "POST", headers, agent }, TIMEOUT_MS);
            if (answer.status >= 300) throw refused(answer, asked);
            return JSON.parse(answer.body);
        } catch (thrown) {
            throw cloudErrorOf(thrown, asked);
        }
    };
}

interface Signing {
    action: string;
    version: string;
    parameters: Record<string, string>;
    host: string;
}

function signed({ action, version, parameters, host }: Signing, keys: Credentials): Record<string, string> {
    const { accessKeyId, accessKeySecret, securityToken } = keys;
    const headers: Record<string, string> = {
        host,
        "x-acs-action": action,
        "x-acs-version": version,
        "x-acs-date": OpenApiUtil.getTimestamp(),
        "x-acs-signature-nonce": OpenApiUtil.getNonce(),
        "x-acs-content-sha256": EMPTY_BODY,
        "x-acs-credentials-provider": securityToken ? "static_sts" : "static_ak",
        "user-agent": OpenApiUtil.getUserAgent("machine-images"),
        accept: "application/json",
        ...(securityToken && { "x-acs-accesskey-id": accessKeyId, "x-acs-security-token": securityToken }),
    };
    const signedParts = { method: "POST", pathname: "/", query: parameters, headers };
    // The type asks for the rest, which is not signed.
    const request = { ...signedParts, protocol: "https", port: 443, body: Readable.from([]) };
    const authorization = OpenApiUtil.getAuthorization(request, ALGORITHM, EMPTY_BODY, accessKeyId, accessKeySecret);
    return { ...headers, authorization };
}
