import type { AccountSummary } from "../core/cloud";
import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { isoSeconds } from "./times";

interface Account {
    readonly name: string;
}

interface AccessKey {
    readonly secret: string;
}

/** A key that STS issues. It is valid only together with its token. */
interface TemporaryKey extends AccessKey {
    readonly token: string;
    /** According to the machine's clock, in milliseconds. Without it, the key never expires. */
    readonly expiresAt?: number;
    readonly assumed?: AssumedRole;
}

interface AssumedRole {
    readonly role: string;
    readonly session: string;
}

interface Role {
    /** Accounts that can assume the role, in addition to its own account. */
    readonly trusts: readonly string[];
}

/** The caller of a request. */
export interface Identity {
    readonly account: string;
    /** Set only for a key that AssumeRole issued. */
    readonly assumed?: AssumedRole;
}

/** A record, not a model, so that dumps of the state contain no secrets. */
export const accountKind = kind<Account>("alibaba.account", { isRecord: true });
export const accessKeyKind = kind<AccessKey>("alibaba.accessKey", { isRecord: true });
export const temporaryKeyKind = kind<TemporaryKey>("alibaba.temporaryKey", { isRecord: true });
export const roleKind = kind<Role>("alibaba.role", { isRecord: true });
/** A region that an account can use. The id is that of the region. */
export const accountRegionKind = kind<Record<string, never>>("alibaba.region");

/** The region name for objects that belong to an account but to no region. */
export const global = "global";

export function regionsOf(sim: Simulation, account: string): string[] {
    return sim.registry.list("alibaba", accountRegionKind, account).map(({ id }) => id);
}

export function mayUseRegion(sim: Simulation, account: string, region: string): boolean {
    return sim.store({ cloud: "alibaba", account, region }).get(accountRegionKind, region) !== undefined;
}

export function accountExists(sim: Simulation, account: string): boolean {
    return sim.store({ cloud: "alibaba", account, region: global }).get(accountKind, account) !== undefined;
}

export function accountSummaries(sim: Simulation): AccountSummary[] {
    return sim.registry.list("alibaba", accountKind).map(({ id, value }) => ({
        cloud: "alibaba",
        id,
        name: value.name,
        regions: regionsOf(sim, id),
        keys: sim.registry
            .list("alibaba", accessKeyKind, id)
            .map((key) => ({ accessKeyId: key.id, accessKeySecret: key.value.secret })),
        temporaryKeys: sim.registry.list("alibaba", temporaryKeyKind, id).map((key) => ({
            accessKeyId: key.id,
            accessKeySecret: key.value.secret,
            securityToken: key.value.token,
            ...(key.value.expiresAt === undefined ? {} : { expiresAt: isoSeconds(key.value.expiresAt) }),
        })),
        roles: sim.registry.list("alibaba", roleKind, id).map((role) => `acs:ram::${id}:role/${role.id}`),
    }));
}
