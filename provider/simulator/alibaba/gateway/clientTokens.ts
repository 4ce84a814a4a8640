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

/** How long a token is remembered: 24 h, as ECS documents; for SWAS not known. */
const rememberedForMs = 24 * 3_600_000;

/** What the request asks for, without what differs between two attempts of it (date, nonce, signature). */
function hashOf(operation: Operation, given: ReadonlyMap<string, string>): string {
    const asked = [...given]
        .filter(([name]) => name in operation.parameters || (name.split(".")[0] ?? "") in operation.parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}

/** Runs the operation, or repeats the answer that the same token was given before for the same action. */
export function once(
    caller: Caller,
    /** "swas.StopInstance": products have operations of the same name. */
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

/** Once an hour of virtual time and not with a job: an automatic clock would jump to it. */
function forgetOldTokens(caller: Caller): void {
    const setting = `alibaba.tokensForgotten/${caller.account}/${caller.region}`;
    const last = caller.sim.settings.get<number>(setting) ?? 0;
    if (caller.now - last < 3_600_000) return;
    caller.sim.settings.set(setting, caller.now);
    for (const { id, value } of caller.store.list(usedToken)) {
        if (caller.now - value.at >= rememberedForMs) caller.store.delete(usedToken, id);
    }
}
