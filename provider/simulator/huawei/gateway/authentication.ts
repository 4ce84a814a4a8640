import type { Simulation } from "../../core/simulation";
import type { WireRequest } from "../../core/wire";
import { accessKeys, type Domain, domains, users } from "../identities/identities";
import { isLocked, recordSignature } from "../identities/keyLocks";
import { projectOf } from "../identities/projects";
import { findToken } from "../identities/tokens";
import { refuse } from "../rules";
import { isSignedWithDerived, readDerivedSignature } from "./derivedSignature";
import { gatewayRules } from "./gatewayRules";
import type { Caller } from "./operation";
import type { Service } from "./service";
import { isSignedWith, readSignature } from "./signature";

/**
 * The gateway refuses a signature time that differs by more than 15 minutes
 * (docs/reference/huawei-api.md#signature-errors).
 */
const maxSkewMs = 15 * 60 * 1000;

function signedAt(date: string | undefined): number {
    const [, year, month, day, hour, minute, second] =
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? "") ?? [];
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function bySignature(sim: Simulation, request: WireRequest, authorization: string): Caller {
    const plain = readSignature(authorization);
    const derived = plain ? undefined : readDerivedSignature(authorization);
    const header = plain ?? derived;
    const date = signedAt(request.headers["x-sdk-date"]);
    if (!header || Number.isNaN(date)) throw refuse(gatewayRules.malformedSignature);
    const key = sim.registry.find("huawei", accessKeys, header.accessKeyId);
    const user = key && sim.store(key.scope).get(users, key.value.userId);
    if (!key || !user) throw refuse(gatewayRules.unknownKey);
    if (isLocked(sim, key.scope, key.id)) throw refuse(gatewayRules.lockedKey);
    const secret = user.accessKeySecret;
    const isGenuine = derived ? isSignedWithDerived(secret, derived, request) : isSignedWith(secret, header, request);
    recordSignature(sim, key.scope, key.id, isGenuine);
    if (!isGenuine) throw refuse(gatewayRules.wrongSignature);
    if (!sim.isFresh(date, maxSkewMs)) {
        throw refuse(gatewayRules.expiredSignature, `(signature time: ${request.headers["x-sdk-date"]})`);
    }
    return { domain: domainOf(sim, key.scope.account), user: { id: user.id, name: user.name } };
}

function byToken(sim: Simulation, text: string): Caller {
    const found = findToken(sim, text);
    if (!found) throw refuse(gatewayRules.wrongToken);
    const { domainId, token } = found;
    if (sim.clock.now() >= token.expiresAt) throw refuse(gatewayRules.expiredToken);
    const project = token.projectId === null ? undefined : projectOf(sim, domainId, token.projectId);
    return { domain: domainOf(sim, domainId), user: { id: token.userId, name: token.userName }, project };
}

function domainOf(sim: Simulation, domainId: string): Domain {
    const domain = sim.registry.find("huawei", domains, domainId);
    if (!domain) throw refuse(gatewayRules.wrongToken);
    return domain.value;
}

/**
 * Identifies the caller and the project of a request.
 *
 * A token determines its project. With a key, the path or X-Project-Id names the project. Some clients add X-Project-Id
 * after signing (golangsdk), so it must be checked against the key's domain.
 */
export function authenticate(
    sim: Simulation,
    request: WireRequest,
    { projectMismatch }: Service,
    pathProjectId: string | undefined,
): Caller {
    const token = request.headers["x-auth-token"];
    const authorization = request.headers.authorization;
    if (authorization === undefined && token === undefined) throw refuse(gatewayRules.notAuthenticated);
    if (authorization === undefined) {
        const caller = byToken(sim, token ?? "");
        if (pathProjectId !== undefined && pathProjectId !== caller.project?.id) throw refuse(projectMismatch);
        return caller;
    }
    const caller = bySignature(sim, request, authorization);
    const headerProjectId = request.headers["x-project-id"];
    const projectId = pathProjectId ?? headerProjectId;
    if (projectId === undefined) return caller;
    const project = projectOf(sim, caller.domain.id, projectId);
    if (headerProjectId !== undefined && !projectOf(sim, caller.domain.id, headerProjectId)) {
        throw refuse(gatewayRules.projectOfAnotherDomain);
    }
    if (!project || (headerProjectId !== undefined && headerProjectId !== projectId)) throw refuse(projectMismatch);
    return { ...caller, project };
}
