import { type Declaration, usualExits } from "../declaration";
import { parameter } from "./parameter";

export const graphCommand = {
    name: "graph",
    summary: "draw an environment file as a Mermaid flowchart",
    about: "Prints the resources of an environment file as a Mermaid flowchart, which GitHub and GitLab render in Markdown.",
    takes: { value: "FILE", meaning: "an environment file", atLeast: 1, atMost: 1, completes: "files" },
    options: { parameter },
    examples: [{ line: "machine-images graph environment.yaml > environment.mmd" }],
    exits: { ...usualExits, 1: "the file has problems" },
} as const satisfies Declaration;
