import { type Declaration, json, usualExits } from "../declaration";

export const rulesCommand = {
    name: "rules",
    summary: "print every reason for which the simulated clouds say no",
    about: "Prints every reason for which the simulated clouds say no, with its source, and which were chosen for want of one.",
    options: { json },
    examples: [{ line: "machine-images rules | grep assumed" }],
    exits: usualExits,
} as const satisfies Declaration;
