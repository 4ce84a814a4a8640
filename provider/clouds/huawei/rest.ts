import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CloudError, UserError } from "../errors";
import { remembered } from "../remembered";
import { withRetries } from "../retry";
import type { HuaweiConnection, HuaweiService } from "./connection";
import type { Send, SentRequest } from "./core";
import { refused, unexpectedAnswer, unreachable } from "./failures";

/** One request to a service. */
export interface RestRequest<T> extends SentRequest {
    /** The cloud's name of the operation, for messages: "DeleteImage". */
    operation: string;
    /** The schema of the answer. */
    answer: z.ZodType<T>;
    /** Whether sending it twice has the same effect as sending it once. */
    idempotent: boolean;
}

/** A service in one region. */
export interface Rest {
    /** "IMS", "ECS", "EVS", "CSBS", "CBR" or "IAM". */
    readonly cloud: string;
    /** Sends a request, with retries. @throws CloudError */
    ask<T>(request: RestRequest<T>): Promise<T>;
    /** A new client token. */
    newToken(): string;
}

/** For operations whose answer is not used. */
export const noContent = z.unknown().transform(() => undefined);

/**
 * A path with ids in it.
 * @throws UserError for an empty id, which would address the whole collection instead of one object
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
    return parts.reduce((built, part, index) => {
        const id = ids[index - 1];
        if (!id || !/^[\w-][\w.-]*$/.test(id))
            throw new UserError(`"${id ?? ""}" is not a valid object id: correct the argument that contains it`);
        return built + id + part;
    });
}

/** Opens a service in a region over the official signing core (SDK-HMAC-SHA256). */
export function openRest(connection: HuaweiConnection, service: HuaweiService, region: string): Rest {
    return openRestWith(connection, service, region, connection.projectIdOf);
}

/** Like `openRest`, but for IAM, whose requests contain no project. */
export function openRestWith(
    connection: Omit<HuaweiConnection, "projectIdOf">,
    service: HuaweiService,
    region: string,
    projectIdOf: ((region: string) => Promise<string>) | undefined,
): Rest {
    const { time, random, deadlineMs, signal, newToken = randomUUID } = connection;
    const cloud = service.toUpperCase();
    const endpoint = identityOf(connection.endpointOf(service, region), service, region);
    let opening: Promise<Send> | undefined;

    /** Loaded only if needed: loading the core takes longer than loading the rest of the provider. */
    async function openedCore(): Promise<Send> {
        const { openCore } = await import("./core.js");
        return openCore(connection, endpoint);
    }

    /** A failed lookup is not cached: the next request tries again. */
    const findProject = projectIdOf && remembered(projectIdOf);

    async function ask<T>(request: RestRequest<T>): Promise<T> {
        const asked = { cloud, operation: request.operation, endpoint };
        const projectId = await findProject?.(region);
        opening ??= openedCore();
        const send = await opening;
        const attempt = async () => {
            const answer = await send(request, projectId).catch((thrown) => {
                // The code that requests the keys reports its own errors.
                throw thrown instanceof CloudError || thrown instanceof UserError ? thrown : unreachable(thrown, asked);
            });
            if (answer.status >= 300 || !answer.readable) throw refused(answer, asked);
            const parsed = request.answer.safeParse(answer.body);
            if (!parsed.success) throw unexpectedAnswer(parsed.error, answer, asked);
            return parsed.data;
        };
        return withRetries(attempt, { asked, time, idempotent: request.idempotent, random, deadlineMs, signal });
    }

    return { cloud, ask, newToken };
}

function identityOf(endpoint: string, service: HuaweiService, region: string): string {
    if (!URL.canParse(endpoint)) {
        throw new UserError(`the endpoint of ${service} in ${region} must be a URL with a scheme: ${endpoint}`);
    }
    return new URL(endpoint).origin;
}
