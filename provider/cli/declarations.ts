import { commentCommand } from "./commands/comment";
import { completionCommand } from "./commands/completion";
import { engineCommand } from "./commands/engine";
import { graphCommand } from "./commands/graph";
import { importFileCommand } from "./commands/importFile";
import { initCommand } from "./commands/init";
import { pulumiCommand } from "./commands/pulumi";
import { releaseCommand } from "./commands/release";
import { reportCommand } from "./commands/report";
import { rulesCommand } from "./commands/rules";
import { schemaCommand } from "./commands/schema";
import { simulateCommand } from "./commands/simulate";
import { statusCommand } from "./commands/status";
import { validateCommand } from "./commands/validate";
import type { Declaration } from "./declaration";

/** Every command, in the order of the help. */
export const declarations = [
    initCommand,
    validateCommand,
    graphCommand,
    schemaCommand,
    statusCommand,
    releaseCommand,
    importFileCommand,
    reportCommand,
    commentCommand,
    engineCommand,
    pulumiCommand,
    simulateCommand,
    rulesCommand,
    completionCommand,
] as const satisfies readonly Declaration[];

export type CommandName = (typeof declarations)[number]["name"];
