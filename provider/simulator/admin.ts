import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { fault } from "./core/faultRules";
import type { Simulation } from "./core/simulation";
import { jsonAnswer, type WireAnswer, type WireRequest } from "./core/wire";

/** Everything under this path is the simulator's own and no cloud's. */
export const adminPath = "/_simulator";

/** At most a year at once. */
const advance = z.strictObject({ advanceMs: z.number().int().min(0).max(31_622_400_000) });

function isAllowed(request: WireRequest, token: string): boolean {
    const given = Buffer.from(request.headers.authorization ?? "");
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
}

function parse<T>(schema: z.ZodType<T>, body: Buffer): T | undefined {
    let value: unknown;
    try {
        value = JSON.parse(body.toString("utf8"));
    } catch {
        return undefined;
    }
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : undefined;
}

/** Answers the operator's requests: the call log, what the clouds hold, the clock, faults. */
export function answerAdmin(sim: Simulation, request: WireRequest, token: string): WireAnswer {
    if (!isAllowed(request, token)) {
        return jsonAnswer(401, { message: "send the admin token as Authorization: Bearer <adminToken>" });
    }
    const query = new URLSearchParams(request.query);
    switch (`${request.method} ${request.path.slice(adminPath.length)}`) {
        case "GET /calls":
            return jsonAnswer(200, { calls: sim.calls.list(Number(query.get("after") ?? 0) || 0) });
        case "GET /holdings":
            return jsonAnswer(200, { holdings: sim.registry.holdings() });
        case "GET /clock":
            return jsonAnswer(200, clockOf(sim));
        case "POST /clock": {
            const body = parse(advance, request.body);
            if (!body) return jsonAnswer(400, { message: 'send {"advanceMs": 60000}, at most a year' });
            sim.advance(body.advanceMs);
            return jsonAnswer(200, clockOf(sim));
        }
        case "POST /faults": {
            const body = parse(fault, request.body);
            if (!body) {
                return jsonAnswer(400, {
                    message: 'send {"match", "effect", "times"}, {"job", "reason"} or {"action", ...}',
                });
            }
            sim.faults.add(body);
            return jsonAnswer(200, {});
        }
        default:
            return jsonAnswer(404, { message: `no such admin path: see GET ${adminPath}/calls, /holdings, /clock` });
    }
}

function clockOf(sim: Simulation) {
    return { now: new Date(sim.clock.now()).toISOString(), ...sim.clock.mode, pendingJobs: sim.pendingJobs };
}
