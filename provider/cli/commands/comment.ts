import type { Declaration } from "../declaration";

export const commentCommand = {
    name: "comment",
    summary: "write that report into the one comment of a pull request",
    about:
        "Writes a report into the one comment of its stack on a pull or merge request: makes it, or edits it in place. " +
        "The token comes from GITHUB_TOKEN, or GITLAB_TOKEN.",
    options: {
        on: {
            type: "string",
            value: "WHERE",
            choices: ["github", "gitlab"],
            meaning: "whose request; what the CI's environment says when it is left out",
        },
        repository: {
            type: "string",
            value: "NAME",
            meaning: "owner/name; GITHUB_REPOSITORY or CI_PROJECT_ID when it is left out",
        },
        request: {
            type: "string",
            value: "NUMBER",
            meaning: "the pull request that the CI runs for when it is left out",
        },
        api: { type: "string", value: "URL", meaning: "GITHUB_API_URL or CI_API_V4_URL when it is left out" },
        stack: {
            type: "string",
            value: "NAME",
            meaning: "project/stack: with it, an empty report ends an earlier comment",
        },
        input: { type: "string", value: "FILE", meaning: "read that instead of standard input", completes: "files" },
    },
    examples: [{ line: "machine-images report --stack dev < preview.json | machine-images comment --stack shop/dev" }],
    exits: { 0: "written, or nothing to write", 1: "refused", 2: "called in a wrong way" },
} as const satisfies Declaration;
