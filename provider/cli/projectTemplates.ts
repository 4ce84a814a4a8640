import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseDocument, Scalar } from "yaml";
import { z } from "zod";
import { readText } from "../clouds/textFiles";

/** A project to begin with, in the form that `pulumi new` takes too. */
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

/** State beside the project, so that nothing asks for an account; the engine makes the folder. */
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

/** The files that the template makes in a folder, as `pulumi new` would make them. */
export function projectFiles(template: string, project: { name: string; folder: string }): ProjectFile[] {
    const source = join(templatesFolder, template);
    const description = descriptionOf(template);
    return readdirSync(source).map((file) => {
        const text = readFileSync(join(source, file), "utf8")
            .replaceAll("${PROJECT}", () => project.name)
            .replaceAll("${DESCRIPTION}", () => description);
        // npm renames a .gitignore when it unpacks a package; `pulumi new` takes this placeholder out of names, too.
        const name = file.replaceAll("${DESCRIPTION}", "");
        if (name === "Pulumi.yaml") return { name, text: asProject(text, project.name, description) };
        if (name === "package.json") return { name, text: asInstalled(text, project.folder) };
        return { name, text };
    });
}

/** Without what only `pulumi new` reads, and with its state on this machine. */
function asProject(text: string, name: string, description: string): string {
    const document = parseDocument(text);
    document.set("name", name);
    document.set("description", description);
    document.delete("template");
    const key = new Scalar("backend");
    key.commentBefore = " The stacks' state is on this machine. Without these lines it is where `pulumi login` says.";
    document.add(document.createPair(key, { url: localState }));
    return document.toString({ lineWidth: 0 });
}

/** Whoever installed this package from a file, because no registry has it, needs that file in the new project, too. */
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
        // Installed without a package.json: then from a registry.
        return undefined;
    }
}
