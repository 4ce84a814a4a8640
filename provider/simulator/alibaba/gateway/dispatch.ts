import { hash } from "node:crypto";
import { ApiError } from "../../core/apiError";
import { apiError } from "../../core/errorRule";
import { interferenceOf } from "../../core/interference";
import type { Simulation } from "../../core/simulation";
import type { Delivery, WireAnswer, WireRequest } from "../../core/wire";
import { type Identity, mayUseRegion } from "../accounts";
import { regionOfHost } from "../locations";
import { authenticate } from "./authentication";
import { once } from "./clientTokens";
import { errorAnswer, successAnswer } from "./envelope";
import { gatewayRules } from "./gatewayRules";
import { contradictingHeader, isUnsignedAcs3, type Message, readMessage } from "./message";
import { type Body, Caller, type Operation, type Product } from "./operation";
import { flag, missingParameter } from "./parameters";

/** The properties of a request that are known when it is answered, for the call log and the error body. */
interface Known {
    product?: Product;
    account: string;
    identity?: Identity;
    region: string;
    ids: readonly string[];
    instead?: WireAnswer;
    isRead?: boolean;
    isStale?: boolean;
    delivery?: Delivery;
}

/** Separate from the ids of objects, so that the number of polls does not change later ids. */
function nextRequestId(sim: Simulation): string {
    const count = (sim.settings.get<number>("alibaba.requests") ?? 0) + 1;
    sim.settings.set("alibaba.requests", count);
    const hex = hash("sha256", `${sim.ids.seed}/alibaba/request/${count}`).toUpperCase();
    // UUID version 4, variant A.
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Authenticates, runs and logs one request, in one transaction. */
export function dispatch(sim: Simulation, products: readonly Product[], wire: WireRequest): WireAnswer {
    const message = readMessage(wire);
    return sim.database.transaction(() => {
        const requestId = nextRequestId(sim);
        const known: Known = { account: "", region: message.parameters.get("RegionId") ?? "", ids: [] };
        const outcome = serve(sim, products, message, known);
        const isRefused = outcome instanceof ApiError;
        sim.calls.add({
            cloud: "alibaba",
            account: known.account,
            region: known.region.slice(0, 64),
            action: `${known.product?.name ?? "unknown"}.${message.action.slice(0, 64)}`,
            ids: known.ids,
            status: isRefused ? outcome.status : 200,
            outcome: isRefused ? outcome.code : "ok",
        });
        if (known.instead) return known.instead;
        const answer = isRefused
            ? errorAnswer(message, requestId, known.product?.hostId(known.region) ?? wire.headers.host ?? "", outcome)
            : successAnswer(message, requestId, outcome);
        return { ...(known.isRead ? freshOrStale(sim, known, message, answer) : answer), delivery: known.delivery };
    });
}

/** For a stale read, returns the previous answer. Remembers the answer of every other read. */
function freshOrStale(sim: Simulation, known: Known, { action, parameters }: Message, fresh: WireAnswer): WireAnswer {
    if (!sim.faults.areSet) return fresh;
    const question = JSON.stringify([
        known.account,
        action,
        [...parameters].filter(([name]) => !isSigning(name)).sort(),
    ]);
    const last = known.isStale ? sim.lastAnswers.recall(question) : undefined;
    if (!last) sim.lastAnswers.remember(question, fresh);
    return last ?? fresh;
}

/** Parameters that differ in every request. */
const isSigning = (name: string): boolean => /^(Signature.*|Timestamp|AccessKeyId|SecurityToken)$/.test(name);

function serve(sim: Simulation, products: readonly Product[], message: Message, known: Known): Body | ApiError {
    const operation = sim.attempt(() => resolveOperation(sim, products, message, known));
    if (operation instanceof ApiError) return operation;
    // Outside the attempt, so that a refused request still counts for the fault and keeps the jump of the clock.
    const interference = applyFaults(sim, known, operation);
    if (interference instanceof ApiError) return interference;
    if (operation.reads) sim.polled();
    const parameters = withRegion(operation, message.parameters, known.region);
    const answer = sim.attempt(() => {
        const caller = new Caller(sim, known.account, known.region, known.identity);
        return once(caller, `${known.product?.name}.${operation.name}`, operation, parameters, () => {
            const fresh = operation.run(caller, parameters);
            if ("DryRun" in operation.parameters && flag.read(parameters, "DryRun"))
                throw apiError(gatewayRules.dryRun);
            return fresh;
        });
    });
    if (!(answer instanceof ApiError)) known.ids = [...new Set([...known.ids, ...createdIds(answer)])];
    return answer;
}

/** Applies faults and the rate limit before the operation. */
function applyFaults(sim: Simulation, known: Known, { name, reads }: Operation): ApiError | undefined {
    const action = `${known.product?.name}.${name}`;
    const { account, region, ids } = known;
    const interference = interferenceOf(sim.faults.match({ cloud: "alibaba", account, region, action, ids }));
    known.delivery = interference.delivery;
    known.isRead = reads;
    known.isStale = interference.isStale;
    if (interference.instead) {
        known.instead = interference.instead;
        return new ApiError(interference.instead.status, interference.instead.status === 0 ? "reset" : "html", "");
    }
    if (interference.apiError) return interference.apiError;
    const most = known.product?.callsPerMinute ? sim.quotas.of(known.product.callsPerMinute) : 0;
    const wait =
        interference.throttle?.retryAfterMs ?? (most > 0 ? sim.callRates.take(account, action, most) : undefined);
    if (!interference.throttle && wait === undefined) return undefined;
    const { status, code, message } = gatewayRules.throttled;
    return new ApiError(status, code, message, wait);
}

/** Finds the operation and authenticates its caller. */
function resolveOperation(sim: Simulation, products: readonly Product[], message: Message, known: Known): Operation {
    const { action, version, parameters } = message;
    if (!action) throw missingParameter(isUnsignedAcs3(message) ? "AccessKeyId" : "Action");
    if (!version) throw missingParameter("Version");
    const contradicting = contradictingHeader(message);
    if (contradicting) throw apiError(gatewayRules.contradictingHeader, { name: contradicting });
    known.product = products.find((product) => product.version === version);
    if (!known.product) throw apiError(gatewayRules.unknownVersion);
    const operation = known.product.operations.find(({ name }) => name === action);
    if (!operation) throw apiError(gatewayRules.unknownAction);
    known.identity = authenticate(sim, message);
    known.account = known.identity.account;
    known.ids = requestedIds(operation, parameters);
    if (known.region && !mayUseRegion(sim, known.account, known.region)) throw apiError(gatewayRules.unknownRegion);
    if (!known.region) {
        const located =
            regionOfHost(message.wire.headers.host ?? "") ?? operation.locate?.(sim, known.account, parameters);
        if (located !== undefined && mayUseRegion(sim, known.account, located)) known.region = located;
    }
    return operation;
}

/** A region from the endpoint or from an object replaces RegionId. */
function withRegion({ parameters }: Operation, given: ReadonlyMap<string, string>, region: string) {
    const isGiven = region === "" || given.get("RegionId") || !("RegionId" in parameters);
    return isGiven ? given : new Map([...given, ["RegionId", region]]);
}

/** The ids in the request, as far as they are readable. */
function requestedIds(operation: Operation, given: ReadonlyMap<string, string>): string[] {
    return Object.entries(operation.parameters).flatMap(([name, parameter]) => {
        if (!parameter.isId) return [];
        try {
            return stringsIn(parameter.read(given, name));
        } catch (error) {
            if (error instanceof ApiError) return [];
            throw error;
        }
    });
}

/**
 * The ids at the top level of an answer: ImageId, InstanceIds, InstanceIdSets.InstanceIdSet. Lists of objects have
 * none.
 */
function createdIds(answer: Body): string[] {
    return Object.entries(answer).flatMap(([name, value]) => {
        if (name === "RegionId" || !/Id(s|Sets)?$/.test(name)) return [];
        return stringsIn(value).concat(
            typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [],
        );
    });
}

function stringsIn(value: unknown): string[] {
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item: unknown) => (typeof item === "string" && item !== "" ? [item] : []));
}
