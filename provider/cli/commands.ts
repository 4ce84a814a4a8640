import { commentCommand } from "./commands/comment";
import { completionCommand } from "./commands/completion";
import { engineCommand } from "./commands/engine";
import { graphCommand } from "./commands/graph";
import { importFileCommand } from "./commands/importFile";
import { pulumiCommand } from "./commands/pulumi";
import { releaseCommand } from "./commands/release";
import { reportCommand } from "./commands/report";
import { rulesCommand } from "./commands/rules";
import { schemaCommand } from "./commands/schema";
import { simulateCommand } from "./commands/simulate";
import { statusCommand } from "./commands/status";
import { validateCommand } from "./commands/validate";
import type { Declaration } from "./declaration";
import { parsed } from "./parsed";

/** A command, and its code, which is loaded when it is asked for, so that help and completion start fast. */
export interface Command {
    declared: Declaration;
    load: () => Promise<(argv: string[]) => Promise<void>>;
}

/** In the order of the help. */
export const commands: readonly Command[] = [
    { declared: statusCommand, load: async () => (await import("./status.js")).status },
    { declared: releaseCommand, load: async () => (await import("./release.js")).release },
    { declared: validateCommand, load: async () => (await import("./validate.js")).validate },
    { declared: graphCommand, load: async () => (await import("./graph.js")).graph },
    { declared: schemaCommand, load: async () => (await import("./schema.js")).schema },
    { declared: importFileCommand, load: async () => (await import("./importFile.js")).importFile },
    { declared: reportCommand, load: async () => (await import("./report.js")).report },
    { declared: commentCommand, load: async () => (await import("./comment.js")).comment },
    { declared: engineCommand, load: async () => (await import("./engine.js")).engine },
    { declared: pulumiCommand, load: async () => (await import("./pulumi.js")).pulumi },
    {
        declared: simulateCommand,
        load: async () => {
            const { simulate } = await import("../simulator/main.js");
            return (argv) => simulate(parsed(simulateCommand, argv).values);
        },
    },
    {
        declared: rulesCommand,
        load: async () => {
            const { printRules } = await import("../simulator/rulesCommand.js");
            return (argv) => printRules(parsed(rulesCommand, argv).values);
        },
    },
    { declared: completionCommand, load: async () => (await import("./completion.js")).completion },
];

export const declarations: readonly Declaration[] = commands.map(({ declared }) => declared);
