import { Refusal } from "../../core/refusal";
import type { Simulation } from "../../core/simulation";
import type { WireAnswer, WireRequest } from "../../core/wire";
import { regionsOf } from "../accounts";
import { refusal } from "../rule";
import { authenticate } from "./authentication";
import { once } from "./clientTokens";
import { errorAnswer, successAnswer } from "./envelope";
import { gatewayRules } from "./gatewayRules";
import { type Message, readMessage } from "./message";
import { type Body, Caller, type Operation, type Product } from "./operation";
import { flag, missingParameter } from "./parameters";

/** What is known of a request by the time it is answered, for the call log and the error body. */
interface Known {
    product?: Product;
    account: string;
    region: string;
    ids: readonly string[];
}

/** Authenticates, runs and logs one request; whatever happens is one transaction. */
export function dispatch(sim: Simulation, products: readonly Product[], wire: WireRequest): WireAnswer {
    const message = readMessage(wire);
    return sim.database.transaction(() => {
        const requestId = sim.ids.uuid().toUpperCase();
        const known: Known = { account: "", region: message.parameters.get("RegionId") ?? "", ids: [] };
        const outcome = serve(sim, products, message, known);
        const isRefused = outcome instanceof Refusal;
        sim.calls.add({
            cloud: "alibaba",
            account: known.account,
            region: known.region.slice(0, 64),
            action: `${known.product?.name ?? "unknown"}.${message.action.slice(0, 64)}`,
            ids: known.ids,
            status: isRefused ? outcome.status : 200,
            outcome: isRefused ? outcome.code : "ok",
        });
        if (!isRefused) return successAnswer(requestId, outcome);
        return errorAnswer(requestId, known.product?.hostId(known.region) ?? wire.headers.host ?? "", outcome);
    });
}

function serve(sim: Simulation, products: readonly Product[], message: Message, known: Known): Body | Refusal {
    const { parameters } = message;
    const operation = sim.attempt(() => admit(sim, products, message, known));
    if (operation instanceof Refusal) return operation;
    // Outside the attempt, so that a fault stays used and a jump of the clock stays made when the request is refused.
    const fault = sim.faults.refusalOf(`${known.product?.name}.${operation.name}`);
    if (fault) return new Refusal(fault.status, fault.code, fault.message);
    if (operation.reads) sim.polled();
    const answer = sim.attempt(() => {
        const caller = new Caller(sim, known.account, known.region);
        return once(caller, operation, parameters, () => {
            const fresh = operation.run(caller, parameters);
            if ("DryRun" in operation.parameters && flag.read(parameters, "DryRun")) throw refusal(gatewayRules.dryRun);
            return fresh;
        });
    });
    if (!(answer instanceof Refusal)) known.ids = [...new Set([...known.ids, ...idsMade(answer)])];
    return answer;
}

/** Finds the operation and lets its caller in. */
function admit(sim: Simulation, products: readonly Product[], message: Message, known: Known): Operation {
    const { action, version, parameters } = message;
    if (!action) throw missingParameter("Action");
    if (!version) throw missingParameter("Version");
    known.product = products.find((product) => product.version === version);
    if (!known.product) throw refusal(gatewayRules.unknownVersion);
    const operation = known.product.operations.find(({ name }) => name === action);
    if (!operation) throw refusal(gatewayRules.unknownAction);
    known.account = authenticate(sim, message);
    known.ids = idsAskedFor(operation, parameters);
    if (known.region && !regionsOf(sim, known.account).includes(known.region))
        throw refusal(gatewayRules.unknownRegion);
    if (!known.region) known.region = operation.locate?.(sim, known.account, parameters) ?? "";
    return operation;
}

/** The ids that the request names, as far as they can be read. */
function idsAskedFor(operation: Operation, given: ReadonlyMap<string, string>): string[] {
    return Object.entries(operation.parameters).flatMap(([name, parameter]) => {
        if (!parameter.isId) return [];
        try {
            return stringsIn(parameter.read(given, name));
        } catch (error) {
            if (error instanceof Refusal) return [];
            throw error;
        }
    });
}

/** The ids at the top of an answer: ImageId, InstanceIds, InstanceIdSets.InstanceIdSet. Lists of objects have none. */
function idsMade(answer: Body): string[] {
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
