import { equal, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import type { Domain, Project } from "../identities/identities";
import { projectOf, projectsOf } from "../identities/projects";
import { refuse } from "../rules";
import { serviceCatalog } from "./catalog";
import { iamRules } from "./iamRules";
import { iam } from "./service";

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

function listProjects({ sim, caller, query }: Operation): Reply {
    const found = select(projectsOf(sim, caller.domain.id), query, {
        name: equal((project) => project.region),
        domain_id: equal(() => caller.domain.id),
        parent_id: equal(() => caller.domain.id),
        enabled: equal(() => true),
        is_domain: equal(() => false),
    });
    return ok({ projects: found.slice().map((project) => projectDocument(caller.domain, project)), links: {} });
}

function showProject(operation: Operation): Reply {
    const { sim, caller } = operation;
    const project = projectOf(sim, caller.domain.id, operation.param("id"));
    if (!project) throw refuse(iamRules.projectMissing, operation.param("id"));
    return ok({ project: projectDocument(caller.domain, project) });
}

function listDomains({ caller, query }: Operation): Reply {
    const found = select([caller.domain], query, {
        name: equal((domain) => domain.name),
        enabled: equal(() => true),
    });
    return ok({
        domains: found.slice().map((domain) => ({ ...domain, description: "", enabled: true, links: {} })),
        links: {},
    });
}

function listRegions({ sim, caller }: Operation): Reply {
    const regions = projectsOf(sim, caller.domain.id).map(({ region }) => ({
        id: region,
        type: "public",
        description: "",
        parent_region_id: null,
        locales: { "en-us": region },
        links: {},
    }));
    return ok({ regions, links: {} });
}

/** Queries of a client that does not know its project yet (docs/reference/huawei-api.md#tokens). */
export const directoryRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v3/auth/catalog",
        service: iam,
        operation: "ShowCatalog",
        handler: ({ request, caller }) => ok({ catalog: serviceCatalog(request, caller.project), links: {} }),
    },
    { method: "GET", path: "/v3/projects", service: iam, operation: "ListProjects", handler: listProjects },
    { method: "GET", path: "/v3/auth/projects", service: iam, operation: "ListAuthProjects", handler: listProjects },
    { method: "GET", path: "/v3/projects/{id}", service: iam, operation: "ShowProject", handler: showProject },
    { method: "GET", path: "/v3/auth/domains", service: iam, operation: "ListAuthDomains", handler: listDomains },
    { method: "GET", path: "/v3/regions", service: iam, operation: "ListRegions", handler: listRegions },
];
