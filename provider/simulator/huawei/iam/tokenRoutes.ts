import { z } from "zod";
import type { Operation, Reply, Route } from "../gateway/operation";
import { type Domain, domains, type Project, type User, users } from "../identities/identities";
import { projectOf, projectsOf } from "../identities/projects";
import { findToken, issueToken, type Token, tokenLifetimeMs } from "../identities/tokens";
import { refuse } from "../rules";
import { inKeystone } from "../times";
import { serviceCatalog } from "./catalog";
import { iamRules } from "./iamRules";
import { iam } from "./service";

const named = z.object({ id: z.string().optional(), name: z.string().optional() });
const login = z.object({
    auth: z.object({
        identity: z.object({
            methods: z.array(z.enum(["password", "token"])).min(1),
            password: z.object({ user: named.extend({ password: z.string(), domain: named.optional() }) }).optional(),
            token: z.object({ id: z.string() }).optional(),
        }),
        scope: z.object({ project: named.optional(), domain: named.optional() }).optional(),
    }),
});

type LoginRequest = z.infer<typeof login>["auth"];

interface Login {
    readonly user: Pick<User, "id" | "name">;
    readonly domain: Domain;
    /** For an exchanged token: when the original expires. The new token does not live longer. */
    readonly until?: number;
}

const matches = (wanted: z.infer<typeof named> | undefined, id: string, name: string): boolean =>
    wanted !== undefined && (wanted.id === undefined ? wanted.name === name : wanted.id === id);

function domainOf({ sim }: Operation, domainId: string): Domain | undefined {
    return sim.registry.find("huawei", domains, domainId)?.value;
}

function byPassword(operation: Operation, { identity }: LoginRequest): Login {
    const given = identity.password?.user;
    for (const { value: user, scope } of operation.sim.registry.list("huawei", users)) {
        const domain = domainOf(operation, scope.account);
        if (!given || !domain || !matches(given, user.id, user.name)) continue;
        // A user name is unique only within its domain.
        if (given.id === undefined && !matches(given.domain, domain.id, domain.name)) continue;
        if (user.password === given.password) return { user, domain };
    }
    throw refuse(iamRules.wrongPassword);
}

/** Exchanges a valid token for one with another scope. */
function byToken(operation: Operation, { identity }: LoginRequest): Login {
    const text = identity.token?.id ?? operation.request.headers["x-auth-token"] ?? "";
    const found = findToken(operation.sim, text);
    const domain = found && domainOf(operation, found.domainId);
    if (!found || !domain || found.token.expiresAt <= operation.now) throw refuse(iamRules.wrongPassword);
    const { userId, userName, expiresAt } = found.token;
    return { user: { id: userId, name: userName }, domain, until: expiresAt };
}

/** The project of the token, or undefined for a token of the domain. */
function scopeOf({ sim }: Operation, { domain }: Login, { scope }: LoginRequest): Project | undefined {
    if (scope?.project) {
        const wanted = scope.project;
        const project = projectsOf(sim, domain.id).find(({ id, region }) => matches(wanted, id, region));
        if (!project) throw refuse(iamRules.scopeUnknown);
        return project;
    }
    if (scope?.domain && !matches(scope.domain, domain.id, domain.name)) throw refuse(iamRules.scopeUnknown);
    return undefined;
}

function tokenDocument(operation: Operation, token: Token, domain: Domain, project: Project | undefined) {
    const inDomain = { id: domain.id, name: domain.name };
    const hasCatalog = !operation.query.has("nocatalog");
    return {
        methods: token.methods,
        issued_at: inKeystone(token.issuedAt),
        expires_at: inKeystone(token.expiresAt),
        user: { id: token.userId, name: token.userName, domain: inDomain, password_expires_at: "" },
        ...(project ? { project: { id: project.id, name: project.region, domain: inDomain } } : { domain: inDomain }),
        roles: [{ id: "0", name: "te_admin" }],
        catalog: hasCatalog ? serviceCatalog(operation.request, project) : [],
    };
}

function createToken(operation: Operation): Reply {
    const { sim, now } = operation;
    const wanted = operation.body(login).auth;
    const isByToken = wanted.identity.methods.includes("token") && wanted.identity.password === undefined;
    const found = isByToken ? byToken(operation, wanted) : byPassword(operation, wanted);
    const { user, domain, until } = found;
    const project = scopeOf(operation, found, wanted);
    const token: Token = {
        userId: user.id,
        userName: user.name,
        projectId: project?.id ?? null,
        issuedAt: now,
        expiresAt: until ?? now + tokenLifetimeMs,
        methods: wanted.identity.methods,
    };
    const text = issueToken(sim, domain.id, token);
    operation.names(user.id, ...(project ? [project.id] : []));
    return {
        status: 201,
        headers: { "x-subject-token": text },
        caller: { domain, user: { id: user.id, name: user.name }, project },
        body: { token: tokenDocument(operation, token, domain, project) },
    };
}

/** Validates the token in X-Subject-Token, which must be of the caller's domain. */
function showToken(operation: Operation): Reply {
    const { sim, caller, request, now } = operation;
    const text = request.headers["x-subject-token"] ?? "";
    const found = findToken(sim, text);
    if (!found || found.domainId !== caller.domain.id || found.token.expiresAt <= now) {
        throw refuse(iamRules.tokenMissing);
    }
    const { token } = found;
    const project = token.projectId === null ? undefined : projectOf(sim, caller.domain.id, token.projectId);
    operation.names(token.userId);
    return {
        status: 200,
        headers: { "x-subject-token": text },
        body: { token: tokenDocument(operation, token, caller.domain, project) },
    };
}

const path = "/v3/auth/tokens";

export const tokenRoutes: readonly Route[] = [
    { method: "POST", path, service: iam, operation: "CreateToken", isOpen: true, handler: createToken },
    { method: "GET", path, service: iam, operation: "ShowToken", handler: showToken },
    {
        method: "HEAD",
        path,
        service: iam,
        operation: "CheckToken",
        handler: (operation) => ({ ...showToken(operation), body: undefined }),
    },
];
