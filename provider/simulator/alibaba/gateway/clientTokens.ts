import { createHash } from "node:crypto";
import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import { gatewayRules } from "./gatewayRules";
import type { Body, Caller, Operation } from "./operation";
import { text } from "./parameters";

/** At most 64 ASCII characters (SWAS and ECS documentation of ClientToken). */
export const clientToken = text({ pattern: /^[\x21-\x7e]{1,64}$/ });

interface UsedToken {
    readonly parametersHash: string;
    readonly answer: Body;
    readonly at: number;
}

const usedToken = kind<UsedToken>("alibaba.clientToken", { isRecord: true });

/** How long a token is remembered: 24 h, as documented for ECS; not known for SWAS. */
const rememberedForMs = 24 * 3_600_000;

/** A hash of the request without the parts that differ between attempts (date, nonce, signature). */
function hashOf(operation: Operation, given: ReadonlyMap<string, string>): string {
    const params = [...given]
        .filter(([name]) => name in operation.parameters || (name.split(".")[0] ?? "") in operation.parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash("sha256").update(JSON.stringify(params)).digest("hex");
}

/** Runs the operation, or returns the earlier answer to the same token and action. */
export function once(
    caller: Caller,
    /** "swas.StopInstance", because products have operations with the same name. */
    action: string,
    operation: Operation,
    given: ReadonlyMap<string, string>,
    run: () => Body,
): Body {
    const token = clientToken.read(given, "ClientToken");
    if (operation.reads || token === undefined) return run();
    const id = `${action}/${token}`;
    const known = caller.store.get(usedToken, id);
    const parametersHash = hashOf(operation, given);
    if (known && caller.now - known.at < rememberedForMs) {
        if (known.parametersHash !== parametersHash) throw apiError(gatewayRules.reusedClientToken);
        return known.answer;
    }
    const answer = run();
    caller.store.put(usedToken, id, { parametersHash, answer, at: caller.now });
    forgetOldTokens(caller);
    return answer;
}

/** Runs once per hour of virtual time. A scheduled job would make an automatic clock jump to it. */
function forgetOldTokens(caller: Caller): void {
    const setting = `alibaba.tokensForgotten/${caller.account}/${caller.region}`;
    const last = caller.sim.settings.get<number>(setting) ?? 0;
    if (caller.now - last < 3_600_000) return;
    caller.sim.settings.set(setting, caller.now);
    for (const { id, value } of caller.store.list(usedToken)) {
        if (caller.now - value.at >= rememberedForMs) caller.store.delete(usedToken, id);
    }
}
