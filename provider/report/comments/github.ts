import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { type Asking, askComments, type Comments } from "./commentsApi";

const listed = z.array(z.object({ id: z.int(), body: z.string().nullish() }));

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

/** Its comments (reference: GitHub's REST API, "issue comments"; a pull request is an issue there). */
export function gitHubComments(place: GitHubPlace, time: Pick<Asking, "sleep" | "now">): Comments {
    const { apiUrl, repository, request, token } = place;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        throw new UserError(`${repository} is no repository: give it as owner/name`);
    }
    const issues = `${apiUrl.replace(/\/+$/, "")}/repos/${repository}/issues`;
    const headers = {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "machine-images",
        "x-github-api-version": "2022-11-28",
    };
    const ask = (method: Asking["method"], url: string, body?: string) =>
        askComments({
            ...time,
            method,
            url,
            headers,
            permission: "pull-requests: write",
            ...(body !== undefined && { body: JSON.stringify({ body }) }),
        });
    return {
        what: `pull request ${request} of ${repository}`,
        async *list() {
            let url: string | undefined = `${issues}/${request}/comments?per_page=100`;
            while (url !== undefined) {
                const { json, next }: { json: unknown; next?: string } = await ask("GET", url);
                for (const { id, body } of listed.parse(json)) yield { id: String(id), body: body ?? "" };
                url = sameOrigin(url, next);
            }
        },
        create: async (body) => void (await ask("POST", `${issues}/${request}/comments`, body)),
        update: async (id, body) => void (await ask("PATCH", `${issues}/comments/${id}`, body)),
    };
}

/** The token goes to the API that was named and to no other. */
function sameOrigin(url: string, next: string | undefined): string | undefined {
    return next !== undefined && new URL(next).origin === new URL(url).origin ? next : undefined;
}
