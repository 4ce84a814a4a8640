import { createHash } from "node:crypto";
import { kind } from "../../core/kinds";
import type { Operation } from "../gateway/operation";
import { refuse } from "../rules";
import { serverRules } from "./serverRules";

export interface CreationAnswer {
    readonly job_id: string;
    readonly serverIds: readonly string[];
}

interface Answered {
    readonly fingerprint: string;
    readonly at: number;
    readonly answer: CreationAnswer;
}

/** Answered requests by their X-Client-Token. */
export const clientTokens = kind<Answered>("huawei.clientToken", { isRecord: true });

/** Normalizes a JSON value: the order of keys and the white space do not matter. */
function normalized(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(normalized);
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, normalized(one)]);
}

function fingerprintOf({ request }: Operation): string {
    const meaning = normalized(JSON.parse(request.body.toString("utf8")));
    return createHash("sha256").update(JSON.stringify(meaning)).digest("hex");
}

/** Returns the earlier answer to the token's request, otherwise that of `create`. */
export function once(operation: Operation, create: () => CreationAnswer): CreationAnswer {
    const { store, request, now } = operation;
    const token = request.headers["x-client-token"];
    if (!token) return create();
    const fingerprint = fingerprintOf(operation);
    const earlier = store.get(clientTokens, token);
    if (earlier) {
        if (earlier.fingerprint !== fingerprint) throw refuse(serverRules.clientTokenReused);
        operation.names(earlier.answer.job_id, ...earlier.answer.serverIds);
        return earlier.answer;
    }
    const answer = create();
    store.put(clientTokens, token, { fingerprint, at: now, answer });
    return answer;
}
