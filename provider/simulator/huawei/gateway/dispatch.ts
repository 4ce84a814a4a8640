import { ApiError } from "../../core/apiError";
import { type Interference, interferenceOf } from "../../core/interference";
import type { Quota } from "../../core/quotas";
import type { Simulation } from "../../core/simulation";
import { type Delivery, jsonAnswer, type WireAnswer, type WireRequest } from "../../core/wire";
import { refuse } from "../rules";
import { authenticate } from "./authentication";
import { errorBody } from "./envelopes";
import { gatewayRules } from "./gatewayRules";
import { type Caller, Operation, type Reply } from "./operation";
import { nextRequestId } from "./requestIds";
import type { FindRoute, Match } from "./routing";

/** For each action and account. The gateway's real limits differ by service, and none is published for IMS. */
export const callsPerMinute: Quota = {
    name: "huawei.callsPerMinute",
    value: 0,
    what: "calls of each action by an account per minute; 0 means no limit",
    source: "the gateway answers 429 APIGW.0308 (terraform-provider-huaweicloud#1335); the limit is not published",
};

/** The properties of a request that are known when it is answered, for the call log and for faults. */
interface Known {
    readonly match: Match | undefined;
    readonly action: string;
    caller?: Caller;
    ids: readonly string[];
    instead?: WireAnswer;
    isStale?: boolean;
    delivery?: Delivery;
}

/** Authenticates, runs and logs one request, in one transaction. */
export function dispatch(sim: Simulation, findRoute: FindRoute, request: WireRequest): WireAnswer {
    const match = findRoute(request.method, request.path);
    const action = match ? `${match.route.service.name}.${match.route.operation}` : "gateway.NoSuchApi";
    return sim.database.transaction(() => {
        const requestId = nextRequestId(sim);
        const known: Known = { match, action, ids: [] };
        const outcome = serve(sim, request, known);
        const isRefused = outcome instanceof ApiError;
        const caller = known.caller ?? (isRefused ? undefined : outcome.caller);
        sim.calls.add({
            ...placeOf(caller),
            action,
            ids: known.ids,
            status: outcome.status,
            outcome: isRefused ? outcome.code : "ok",
        });
        const answer = known.instead ?? answerOf(outcome, match, requestId);
        const delivered = isRefused ? answer : freshOrStale(sim, request, known, answer);
        return { ...delivered, delivery: known.delivery };
    });
}

function answerOf(outcome: Reply | ApiError, match: Match | undefined, requestId: string): WireAnswer {
    const headers = { "x-request-id": requestId };
    if (outcome instanceof ApiError) {
        return jsonAnswer(outcome.status, errorBody(match?.route.service, outcome, requestId), headers);
    }
    const { status, body } = outcome;
    const all = { ...headers, ...outcome.headers };
    return body === undefined ? { status, headers: all, body: "" } : jsonAnswer(status, body, all);
}

function serve(sim: Simulation, request: WireRequest, known: Known): Reply | ApiError {
    const { match } = known;
    if (!match) return refuse(gatewayRules.noSuchApi);
    const { route, params } = match;
    const caller = identifyCaller(sim, request, match);
    if (caller instanceof ApiError) return caller;
    known.caller = caller;
    const operation = new Operation(sim, request, route.service, params, caller);
    known.ids = operation.idsNamed;
    // Outside the attempt, so that a refused request still counts for the fault and keeps the jump of the clock.
    const interference = interferenceOf(sim.faults.match({ ...placeOf(caller), action: known.action, ids: known.ids }));
    known.delivery = interference.delivery;
    known.isStale = interference.isStale && route.isRead;
    const apiError = interference.apiError ?? throttling(sim, interference, caller, known.action);
    if (apiError) return apiError;
    if (interference.instead) {
        known.instead = interference.instead;
        return new ApiError(interference.instead.status, interference.instead.status === 0 ? "reset" : "html", "");
    }
    if (route.isRead) sim.polled();
    return sim.attempt(() => route.handler(operation));
}

/** Identifies the caller. Not undone after a refusal, because wrong signatures are counted. */
function identifyCaller(
    sim: Simulation,
    request: WireRequest,
    { route, params }: Match,
): Caller | ApiError | undefined {
    if (route.isOpen) return undefined;
    try {
        return authenticate(sim, request, route.service, params.project_id);
    } catch (error) {
        if (error instanceof ApiError) return error;
        throw error;
    }
}

/** For a stale read, returns the previous answer. Remembers the answer of every other read. */
function freshOrStale(
    sim: Simulation,
    { method, path, query, body }: WireRequest,
    { caller, isStale }: Known,
    fresh: WireAnswer,
): WireAnswer {
    if (!sim.faults.areSet) return fresh;
    const question = JSON.stringify([caller?.domain.id, method, path, query, body.toString("base64")]);
    const last = isStale ? sim.lastAnswers.recall(question) : undefined;
    if (!last) sim.lastAnswers.remember(question, fresh);
    return last ?? fresh;
}

function throttling(
    sim: Simulation,
    interference: Interference,
    caller: Caller | undefined,
    action: string,
): ApiError | undefined {
    const max = sim.quotas.of(callsPerMinute);
    const wait = max > 0 ? sim.callRates.take(caller?.domain.id ?? "", action, max) : undefined;
    return interference.throttle || wait !== undefined ? refuse(gatewayRules.throttled) : undefined;
}

function placeOf(caller: Caller | undefined) {
    return { cloud: "huawei", account: caller?.domain.id ?? "", region: caller?.project?.region ?? "" };
}
