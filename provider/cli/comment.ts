import { parseArgs } from "node:util";
import { UserError } from "../clouds/errors";
import { systemTime } from "../clouds/time";
import type { Comments } from "../report/comments/commentsApi";
import { gitHubComments } from "../report/comments/github";
import { gitLabComments } from "../report/comments/gitlab";
import { postComment } from "../report/comments/postComment";
import { markerOf } from "../report/markdown";
import { readInput } from "./readInput";

const usage = `Usage: machine-images report ... | machine-images comment [--on github|gitlab] [--request NUMBER]

Writes a report into the one comment of its stack on a pull or merge request: makes it, or edits it in place.

  --on WHERE        github or gitlab; default what the CI's environment says
  --repository NAME owner/name; default GITHUB_REPOSITORY, CI_PROJECT_ID
  --request NUMBER  default the pull request that the CI runs for
  --api URL         default GITHUB_API_URL, CI_API_V4_URL
  --stack NAME      project/stack: with it, an empty report ends an earlier comment
  --input FILE      read that instead of standard input

The token comes from GITHUB_TOKEN, or GITLAB_TOKEN.

Exit codes: 0 written or nothing to write, 1 refused, 2 usage.`;

/** `machine-images comment` */
export async function comment(argv: string[]): Promise<void> {
    const options = optionsOf(argv);
    if (options.help) return void process.stdout.write(`${usage}\n`);
    const comments = commentsOf(options, process.env);
    const report = await readInput(options.input);
    const [project = "", stack = ""] = options.stack?.split("/") ?? [];
    const marker = options.stack === undefined ? undefined : markerOf({ project, stack });
    const posted = await postComment(comments, report, { marker });
    process.stdout.write(`comment on ${comments.what}: ${posted}\n`);
}

type Options = ReturnType<typeof optionsOf>;
type Environment = Readonly<Record<string, string | undefined>>;

function optionsOf(argv: string[]) {
    try {
        const { values } = parseArgs({
            args: argv,
            options: {
                on: { type: "string" },
                repository: { type: "string" },
                request: { type: "string" },
                api: { type: "string" },
                stack: { type: "string" },
                input: { type: "string" },
                help: { type: "boolean", short: "h", default: false },
            },
        });
        return values;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw usageError(reason, { cause: error });
    }
}

function usageError(reason: string, options?: ErrorOptions): Error {
    const message = `${reason}: \`machine-images comment --help\` shows how it is called`;
    return Object.assign(new UserError(message, options), { name: "UsageError" });
}

function commentsOf(options: Options, environment: Environment): Comments {
    const on = options.on ?? (environment.GITLAB_CI ? "gitlab" : environment.GITHUB_ACTIONS ? "github" : undefined);
    if (on === "github") {
        return gitHubComments(
            {
                apiUrl: options.api ?? environment.GITHUB_API_URL ?? "https://api.github.com",
                repository: needed(options.repository ?? environment.GITHUB_REPOSITORY, "--repository"),
                request: numberOf(options.request ?? gitHubRequest(environment)),
                token: needed(environment.GITHUB_TOKEN, "GITHUB_TOKEN"),
            },
            systemTime,
        );
    }
    if (on === "gitlab") {
        return gitLabComments(
            {
                apiUrl: options.api ?? environment.CI_API_V4_URL ?? "https://gitlab.com/api/v4",
                project: needed(options.repository ?? environment.CI_PROJECT_ID, "--repository"),
                request: numberOf(options.request ?? environment.CI_MERGE_REQUEST_IID),
                token: needed(environment.GITLAB_TOKEN, "GITLAB_TOKEN"),
            },
            systemTime,
        );
    }
    throw usageError(on === undefined ? "--on is not given" : `--on ${on} is not known`);
}

/** "refs/pull/12/merge" */
function gitHubRequest({ GITHUB_REF }: Environment): string | undefined {
    return GITHUB_REF?.match(/^refs\/pull\/(\d+)\//)?.[1];
}

function numberOf(given: string | undefined): number {
    const request = needed(given, "--request");
    if (/^[1-9]\d*$/.test(request)) return Number(request);
    throw usageError(`--request ${request} is no number`);
}

function needed(value: string | undefined, name: string): string {
    if (value !== undefined && value !== "") return value;
    throw usageError(`${name} is not given`);
}
