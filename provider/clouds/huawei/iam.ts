import { z } from "zod";
import { list, optionalText, text } from "../answerFields";
import { CloudError, UserError } from "../errors";
import type { HuaweiConnection } from "./connection";
import type { HuaweiScope } from "./keys";
import { openRestWith, path, type Rest } from "./rest";

type Account = Omit<HuaweiConnection, "projectIdOf">;

const projects = z.object({ projects: list(z.object({ id: text, name: text, domain_id: optionalText })) });
const domains = z.object({ domains: list(z.object({ id: text, name: optionalText })) });

type Project = z.infer<typeof projects>["projects"][number];

/** Opens IAM without a project id: its requests concern the account. */
function openIam(connection: Account, region: string): Rest {
    return openRestWith(connection, "iam", region, undefined);
}

/**
 * The project of a region: the project of the credentials if it is in this region, otherwise the project that has the
 * region's name.
 *
 * @throws UserError if the account has no such project, or more than one; CloudError if IAM refuses
 */
export async function projectIdOf(connection: Account, region: string, scope: HuaweiScope = {}): Promise<string> {
    const rest = openIam(connection, region);
    const { projectId, projectName, domainId } = scope;
    if (projectId !== undefined && (await isOfRegion(rest, projectId, region, domainId))) return projectId;
    const name = projectName !== undefined && isNameOf(region, projectName) ? projectName : region;
    const found = await rest.ask({
        operation: "ListProjects",
        method: "GET",
        path: path`/v3/projects`,
        query: { name, domain_id: domainId },
        ...(domainId !== undefined && { headers: { "X-Domain-Id": domainId } }),
        answer: projects,
        idempotent: true,
    });
    const ofAccount = found.projects.filter((project) => isOfDomain(project, domainId));
    const [first, ...others] = ofAccount;
    if (first === undefined) {
        const where = domainId === undefined ? "" : ` in the account (domain) ${domainId}`;
        throw new UserError(`no project is named ${name}${where}: correct the region${where && " or the domain id"}`);
    }
    if (others.length > 0) {
        const ids = ofAccount.map((project) => project.id).join(", ");
        throw new UserError(`more than one project is named ${name} (${ids}): rename all but one`);
    }
    return first.id;
}

/**
 * Whether a project is in a region: its name is the region's name, or begins with it. A project id belongs to one
 * region only, but a program may use several regions.
 *
 * @throws UserError if the account has no such project
 */
async function isOfRegion(rest: Rest, id: string, region: string, domainId: string | undefined): Promise<boolean> {
    const found = await rest
        .ask({
            operation: "ListAuthProjects",
            method: "GET",
            path: path`/v3/auth/projects`,
            answer: projects,
            idempotent: true,
        })
        .catch((error: unknown) => {
            // Without permission to check it, the given project is used.
            if (error instanceof CloudError && error.status === 403) return undefined;
            throw error;
        });
    if (found === undefined) return true;
    const project = found.projects.find((candidate) => candidate.id === id);
    if (project === undefined || !isOfDomain(project, domainId)) {
        const where = domainId === undefined ? "" : ` in the account (domain) ${domainId}`;
        throw new UserError(`the keys have no access to project ${id}${where}: correct the project id`);
    }
    return isNameOf(region, project.name);
}

function isNameOf(region: string, name: string): boolean {
    return name === region || name.startsWith(`${region}_`);
}

function isOfDomain(project: Project, domainId: string | undefined): boolean {
    return domainId === undefined || project.domain_id === undefined || project.domain_id === domainId;
}

/** The account that the keys belong to. @throws CloudError if IAM refuses */
export async function accountOf(connection: Account, region: string): Promise<{ id: string; name?: string }> {
    const found = await openIam(connection, region).ask({
        operation: "ListAuthDomains",
        method: "GET",
        path: path`/v3/auth/domains`,
        answer: domains,
        idempotent: true,
    });
    const [first] = found.domains;
    if (first) return first;
    throw new UserError("IAM returned no account for these keys: check the keys");
}

/** The names of all projects of the account. @param region the region whose IAM is used */
export async function projectNames(
    connection: Omit<HuaweiConnection, "projectIdOf">,
    region: string,
): Promise<string[]> {
    const rest = openRestWith(connection, "iam", region, undefined);
    const found = await rest.ask({
        operation: "ListProjects",
        method: "GET",
        path: path`/v3/projects`,
        answer: projects,
        idempotent: true,
    });
    return found.projects.map(({ name }) => name);
}
