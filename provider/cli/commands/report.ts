import { type Declaration, json } from "../declaration";

export const reportCommand = {
    name: "report",
    summary: "say what a preview really does: pulumi preview --json | machine-images report",
    about:
        "Writes what a preview means for machine images and servers, as Markdown for a pull request: who is affected, the " +
        "steps in the order in which they run, what is erased, what stays behind, what can be undone. Writes nothing when " +
        "nothing changes.",
    options: {
        stack: {
            type: "string",
            value: "STACK",
            meaning:
                'read who uses and sees each image from the clouds, with this stack\'s configuration ("." is the selected one); without it only from the preview, and the report says so',
        },
        events: {
            type: "boolean",
            meaning:
                "what comes in is an engine event log: what the Automation API's onEvent gives, one event a line, or PULUMI_DEBUG_COMMANDS=true pulumi preview --event-log FILE; it does not say what waits for what",
        },
        input: { type: "string", value: "FILE", meaning: "read that instead of standard input", completes: "files" },
        json,
    },
    examples: [{ line: "pulumi preview --json | machine-images report --stack dev" }],
    exits: { 0: "written", 1: "what came in is no preview", 2: "called in a wrong way" },
} as const satisfies Declaration;
