import { z } from "zod";
import { type Asking, askComments, type Comments } from "./commentsApi";

const listed = z.array(z.object({ id: z.int(), body: z.string() }));

/** A merge request on GitLab. */
export interface GitLabPlace {
    /** "https://gitlab.com/api/v4" */
    apiUrl: string;
    /** The project's id, or its path: "group/name". */
    project: string;
    /** The number of the merge request in its project. */
    request: number;
    token: string;
}

const pageSize = 100;

/** Its notes (reference: GitLab's REST API, "Notes API", merge requests). */
export function gitLabComments(place: GitLabPlace, time: Pick<Asking, "sleep" | "now">): Comments {
    const { apiUrl, project, request, token } = place;
    const notes = `${apiUrl.replace(/\/+$/, "")}/projects/${encodeURIComponent(project)}/merge_requests/${request}/notes`;
    const ask = (method: Asking["method"], url: string, body?: string) =>
        askComments({
            ...time,
            method,
            url,
            headers: { "private-token": token, "user-agent": "machine-images" },
            permission: "the scope api and at least the role Reporter",
            ...(body !== undefined && { body: JSON.stringify({ body }) }),
        });
    return {
        what: `merge request ${request} of ${project}`,
        async *list() {
            for (let page = 1; ; page++) {
                const url = `${notes}?sort=asc&order_by=created_at&per_page=${pageSize}&page=${page}`;
                const found = listed.parse((await ask("GET", url)).json);
                for (const { id, body } of found) yield { id: String(id), body };
                if (found.length < pageSize) return;
            }
        },
        create: async (body) => void (await ask("POST", notes, body)),
        update: async (id, body) => void (await ask("PUT", `${notes}/${id}`, body)),
    };
}
