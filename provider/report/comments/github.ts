import { UserError } from "../../clouds/errors";
import { type Comments, CommentsApi, type Waiting } from "./commentsApi";

/** A pull request on GitHub or GitHub Enterprise. */
export interface GitHubPlace {
    /** "https://api.github.com" */
    apiUrl: string;
    /** "owner/name" */
    repository: string;
    /** The number of the pull request. */
    request: number;
    token: string;
}

/**
 * The comments of a pull request (reference: GitHub's REST API, "issue comments"; a pull request is an issue there).
 */
export function gitHubComments(place: GitHubPlace, waiting: Waiting): Comments {
    const { apiUrl, repository, request, token } = place;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        throw new UserError(`${repository} is not a repository name: use owner/name`);
    }
    const issues = `${apiUrl.replace(/\/+$/, "")}/repos/${repository}/issues`;
    const headers = {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "machine-images",
        "x-github-api-version": "2022-11-28",
    };
    const api = new CommentsApi({ headers, token, permission: "pull-requests: write" }, waiting);
    return {
        what: `pull request ${request} of ${repository}`,
        list: () => api.list(`${issues}/${request}/comments`),
        create: (body) => api.write("POST", `${issues}/${request}/comments`, body),
        update: (id, body) => api.write("PATCH", `${issues}/comments/${id}`, body),
    };
}
