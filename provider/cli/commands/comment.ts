import type { Declaration } from "../declaration";

export const commentCommand = {
    name: "comment",
    summary: "write a report into one comment of a pull request",
    about:
        "Writes a report into one comment for each stack on a pull or merge request: creates the comment, or updates it in " +
        "place. Reads the token from GITHUB_TOKEN or GITLAB_TOKEN.",
    options: {
        on: {
            type: "string",
            value: "WHERE",
            choices: ["github", "gitlab"],
            meaning: "the service that has the request; default: detected from the CI environment",
        },
        repository: {
            type: "string",
            value: "NAME",
            meaning: "owner/name; default: GITHUB_REPOSITORY or CI_PROJECT_ID",
        },
        request: {
            type: "string",
            value: "NUMBER",
            meaning: "number of the request; default: the one that the CI job runs for",
        },
        api: {
            type: "string",
            value: "URL",
            meaning: "URL of the API; default: GITHUB_API_URL or CI_API_V4_URL, else the public API",
        },
        stack: {
            type: "string",
            value: "NAME",
            meaning:
                "project/stack; if the report is empty, the existing comment of this stack then says that nothing changes",
        },
        input: {
            type: "string",
            value: "FILE",
            meaning: "read the report from FILE instead of standard input",
            completes: "files",
        },
    },
    examples: [{ line: "machine-images report --stack dev < preview.json | machine-images comment --stack shop/dev" }],
    exits: { 0: "written, or nothing to write", 1: "failed", 2: "usage error, or a file cannot be read" },
} as const satisfies Declaration;
