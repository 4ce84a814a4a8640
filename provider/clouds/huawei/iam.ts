import { z } from "zod";
import { list, text } from "../answerFields";
import { UserError } from "../errors";
import type { HuaweiConnection } from "./connection";
import { openRestWith, path } from "./rest";

const projects = z.object({ projects: list(z.object({ id: text, name: text })) });

/**
 * The project of a region: the one that bears the region's name.
 *
 * @throws UserError when the account has none, or more than one; CloudError when IAM refuses
 */
export async function projectIdOf(connection: Omit<HuaweiConnection, "projectIdOf">, region: string): Promise<string> {
    // Without a project id in the credentials: IAM answers for the account.
    const rest = openRestWith(connection, "iam", region, undefined);
    const found = await rest.ask({
        operation: "ListProjects",
        method: "GET",
        path: path`/v3/projects`,
        query: { name: region },
        answer: projects,
        idempotent: true,
    });
    const [first, ...others] = found.projects;
    if (first === undefined) {
        throw new UserError(`no project is named ${region}: correct the region`);
    }
    if (others.length > 0) {
        const ids = found.projects.map((project) => project.id).join(", ");
        throw new UserError(`more than one project is named ${region} (${ids}): rename all but one`);
    }
    return first.id;
}

/** The names of all projects of the account. @param region whose IAM is asked */
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
