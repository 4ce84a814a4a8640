import { randomUUID } from "node:crypto";
import OpenApi, { $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import type { z } from "zod";
import { UserError } from "../errors";
import { withRetries } from "../retry";
import type { AlibabaConnection, AlibabaProduct } from "./connection";
import { cloudErrorOf, unexpectedAnswer } from "./failures";

const PRODUCTS = {
    // 10 calls a minute of each action and account, over all regions (reference alibaba.md 1.6).
    swas: { cloud: "SWAS", version: "2020-06-01", hasQuota: true },
    ecs: { cloud: "ECS", version: "2014-05-26", hasQuota: false },
    bss: { cloud: "BSS", version: "2017-12-14", hasQuota: false },
} as const;

/** The core's default of 3 s is too short for the creating actions (reference alibaba.md 1.5). Milliseconds. */
const READ_TIMEOUT_MS = 30_000;
// httpx uses the connect timeout as the socket's idle timeout as well: 10 s here would end every answer that
// takes longer (measured with httpx 2.3.3), so it must not be shorter than the read timeout.
const CONNECT_TIMEOUT_MS = READ_TIMEOUT_MS;

/**
 * Parameters by their names in the API; undefined ones are left out, lists become `Name.1`, `Name.2`. A function is
 * called whenever the request leaves, which a quota may delay.
 */
export type Query = Record<string, unknown> | (() => Record<string, unknown>);

/** One action of a product. */
export interface RpcRequest<T> {
    action: string;
    query?: Query;
    /** What the action answers. */
    answer: z.ZodType<T>;
    /** Whether sending it twice has the same effect as once. */
    idempotent: boolean;
}

/** A product in one region. */
export interface Rpc {
    readonly region: string;
    /** Sends an action, with retries. @throws CloudError */
    ask<T>(request: RpcRequest<T>): Promise<T>;
    /** A new client token. */
    newToken(): string;
}

/** Opens a product in a region over the official signing core (ACS3-HMAC-SHA256). */
export function openRpc(connection: AlibabaConnection, product: AlibabaProduct, region: string): Rpc {
    const { cloud, version, hasQuota } = PRODUCTS[product];
    const pacer = hasQuota ? connection.pacer : undefined;
    const { time, random, signal, newToken = randomUUID } = connection;
    const endpoint = connection.endpointOf(product, region);
    const config = coreConfig(connection, endpoint, `${product} in ${region}`);
    const core = new OpenApi(config);

    async function send(action: string, query: Record<string, unknown>): Promise<unknown> {
        const params = new $OpenApiUtil.Params({
            action,
            version,
            protocol: "HTTPS",
            pathname: "/",
            method: "POST",
            authType: "AK",
            style: "RPC",
            reqBodyType: "formData",
            bodyType: "json",
        });
        const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) });
        // The core's options of one call bear the same names as those of the client, so one object serves as both.
        return (await core.callApi(params, request, config)).body;
    }

    async function ask<T>({ action, query, answer, idempotent }: RpcRequest<T>): Promise<T> {
        const asked = { cloud, operation: action, endpoint };
        const attempt = async () => {
            const given = typeof query === "function" ? query() : query;
            const body = await send(action, { RegionId: region, ...given }).catch((thrown) => {
                const error = cloudErrorOf(thrown, asked);
                if (error.throttled) pacer?.throttled(action, error.retryAfterMs);
                throw error;
            });
            const parsed = answer.safeParse(body);
            if (!parsed.success) throw unexpectedAnswer(parsed.error, asked);
            return parsed.data;
        };
        const turn = pacer && (() => pacer.turn(action, signal));
        return withRetries(attempt, { time, idempotent, random, signal, turn });
    }

    return { region, ask, newToken };
}

function coreConfig(connection: AlibabaConnection, endpoint: string, what: string) {
    if (!URL.canParse(endpoint)) throw new UserError(`endpoint of ${what} is not a URL with a scheme`);
    const { protocol, host } = new URL(endpoint);
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
