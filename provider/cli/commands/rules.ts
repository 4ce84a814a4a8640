import { type Declaration, json, usualExits } from "../declaration";

export const rulesCommand = {
    name: "rules",
    summary: "print every error that the simulator can return",
    about: "Prints every error that the simulator can return, with its source. Marks those that are assumptions without a public source.",
    options: { json },
    examples: [{ line: "machine-images rules | grep assumed" }],
    exits: usualExits,
} as const satisfies Declaration;
