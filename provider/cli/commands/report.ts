import { type Declaration, json } from "../declaration";

export const reportCommand = {
    name: "report",
    summary: "say what a preview really does: pulumi preview --json | machine-images report",
    about:
        "Writes what a preview means for machine images and servers, as Markdown for a pull request: who is affected, the " +
        "steps in the order in which they run, which disks are wiped, what stays behind, what it costs and what can be undone. " +
        "Writes nothing when nothing changes.",
    options: {
        stack: {
            type: "string",
            value: "STACK",
            meaning:
                'read who uses and sees each image from the clouds, with this stack\'s configuration ("." is the selected ' +
                "one). Without it, with the configuration that the preview shows and the keys of the environment or the " +
                "clouds' profile files; what cannot be read is told from the preview, and said so",
        },
        policy: {
            type: "string",
            value: "FILE",
            meaning:
                "an environment file, or one with only apiVersion, policy and prices: says which of its limits are broken, " +
                "and what the change costs by its prices",
            completes: "files",
        },
        history: {
            type: "string",
            value: "FILE",
            multiple: true,
            meaning: "engine event log of an earlier run (pulumi up --event-log FILE), for how long things take here",
            completes: "files",
        },
        events: {
            type: "boolean",
            meaning:
                "what comes in is an engine event log: what the Automation API's onEvent gives, one event a line, or " +
                "PULUMI_DEBUG_COMMANDS=true pulumi preview --event-log FILE; it does not say what waits for what",
        },
        input: { type: "string", value: "FILE", meaning: "read that instead of standard input", completes: "files" },
        json,
        "json-file": {
            type: "string",
            value: "FILE",
            meaning: "write the same for machines to a file, too",
            completes: "files",
        },
    },
    examples: [
        { line: "pulumi preview --json | machine-images report --stack dev" },
        { line: "machine-images report --input preview.json --policy environment.yaml" },
    ],
    exits: {
        0: "written",
        1: "it failed",
        2: "called in a wrong way, or a file cannot be read",
        3: "written, and the policy says no",
    },
} as const satisfies Declaration;
