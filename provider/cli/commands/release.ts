import { type Declaration, json, usualExits } from "../declaration";
import { aboutKeys, whichAccount } from "./whichAccount";

export const releaseCommand = {
    name: "release",
    summary: "delete an image in the only order that its cloud accepts, with what was made for it",
    about:
        "Takes an image away as its resource would: shares, the image, then the snapshots or the backup that were made " +
        "for it. Prints the plan first, and asks on a terminal. Run again after an interruption it goes on. What a " +
        `stack has in its state is refused, because the stack would miss it.\n${aboutKeys}`,
    takes: { value: "IMAGE", meaning: "id or exact name of the image", atLeast: 1, atMost: 1 },
    options: {
        ...whichAccount,
        "dry-run": { type: "boolean", meaning: "print the plan, and change nothing" },
        yes: { type: "boolean", meaning: "do not ask; needed where there is no terminal" },
        unshare: { type: "boolean", meaning: "take shares away" },
        "keep-children": { type: "boolean", meaning: "leave its snapshots or its backup, which may still be billed" },
        "if-in-use": {
            type: "string",
            value: "WHAT",
            choices: ["block", "wait", "retain"],
            default: "block",
            meaning: "while servers made from it are there: refuse, wait for their end, or keep the image",
        },
        "even-if-managed": { type: "boolean", meaning: "also what a stack made: its next refresh finds it gone" },
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
        0: "released, kept as --if-in-use retain says, or a plan that nothing blocks",
        1: "something blocks it, it was declined, or a cloud refused",
        2: "called in a wrong way, or without --yes where there is no terminal",
        130: "interrupted: the same command goes on",
    },
} as const satisfies Declaration;
