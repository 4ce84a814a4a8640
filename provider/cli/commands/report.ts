import { type Declaration, json } from "../declaration";

export const reportCommand = {
    name: "report",
    summary: "explain what a preview will do: pulumi preview --json | machine-images report",
    about:
        "Prints what a change will do to machine images and servers, as Markdown for a pull request: who is affected, each " +
        "step in order, which disks are wiped, what stays behind, what it costs, and what can be undone. Prints nothing if " +
        "nothing changes.",
    options: {
        stack: {
            type: "string",
            value: "STACK",
            meaning:
                "read the users and recipients of each image from the clouds with the configuration of this stack " +
                '("." is the selected stack). Without this option, the configuration in the preview and the keys of the ' +
                "environment or the clouds' profile files are used. If something cannot be read, the report says so and " +
                "uses the preview",
        },
        policy: {
            type: "string",
            value: "FILE",
            meaning:
                "an environment file, or a file with only apiVersion, policy and prices: check the change against its limits, " +
                "and use its prices",
            completes: "files",
        },
        history: {
            type: "string",
            value: "FILE",
            multiple: true,
            meaning: "take durations from the event log of an earlier run (pulumi up --event-log FILE)",
            completes: "files",
        },
        events: {
            type: "boolean",
            meaning:
                "the input is an engine event log: the events of the Automation API's onEvent, one a line, or the output of " +
                "PULUMI_DEBUG_COMMANDS=true pulumi preview --event-log FILE. An event log does not contain what each step " +
                "waits for",
        },
        input: {
            type: "string",
            value: "FILE",
            meaning: "read the preview from FILE instead of standard input",
            completes: "files",
        },
        json,
        "json-file": {
            type: "string",
            value: "FILE",
            meaning: "also write the JSON to a file",
            completes: "files",
        },
    },
    examples: [
        { line: "pulumi preview --json | machine-images report --stack dev" },
        { line: "machine-images report --input preview.json --policy environment.yaml" },
    ],
    exits: {
        0: "printed",
        1: "failed",
        2: "usage error, or a file cannot be read",
        3: "printed; a limit of the policy is broken or cannot be shown to hold",
    },
} as const satisfies Declaration;
