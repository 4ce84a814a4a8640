import { systemTime } from "../core/time";
import type { Comments } from "../report/comments/commentsApi";
import { gitHubComments } from "../report/comments/github";
import { gitLabComments } from "../report/comments/gitlab";
import { postComment } from "../report/comments/postComment";
import { markerOf } from "../report/render/markdown";
import { commentCommand } from "./commands/comment";
import { parsed, wrongCall } from "./parsed";
import { readInput } from "./readInput";

/** `machine-images comment` */
export async function comment(argv: string[]): Promise<void> {
    const options = parsed(commentCommand, argv).values;
    const comments = commentsOf(options, process.env);
    const report = await readInput(options.input);
    const [project = "", stack = ""] = options.stack?.split("/") ?? [];
    const marker = options.stack === undefined ? undefined : markerOf({ project, stack });
    const posted = await postComment(comments, report, { marker });
    process.stdout.write(`comment on ${comments.what}: ${posted}\n`);
}

type Options = ReturnType<typeof parsed<(typeof commentCommand)["options"]>>["values"];
type Environment = Readonly<Record<string, string | undefined>>;

function commentsOf(options: Options, environment: Environment): Comments {
    const on = options.on ?? (environment.GITLAB_CI ? "gitlab" : environment.GITHUB_ACTIONS ? "github" : undefined);
    if (on === "github") {
        return gitHubComments(
            {
                apiUrl: apiAddress(options.api ?? environment.GITHUB_API_URL ?? "https://api.github.com"),
                repository: required(options.repository ?? environment.GITHUB_REPOSITORY, "--repository"),
                request: numberOf(options.request ?? gitHubRequest(environment)),
                token: tokenOf(environment, "GITHUB_TOKEN"),
            },
            systemTime,
        );
    }
    if (on === "gitlab") {
        return gitLabComments(
            {
                apiUrl: apiAddress(options.api ?? environment.CI_API_V4_URL ?? "https://gitlab.com/api/v4"),
                project: required(options.repository ?? environment.CI_PROJECT_ID, "--repository"),
                request: numberOf(options.request ?? environment.CI_MERGE_REQUEST_IID),
                token: tokenOf(environment, "GITLAB_TOKEN"),
            },
            systemTime,
        );
    }
    throw wrongCall(commentCommand, "--on is not given");
}

/** "refs/pull/12/merge" */
function gitHubRequest({ GITHUB_REF }: Environment): string | undefined {
    return GITHUB_REF?.match(/^refs\/pull\/(\d+)\//)?.[1];
}

function numberOf(given: string | undefined): number {
    const request = required(given, "--request");
    if (/^[1-9]\d*$/.test(request)) return Number(request);
    throw wrongCall(commentCommand, `--request ${request} must be a positive integer`);
}

/** The URL of an API. The error does not repeat the value, because it may contain a password. */
function apiAddress(given: string): string {
    const url = URL.parse(given);
    const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
    if (isPlain && url.search === "" && url.hash === "") return given;
    throw wrongCall(commentCommand, "--api must be an HTTP or HTTPS URL without user name, query or fragment");
}

/** The token, without the line break at the end of a file that it was read from. */
function tokenOf(environment: Environment, name: "GITHUB_TOKEN" | "GITLAB_TOKEN"): string {
    const token = required(environment[name]?.trim(), name);
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw wrongCall(commentCommand, `${name} must be one word of ASCII characters`);
}

function required(value: string | undefined, name: string): string {
    if (value !== undefined && value !== "") return value;
    throw wrongCall(commentCommand, `${name} is not given`);
}
