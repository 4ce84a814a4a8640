import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { closestWord } from "../environment/closestWord";
import { askOnTerminal, isTerminal, type Questions } from "./askOnTerminal";
import { type ProjectTemplate, projectFiles, projectTemplates } from "./projectTemplates";
import { UsageError } from "./usageError";
import { reasonAgainst, writeProject } from "./writeProject";

const usage = `Usage: machine-images init [FOLDER] [--template NAME] [--name PROJECT]

Makes a new project in FOLDER (default this one), which must be new or empty. It runs as it stands, against simulated
clouds and without an account. In a terminal it asks for what is not given; elsewhere it takes the defaults.

  --template NAME  one of those that --list names (default alibaba-environment)
  --cloud CLOUD    alibaba, or huawei for Huawei Cloud and Open Telekom Cloud: its template with an environment file
  --typescript     the cloud's template with a TypeScript program
  --name PROJECT   the project's name (default the folder's)
  --list           what there is to begin with

The same templates work with \`pulumi new ./node_modules/pulumi-machine-images/templates/NAME\`.

Exit code: 0, 1 when no project was made, 2 when it was called in a wrong way.

Examples:
  machine-images init my-images
  machine-images init my-images --cloud huawei --typescript`;

const clouds = ["alibaba", "huawei"];
const languages = { environment: "environment", typescript: "typescript" };

type Options = ReturnType<typeof optionsOf>;

/** What there is to know before a project can be made. */
interface Wanted {
    folder: string;
    template: ProjectTemplate;
    name: string;
}

/** `machine-images init` */
export async function init(argv: string[]): Promise<void> {
    const options = optionsOf(argv);
    if (options.help) return void process.stdout.write(`${usage}\n`);
    const templates = projectTemplates();
    if (options.list) return void process.stdout.write(listOf(templates));
    const { folder, template, name } = isTerminal()
        ? await askOnTerminal((questions) => askedFor(options, templates, questions))
        : byDefault(options, templates);
    const files = projectFiles(template, { name, folder });
    writeProject(folder, files);
    const made = `Project ${name} from ${template.name}: ${files.map((file) => file.name).join(", ")}`;
    process.stdout.write([made, ...nextSteps(folder), ""].join("\n"));
}

function optionsOf(argv: string[]) {
    const { values, positionals } = parsed(argv);
    const { template, cloud, name, typescript } = values;
    const [folder, ...more] = positionals;
    if (more.length > 0) throw usageError(`init takes one folder, and ${positionals.length} are given`);
    if (template !== undefined && (cloud !== undefined || typescript !== undefined)) {
        throw usageError("--template says the cloud and the language: leave --cloud and --typescript out");
    }
    if (cloud !== undefined && !clouds.includes(cloud)) {
        throw usageError(`--cloud ${cloud} is not known: use ${clouds.join(" or ")}`);
    }
    const problem = name === undefined ? undefined : nameProblem(name);
    if (problem !== undefined) throw usageError(`--name ${name}: ${problem}`);
    return { ...values, folder };
}

function parsed(argv: string[]) {
    try {
        return parseArgs({
            args: argv,
            allowPositionals: true,
            options: {
                template: { type: "string" },
                cloud: { type: "string" },
                typescript: { type: "boolean" },
                name: { type: "string" },
                list: { type: "boolean", default: false },
                help: { type: "boolean", short: "h", default: false },
            },
        });
    } catch (error) {
        throw usageError(error instanceof Error ? error.message : String(error), { cause: error });
    }
}

function usageError(reason: string, options?: ErrorOptions): UsageError {
    return new UsageError(`${reason}: \`machine-images init --help\` shows how it is called`, options);
}

function byDefault(options: Options, templates: readonly ProjectTemplate[]): Wanted {
    const folder = options.folder ?? ".";
    const language = options.typescript === true ? languages.typescript : languages.environment;
    const template = templateNamed(options.template ?? `${options.cloud ?? clouds[0]}-${language}`, templates);
    return { folder, template, name: options.name ?? nameOf(folder) };
}

async function askedFor(options: Options, templates: readonly ProjectTemplate[], ask: Questions): Promise<Wanted> {
    const isFree = reasonAgainst(".") === undefined;
    const folder = options.folder ?? (await ask.text("Folder", isFree ? "." : "my-images", reasonAgainst));
    const named = async () => {
        const cloud = options.cloud ?? (await ask.choice("Cloud", clouds));
        const language = options.typescript ? languages.typescript : undefined;
        return `${cloud}-${language ?? (await ask.choice("Written as", Object.values(languages)))}`;
    };
    const template = templateNamed(options.template ?? (await named()), templates);
    const name = options.name ?? (await ask.text("Project name", nameOf(folder), nameProblem));
    return { folder, template, name };
}

function templateNamed(name: string, templates: readonly ProjectTemplate[]): ProjectTemplate {
    const found = templates.find((template) => template.name === name);
    if (found) return found;
    const names = templates.map((template) => template.name);
    const closest = closestWord(name, names);
    throw usageError(
        `there is no template ${name}, ${closest ? `did you mean ${closest}?` : `only ${names.join(", ")}`}`,
    );
}

/** Pulumi's rules for a project's name. */
function nameProblem(name: string): string | undefined {
    if (name === "") return "a project needs a name";
    if (name.length > 100) return "a project's name has at most 100 characters";
    if (!/^[\w.-]+$/.test(name)) return "a project's name has only letters, digits, hyphens, underscores and periods";
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
        "  npx machine-images engine              the Pulumi engine, where it is missing",
        "  export PULUMI_CONFIG_PASSPHRASE=       protects secrets; here an empty one",
        "  npx pulumi stack select --create dev",
        "  npx pulumi up",
        "",
        "The clouds are simulated; README.md says how to point the project at the real one.",
    ];
}
