import type { Declaration } from "../../provider/dist/cli/declaration.js";
import { helpOf } from "../../provider/dist/cli/help.js";

/** The page of the command line: each command's own help. */
export function commandsPage(declarations: readonly Declaration[]): string {
    const rows = declarations.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${summary} |`);
    const sections = declarations.map((command) =>
        [`## ${command.name}`, "", "```", helpOf(command), "```", ""].join("\n"),
    );
    return `# Command line

\`npx machine-images COMMAND\`, or \`machine-images COMMAND\` when the package is installed globally. Each command says with
\`--help\` what is written here.

| command | what it does |
|---|---|
${rows.join("\n")}

Every command ends with 0 when it is done, 1 when it failed or found problems, and 2 when it was called in a wrong way or a
file cannot be read; interrupted by Ctrl-C with 130. What can be put right is one line on standard error, with what to do.
Results go to standard output. Colour and progress appear only on a terminal, and colour not with \`NO_COLOR\`.

${sections.join("\n")}`;
}
