import { type Comments, CommentsApi, type Waiting } from "./commentsApi";

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

/** The notes of a merge request (reference: GitLab's REST API, "Notes API", merge requests). */
export function gitLabComments(place: GitLabPlace, waiting: Waiting): Comments {
    const { apiUrl, project, request, token } = place;
    const notes = `${apiUrl.replace(/\/+$/, "")}/projects/${encodeURIComponent(project)}/merge_requests/${request}/notes`;
    const permission = "the scope api and at least the role Reporter";
    const headers = { "private-token": token, "user-agent": "machine-images" };
    const api = new CommentsApi({ headers, token, permission }, waiting);
    return {
        what: `merge request ${request} of ${project}`,
        list: () => api.list(`${notes}?sort=asc&order_by=created_at`),
        create: (body) => api.write("POST", notes, body),
        update: (id, body) => api.write("PUT", `${notes}/${id}`, body),
    };
}
