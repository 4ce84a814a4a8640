import { createHash } from "node:crypto";
import { type Interference, interferenceOf } from "../core/interference";
import type { Quota } from "../core/quotas";
import { Refusal } from "../core/refusal";
import type { Simulation } from "../core/simulation";
import { type Delivery, jsonAnswer, type WireAnswer, type WireRequest } from "../core/wire";
import { authenticate } from "./authentication";
import { gatewayRules } from "./gatewayRules";
import { type Caller, Operation, type Reply } from "./operation";
import { routes } from "./routes";
import { type Match, routeTable } from "./routing";
import { refuse } from "./rules";
import { errorBody, logName } from "./services";

const findRoute = routeTable(routes);

/** Per action and account. The gateway's real policies differ by service, and none is published for IMS. */
export const callsPerMinute: Quota = {
    name: "huawei.callsPerMinute",
    value: 0,
    what: "calls of each action by an account in a minute; 0 is no limit",
    source: "the gateway answers 429 APIGW.0308 (terraform-provider-huaweicloud#1335); the limit is not published",
};

/** Apart from the ids of objects, so that how often a client polls does not change what is made later. */
function nextRequestId(sim: Simulation): string {
    const count = (sim.settings.get<number>("huawei.requests") ?? 0) + 1;
    sim.settings.set("huawei.requests", count);
    return createHash("sha256").update(`${sim.ids.seed}/huawei/request/${count}`).digest("hex").slice(0, 32);
}

/** Authenticates, runs and logs one request. */
export function answerRequest(sim: Simulation, request: WireRequest): WireAnswer {
    const requestId = nextRequestId(sim);
    const match = findRoute(request.method, request.path);
    if (!match) {
        const refusal = refuse(gatewayRules.noSuchApi);
        log(sim, "gateway.NoSuchApi", undefined, [], refusal.status, refusal.code);
        return jsonAnswer(refusal.status, errorBody(undefined, refusal, requestId), { "x-request-id": requestId });
    }
    const { route } = match;
    const action = `${logName(route.service)}.${route.operation}`;
    const { caller, ids, outcome, instead, delivery, isStale } = run(sim, request, match, action);
    if (outcome instanceof Refusal) {
        log(sim, action, caller, ids, outcome.status, outcome.code);
        const body = errorBody(route.service, outcome, requestId);
        return { ...(instead ?? jsonAnswer(outcome.status, body, { "x-request-id": requestId })), delivery };
    }
    log(sim, action, caller ?? outcome.caller, ids, outcome.status, "ok");
    const headers = { "x-request-id": requestId, ...outcome.headers };
    const fresh =
        outcome.body === undefined
            ? { status: outcome.status, headers, body: "" }
            : jsonAnswer(outcome.status, outcome.body, headers);
    return { ...freshOrStale(sim, request, caller, fresh, isStale), delivery };
}

/** A read that is to be stale answers as the last time; every other one is remembered. */
function freshOrStale(
    sim: Simulation,
    { method, path, query, body }: WireRequest,
    caller: Caller | undefined,
    fresh: WireAnswer,
    isStale = false,
): WireAnswer {
    if (!sim.faults.areSet) return fresh;
    const question = JSON.stringify([caller?.domain.id, method, path, query, body.toString("base64")]);
    const last = isStale ? sim.lastAnswers.recall(question) : undefined;
    if (!last) sim.lastAnswers.remember(question, fresh);
    return last ?? fresh;
}

interface Run {
    readonly caller?: Caller;
    readonly ids: readonly string[];
    readonly outcome: Reply | Refusal;
    readonly instead?: WireAnswer;
    readonly delivery?: Delivery;
    readonly isStale?: boolean;
}

function run(sim: Simulation, request: WireRequest, { route, params }: Match, action: string): Run {
    const caller = route.isOpen
        ? undefined
        : sim.attempt(() => authenticate(sim, request, route.service, params.project_id));
    if (caller instanceof Refusal) return { ids: [], outcome: caller };
    const operation = new Operation(sim, request, route.service, params, caller);
    const met = interferenceOf(sim.faults.strike({ ...place(caller), action, ids: operation.idsNamed }));
    const refusal = met.refusal ?? throttling(sim, met, caller, action);
    if (refusal || met.instead) {
        const { status } = met.instead ?? { status: 0 };
        const interrupted = new Refusal(status, status === 0 ? "reset" : "html", "");
        return { caller, ids: operation.idsNamed, outcome: refusal ?? interrupted, instead: met.instead };
    }
    if (route.isRead) sim.polled();
    const outcome = sim.attempt(() => route.handler(operation));
    const { delivery } = met;
    return { caller, ids: operation.idsNamed, outcome, delivery, isStale: met.isStale && route.isRead };
}

function throttling(
    sim: Simulation,
    met: Interference,
    caller: Caller | undefined,
    action: string,
): Refusal | undefined {
    const most = sim.quotas.of(callsPerMinute);
    const wait = most > 0 ? sim.callRates.take(caller?.domain.id ?? "", action, most) : undefined;
    return met.throttle || wait !== undefined ? refuse(gatewayRules.throttled) : undefined;
}

function place(caller: Caller | undefined) {
    return { cloud: "huawei", account: caller?.domain.id ?? "", region: caller?.project?.region ?? "" };
}

function log(
    sim: Simulation,
    action: string,
    caller: Caller | undefined,
    ids: readonly string[],
    status: number,
    outcome: string,
): void {
    sim.calls.add({
        cloud: "huawei",
        account: caller?.domain.id ?? "",
        region: caller?.project?.region ?? "",
        action,
        ids,
        status,
        outcome,
    });
}
