import { createHash } from "node:crypto";
import { Refusal } from "../core/refusal";
import type { Simulation } from "../core/simulation";
import { jsonAnswer, type WireAnswer, type WireRequest } from "../core/wire";
import { authenticate } from "./authentication";
import { gatewayRules } from "./gatewayRules";
import { type Caller, Operation, type Reply } from "./operation";
import { routes } from "./routes";
import { type Match, routeTable } from "./routing";
import { refuse } from "./rules";
import { errorBody, logName } from "./services";

const findRoute = routeTable(routes);

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
    const { caller, ids, outcome } = run(sim, request, match, action);
    if (outcome instanceof Refusal) {
        log(sim, action, caller, ids, outcome.status, outcome.code);
        const body = errorBody(route.service, outcome, requestId);
        return jsonAnswer(outcome.status, body, { "x-request-id": requestId });
    }
    log(sim, action, caller ?? outcome.caller, ids, outcome.status, "ok");
    const headers = { "x-request-id": requestId, ...outcome.headers };
    if (outcome.body === undefined) return { status: outcome.status, headers, body: "" };
    return jsonAnswer(outcome.status, outcome.body, headers);
}

interface Run {
    readonly caller?: Caller;
    readonly ids: readonly string[];
    readonly outcome: Reply | Refusal;
}

function run(sim: Simulation, request: WireRequest, { route, params }: Match, action: string): Run {
    const caller = route.isOpen
        ? undefined
        : sim.attempt(() => authenticate(sim, request, route.service, params.project_id));
    if (caller instanceof Refusal) return { ids: [], outcome: caller };
    const operation = new Operation(sim, request, route.service, params, caller);
    const fault = sim.faults.refusalOf(action);
    if (fault) {
        return { caller, ids: operation.idsNamed, outcome: new Refusal(fault.status, fault.code, fault.message) };
    }
    if (route.isRead) sim.polled();
    const outcome = sim.attempt(() => route.handler(operation));
    return { caller, ids: operation.idsNamed, outcome };
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
