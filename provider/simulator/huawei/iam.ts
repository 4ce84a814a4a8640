import { z } from "zod";
import { projectOf } from "./authentication";
import { serviceCatalog } from "./catalog";
import { identityRules } from "./gatewayRules";
import { type Domain, domains, type Project, projects, type User, users } from "./objects";
import { type Operation, ok, type Reply, type Route } from "./operation";
import { refuse } from "./rules";
import { inKeystone } from "./times";
import { issueToken, tokenLifetimeMs } from "./tokens";

const named = z.object({ id: z.string().optional(), name: z.string().optional() });
const login = z.object({
    auth: z.object({
        identity: z.object({
            methods: z.array(z.literal("password")).min(1),
            password: z.object({
                user: named.extend({ password: z.string(), domain: named.optional() }),
            }),
        }),
        scope: z.object({ project: named.optional(), domain: named.optional() }).optional(),
    }),
});

interface Login {
    readonly user: User;
    readonly domain: Domain;
}

const matches = (wanted: z.infer<typeof named> | undefined, id: string, name: string): boolean =>
    wanted !== undefined && (wanted.id === undefined ? wanted.name === name : wanted.id === id);

function findLogin({ sim }: Operation, wanted: z.infer<typeof login>): Login {
    const given = wanted.auth.identity.password.user;
    for (const { value: user, scope } of sim.registry.list("huawei", users)) {
        const domain = sim.registry.find("huawei", domains, scope.account)?.value;
        if (!domain || !matches(given, user.id, user.name)) continue;
        // A user name is unique in its domain only.
        if (given.id === undefined && !matches(given.domain, domain.id, domain.name)) continue;
        if (user.password === given.password) return { user, domain };
    }
    throw refuse(identityRules.wrongPassword);
}

function projectsOf({ sim }: Operation, domainId: string): Project[] {
    return sim.registry.list("huawei", projects, domainId).map(({ value }) => value);
}

/** The project that the token is for; undefined for a token of the domain. */
function scopeOf(operation: Operation, { domain }: Login, wanted: z.infer<typeof login>): Project | undefined {
    const scope = wanted.auth.scope;
    if (scope?.project) {
        const project = projectsOf(operation, domain.id).find(({ id, region }) => matches(scope.project, id, region));
        if (!project) throw refuse(identityRules.scopeUnknown);
        return project;
    }
    if (scope?.domain && !matches(scope.domain, domain.id, domain.name)) throw refuse(identityRules.scopeUnknown);
    return undefined;
}

function createToken(operation: Operation): Reply {
    const { sim, now, request, query } = operation;
    const wanted = operation.body(login);
    const found = findLogin(operation, wanted);
    const { user, domain } = found;
    const project = scopeOf(operation, found, wanted);
    const expiresAt = now + tokenLifetimeMs;
    const text = issueToken(sim, domain.id, {
        userId: user.id,
        userName: user.name,
        projectId: project?.id ?? null,
        expiresAt,
    });
    const inDomain = { id: domain.id, name: domain.name };
    operation.names(user.id, ...(project ? [project.id] : []));
    const hasCatalog = !query.has("nocatalog");
    return {
        status: 201,
        headers: { "x-subject-token": text },
        caller: { domain, user, project },
        body: {
            token: {
                methods: ["password"],
                issued_at: inKeystone(now),
                expires_at: inKeystone(expiresAt),
                user: { id: user.id, name: user.name, domain: inDomain, password_expires_at: "" },
                ...(project
                    ? { project: { id: project.id, name: project.region, domain: inDomain } }
                    : { domain: inDomain }),
                roles: [{ id: "0", name: "te_admin" }],
                catalog: hasCatalog ? serviceCatalog(request, project) : [],
            },
        },
    };
}

function projectDocument(domain: Domain, project: Project): Record<string, unknown> {
    return {
        id: project.id,
        name: project.region,
        description: "",
        domain_id: domain.id,
        parent_id: domain.id,
        enabled: true,
        is_domain: false,
        links: {},
    };
}

function listProjects(operation: Operation): Reply {
    const { caller, query } = operation;
    const name = query.get("name");
    const found = projectsOf(operation, caller.domain.id).filter(({ region }) => name === null || region === name);
    return ok({ projects: found.map((project) => projectDocument(caller.domain, project)), links: {} });
}

function showProject(operation: Operation): Reply {
    const { sim, caller } = operation;
    const project = projectOf(sim, caller.domain.id, operation.param("id"));
    if (!project) throw refuse({ ...identityRules.scopeUnknown, status: 404, code: "Not Found" });
    return ok({ project: projectDocument(caller.domain, project) });
}

function listRegions(operation: Operation): Reply {
    const regions = projectsOf(operation, operation.caller.domain.id).map(({ region }) => ({
        id: region,
        type: "public",
        description: "",
        parent_region_id: null,
        locales: { "en-us": region },
        links: {},
    }));
    return ok({ regions, links: {} });
}

export const iamRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v3/auth/tokens",
        service: "iam",
        operation: "CreateToken",
        isOpen: true,
        handler: createToken,
    },
    {
        method: "GET",
        path: "/v3/auth/catalog",
        service: "iam",
        operation: "ShowCatalog",
        handler: ({ request, caller }) => ok({ catalog: serviceCatalog(request, caller.project), links: {} }),
    },
    { method: "GET", path: "/v3/projects", service: "iam", operation: "ListProjects", handler: listProjects },
    { method: "GET", path: "/v3/auth/projects", service: "iam", operation: "ListAuthProjects", handler: listProjects },
    { method: "GET", path: "/v3/projects/{id}", service: "iam", operation: "ShowProject", handler: showProject },
    {
        method: "GET",
        path: "/v3/auth/domains",
        service: "iam",
        operation: "ListAuthDomains",
        handler: ({ caller: { domain } }) =>
            ok({ domains: [{ ...domain, description: "", enabled: true, links: {} }], links: {} }),
    },
    { method: "GET", path: "/v3/regions", service: "iam", operation: "ListRegions", handler: listRegions },
];
