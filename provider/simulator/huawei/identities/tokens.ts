import { createHash } from "node:crypto";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";

/** A token is valid for 24 hours (docs/reference/huawei-api.md#tokens). */
export const tokenLifetimeMs = 24 * 60 * 60 * 1000;

export interface Token {
    readonly userId: string;
    readonly userName: string;
    /** Absent for a token of the domain. */
    readonly projectId: string | null;
    readonly issuedAt: number;
    readonly expiresAt: number;
    /** The login methods of the user: "password", "token". */
    readonly methods: readonly string[];
}

/** Stored by the hash of the token, so that the state contains no usable token. */
export const tokens = kind<Token>("huawei.token", { isRecord: true });

const keyOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Issues a token. The returned text is not stored. */
export function issueToken(sim: Simulation, domainId: string, token: Token): string {
    const text = `MIISIM${sim.ids.hex()}${sim.ids.hex()}`;
    sim.store({ cloud: "huawei", account: domainId, region: "" }).put(tokens, keyOf(text), token);
    return text;
}

/** The token, even if it has expired. */
export function findToken(sim: Simulation, text: string): { domainId: string; token: Token } | undefined {
    const found = sim.registry.find("huawei", tokens, keyOf(text));
    return found && { domainId: found.scope.account, token: found.value };
}
