import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseDocument, Scalar } from "yaml";
import { z } from "zod";
import { readText } from "../clouds/textFiles";

/** A project template, which `pulumi new` can use, too. */
export interface ProjectTemplate {
    /** "alibaba-typescript" */
    name: string;
    description: string;
}

export interface ProjectFile {
    name: string;
    text: string;
}

const packageFolder = join(__dirname, "..", "..");
const templatesFolder = join(packageFolder, "templates");

/** Keeps the state in the project, so that no account is required. The engine creates the folder. */
const localState = "file://./.machine-images?create_dir=true";

const manifest = z.object({ template: z.object({ description: z.string() }) });
const dependencies = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

export function projectTemplates(): ProjectTemplate[] {
    return readdirSync(templatesFolder)
        .sort()
        .map((name) => ({ name, description: descriptionOf(name) }));
}

function descriptionOf(template: string): string {
    const text = readFileSync(join(templatesFolder, template, "Pulumi.yaml"), "utf8");
    return manifest.parse(parseDocument(text).toJS()).template.description;
}

/** The files of a project from this template, as `pulumi new` would create them. */
export function projectFiles(template: string, project: { name: string; folder: string }): ProjectFile[] {
    const source = join(templatesFolder, template);
    const description = descriptionOf(template);
    return readdirSync(source).map((file) => {
        const text = readFileSync(join(source, file), "utf8")
            .replaceAll("${PROJECT}", () => project.name)
            .replaceAll("${DESCRIPTION}", () => description);
        // npm renames .gitignore when it unpacks a package. `pulumi new` also removes this placeholder from file names.
        const name = file.replaceAll("${DESCRIPTION}", "");
        if (name === "Pulumi.yaml") return { name, text: asProject(text, project.name, description) };
        if (name === "package.json") return { name, text: asInstalled(text, project.folder) };
        return { name, text };
    });
}

/** Removes the section for `pulumi new`, and adds a backend on this machine. */
function asProject(text: string, name: string, description: string): string {
    const document = parseDocument(text);
    document.set("name", name);
    document.set("description", description);
    document.delete("template");
    const key = new Scalar("backend");
    key.commentBefore =
        " Keeps the state of stacks on this machine. Without these lines, Pulumi uses the backend of `pulumi login`.";
    document.add(document.createPair(key, { url: localState }));
    return document.toString({ lineWidth: 0 });
}

/** If this package was installed from a file, the new project depends on the same file. */
function asInstalled(text: string, folder: string): string {
    const file = installedFrom();
    if (file === undefined) return text;
    const project: { dependencies: Record<string, string> } = JSON.parse(text);
    const path = relative(resolve(folder), file).replaceAll("\\", "/");
    project.dependencies["pulumi-machine-images"] = `file:${path}`;
    return `${JSON.stringify(project, undefined, 2)}\n`;
}

function installedFrom(): string | undefined {
    const modules = dirname(packageFolder);
    if (basename(modules) !== "node_modules") return undefined;
    const user = dirname(modules);
    try {
        const text = readText(join(user, "package.json"));
        const spec = dependencies.parse(JSON.parse(text)).dependencies["pulumi-machine-images"];
        return spec?.startsWith("file:") ? resolve(user, spec.slice("file:".length)) : undefined;
    } catch {
        // Without a package.json, the package was installed from a registry.
        return undefined;
    }
}
