import { type Declaration, json, usualExits } from "../declaration";
import { aboutKeys, whichAccount } from "./whichAccount";

export const releaseCommand = {
    name: "release",
    summary: "delete an image together with its snapshots or backup",
    about:
        "Deletes an image in the order in which its resource does: shares, the image, then the snapshots or the backup that " +
        "were created for it. Prints the deletion plan first, and asks for confirmation in a terminal. After an interruption, " +
        "run the same command again to continue. Refuses an image that a stack owns, unless " +
        `--even-if-managed is set.\n${aboutKeys}`,
    takes: { value: "IMAGE", meaning: "id or exact name of the image", atLeast: 1, atMost: 1 },
    options: {
        ...whichAccount,
        "dry-run": { type: "boolean", meaning: "print the deletion plan, and change nothing" },
        yes: { type: "boolean", meaning: "do not ask for confirmation; required without a terminal" },
        unshare: { type: "boolean", meaning: "delete shares of the image" },
        "keep-children": { type: "boolean", meaning: "keep the snapshots or the backup, which may still be billed" },
        "if-in-use": {
            type: "string",
            value: "WHAT",
            choices: ["block", "wait", "retain"],
            default: "block",
            meaning: "if servers created from the image exist: refuse, wait until they are deleted, or keep the image",
        },
        "even-if-managed": {
            type: "boolean",
            meaning: "also delete an image of a stack; the next refresh of that stack removes it from the state",
        },
        json,
    },
    examples: [
        { line: "machine-images release web-golden --cloud alibaba --region cn-hangzhou --dry-run" },
        {
            line: "machine-images release m-bp1… --cloud alibaba --region cn-hangzhou --unshare --yes",
            meaning: "in a script",
        },
    ],
    exits: {
        ...usualExits,
        0: "deleted, kept by --if-in-use retain, or the plan of --dry-run has no obstacle",
        1: "something blocks the deletion, the confirmation was declined, or a request failed",
        2: "usage error, or neither --yes nor a terminal",
        130: "interrupted: run the same command again to continue",
    },
} as const satisfies Declaration;
