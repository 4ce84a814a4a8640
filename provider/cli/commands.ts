import { rulesCommand } from "./commands/rules";
import { simulateCommand } from "./commands/simulate";
import type { Declaration } from "./declaration";
import { type CommandName, declarations } from "./declarations";
import { parsed } from "./parsed";

type Run = (argv: string[]) => Promise<void>;

/** The code of each command, loaded when the command runs, so that help and completion start fast. */
const code: Record<CommandName, () => Promise<Run>> = {
    init: async () => (await import("./init.js")).init,
    validate: async () => (await import("./validate.js")).validate,
    graph: async () => (await import("./graph.js")).graph,
    schema: async () => (await import("./schema.js")).schema,
    status: async () => (await import("./status.js")).status,
    release: async () => (await import("./release.js")).release,
    "import-file": async () => (await import("./importFile.js")).importFile,
    report: async () => (await import("./report.js")).report,
    comment: async () => (await import("./comment.js")).comment,
    engine: async () => (await import("./engine.js")).engine,
    pulumi: async () => (await import("./pulumi.js")).pulumi,
    async simulate() {
        const { simulate } = await import("../simulator/main.js");
        return (argv) => simulate(parsed(simulateCommand, argv).values);
    },
    async rules() {
        const { printRules } = await import("../simulator/rulesCommand.js");
        return (argv) => printRules(parsed(rulesCommand, argv).values);
    },
    completion: async () => (await import("./completion.js")).completion,
};

export interface Command {
    declared: Declaration;
    load: () => Promise<Run>;
}

/** The command with this name, if one exists. */
export function commandNamed(name: string): Command | undefined {
    const declared = declarations.find((candidate) => candidate.name === name);
    return declared && { declared, load: code[declared.name] };
}
