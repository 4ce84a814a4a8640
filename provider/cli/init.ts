import { basename, resolve } from "node:path";
import { askOnTerminal, isTerminal, type Questions } from "./askOnTerminal";
import { initCommand } from "./commands/init";
import { parsed, wrongCall } from "./parsed";
import { type ProjectTemplate, projectFiles, projectTemplates } from "./projectTemplates";
import { reasonAgainst, writeProject } from "./writeProject";

const clouds = initCommand.options.cloud.choices;
const languages = ["environment", "typescript"] as const;

type Options = ReturnType<typeof optionsOf>;

/** The settings of a new project. */
interface ProjectSettings {
    folder: string;
    template: string;
    name: string;
}

/** `machine-images init` */
export async function init(argv: string[]): Promise<void> {
    const options = optionsOf(argv);
    const templates = projectTemplates();
    if (options.list) return void process.stdout.write(listOf(templates));
    const { folder, template, name } = isTerminal()
        ? await askOnTerminal((questions) => promptedSettings(options, questions))
        : defaultSettings(options);
    const files = projectFiles(template, { name, folder });
    writeProject(folder, files);
    const summary = `Project ${name} from ${template}: ${files.map((file) => file.name).join(", ")}`;
    process.stdout.write([summary, ...nextSteps(folder), ""].join("\n"));
}

function optionsOf(argv: string[]) {
    const { values, positionals } = parsed(initCommand, argv);
    const { template, cloud, name, typescript } = values;
    if (template !== undefined && (cloud !== undefined || typescript !== undefined)) {
        throw wrongCall(
            initCommand,
            "--template cannot be combined with --cloud or --typescript, because it sets both",
        );
    }
    const problem = name === undefined ? undefined : nameProblem(name);
    if (problem !== undefined) throw wrongCall(initCommand, `--name ${name}: ${problem}`);
    return { ...values, folder: positionals[0] };
}

function defaultSettings(options: Options): ProjectSettings {
    const folder = options.folder ?? ".";
    const language = languages[options.typescript === true ? 1 : 0];
    const template = options.template ?? `${options.cloud ?? clouds[0]}-${language}`;
    return { folder, template, name: options.name ?? nameOf(folder) };
}

async function promptedSettings(options: Options, ask: Questions): Promise<ProjectSettings> {
    const isFree = reasonAgainst(".") === undefined;
    const folder = options.folder ?? (await ask.text("Folder", isFree ? "." : "my-images", reasonAgainst));
    const chosen = async () => {
        const cloud = options.cloud ?? (await ask.choice("Cloud", clouds));
        const language = options.typescript ? "typescript" : await ask.choice("Written as", languages);
        return `${cloud}-${language}`;
    };
    const template = options.template ?? (await chosen());
    const name = options.name ?? (await ask.text("Project name", nameOf(folder), nameProblem));
    return { folder, template, name };
}

/** Checks Pulumi's rules for the name of a project. */
function nameProblem(name: string): string | undefined {
    if (name.length > 100) return "a project name has at most 100 characters";
    if (!/^[\w.-]+$/.test(name))
        return "a project name contains only letters, digits, hyphens, underscores and periods";
    return undefined;
}

function nameOf(folder: string): string {
    const name = basename(resolve(folder)).replaceAll(/[^\w.-]+/g, "-");
    return name.replaceAll(/^-+|-+$/g, "").slice(0, 100) || "project";
}

function listOf(templates: readonly ProjectTemplate[]): string {
    const width = Math.max(...templates.map(({ name }) => name.length));
    return templates.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`).join("");
}

function nextSteps(folder: string): string[] {
    const enter = resolve(folder) === resolve(".") ? [] : [`  cd ${/\s/.test(folder) ? `"${folder}"` : folder}`];
    return [
        "",
        "Next:",
        ...enter,
        "  npm install",
        "  npx machine-images engine              installs the Pulumi engine if it is missing",
        "  export PULUMI_CONFIG_PASSPHRASE=       passphrase for secrets; here it is empty",
        "  npx pulumi stack select --create dev",
        "  npx pulumi up",
        "",
        "The clouds are simulated. README.md explains how to use the real cloud.",
    ];
}
