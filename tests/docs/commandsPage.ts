import type { Declaration } from "../../provider/dist/cli/declaration.js";
import { helpOf } from "../../provider/dist/cli/help.js";

/** The page of the command line: the help of each command. */
export function commandsPage(declarations: readonly Declaration[]): string {
    const rows = declarations.map(
        ({ name, summary }) => `| [\`${name}\`](#${name}) | ${summary.replaceAll("|", "\\|")} |`,
    );
    const sections = declarations.map((command) =>
        [`## ${command.name}`, "", "```", helpOf(command), "```", ""].join("\n"),
    );
    return `# Command line

\`npx machine-images COMMAND\`, or \`machine-images COMMAND\` when the package is installed globally. The sections
below are the output of \`--help\` for each command.

| command | what it does |
|---|---|
${rows.join("\n")}

Every command exits with 0 if it succeeds, 1 if it fails or finds problems, 2 after a usage error or if a file cannot be
read, and 130 after Ctrl-C. An error that you can fix is one line on standard error, with advice. Results are printed to
standard output. Colour and progress appear only on a terminal; \`NO_COLOR\` disables colour.

${sections.join("\n")}`;
}
