import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { CloudError, UserError } from "../errors";
import { withRetries } from "../retry";
import type { AlibabaConnection, AlibabaProduct } from "./connection";
import type { Send } from "./core";
import { unexpectedAnswer } from "./failures";

const PRODUCTS = {
    // 10 calls a minute of each action and account, over all regions (docs/reference/alibaba-api.md#call-quota).
    swas: { cloud: "SWAS", version: "2020-06-01", hasQuota: true },
    ecs: { cloud: "ECS", version: "2014-05-26", hasQuota: false },
    vpc: { cloud: "VPC", version: "2016-04-28", hasQuota: false },
    bss: { cloud: "BSS", version: "2017-12-14", hasQuota: false },
    sts: { cloud: "STS", version: "2015-04-01", hasQuota: false },
} as const;

/**
 * Parameters by their names in the API; undefined ones are omitted, lists become `Name.1`, `Name.2`. A function is
 * called when the request is sent, which a quota may delay.
 */
export type Query = Record<string, unknown> | (() => Record<string, unknown>);

/** One action of a product. */
export interface RpcRequest<T> {
    action: string;
    query?: Query;
    /** The schema of the answer. */
    answer: z.ZodType<T>;
    /** Whether sending it twice has the same effect as sending it once. */
    idempotent: boolean;
}

/** A product in one region. */
export interface Rpc {
    /** "SWAS", "ECS" or "BSS". */
    readonly cloud: string;
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
    const { time, random, deadlineMs, signal, newToken = randomUUID } = connection;
    const endpoint = connection.endpointOf(product, region);
    if (!URL.canParse(endpoint))
        throw new UserError(`the endpoint of ${product} in ${region} must be a URL with a scheme`);
    let opening: Promise<Send> | undefined;

    /** Loaded only if needed: loading the core takes longer than loading the rest of the provider. */
    async function openedCore(): Promise<Send> {
        const { openCore } = await import("./core.js");
        return openCore(connection, new URL(endpoint), version);
    }

    async function ask<T>({ action, query, answer, idempotent }: RpcRequest<T>): Promise<T> {
        const asked = { cloud, operation: action, endpoint };
        const attempt = async () => {
            opening ??= openedCore();
            const send = await opening;
            const given = typeof query === "function" ? query() : query;
            const body = await send(action, { RegionId: region, ...given }, asked).catch((error: unknown) => {
                const isThrottled = error instanceof CloudError && error.throttled;
                if (isThrottled) pacer?.throttled(action, error.retryAfterMs);
                throw error;
            });
            const parsed = answer.safeParse(body);
            if (!parsed.success) throw unexpectedAnswer(parsed.error, asked);
            return parsed.data;
        };
        const turn = pacer && (() => pacer.turn(action, signal));
        return withRetries(attempt, { asked, time, idempotent, random, deadlineMs, signal, turn });
    }

    return { cloud, region, ask, newToken };
}
