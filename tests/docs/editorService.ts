import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..", "..");
const file = join(root, "tests", "docs", "program.ts");
/** Marks the position of the cursor in a program. */
const cursor = "/*|*/";

const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
};

/** The language service of an editor for a program in memory that uses the compiled package. */
export function editorService(program: string) {
    const text = program.replaceAll(cursor, "");
    const host: ts.LanguageServiceHost = {
        getScriptFileNames: () => [file],
        getScriptVersion: () => "1",
        getScriptSnapshot: (name) => {
            if (name === file) return ts.ScriptSnapshot.fromString(text);
            return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
        },
        getCurrentDirectory: () => root,
        getCompilationSettings: () => options,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        fileExists: (name) => name === file || ts.sys.fileExists(name),
        readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
    };
    const service = ts.createLanguageService(host);
    return {
        /** The completions at each cursor, with their hover text. */
        offered(): { name: string; text: string; line: number }[] {
            return cursors(program).flatMap((position) => {
                const line = text.slice(0, position).split("\n").length;
                const entries = service.getCompletionsAtPosition(file, position, undefined)?.entries ?? [];
                const names = entries.filter(({ kind }) => kind === ts.ScriptElementKind.memberVariableElement);
                return names.map(({ name }) => {
                    const none = undefined;
                    const found = service.getCompletionEntryDetails(file, position, name, none, none, none, none);
                    return { name, line, text: ts.displayPartsToString(found?.documentation) };
                });
            });
        },
        /** The compile errors, with their lines. */
        errors(): { line: number; text: string }[] {
            return service.getSemanticDiagnostics(file).map(({ start = 0, messageText }) => ({
                line: text.slice(0, start).split("\n").length,
                text: ts.flattenDiagnosticMessageText(messageText, "\n"),
            }));
        },
    };
}

/** The positions of the cursors in the program without markers. */
function cursors(program: string): number[] {
    const parts = program.split(cursor);
    let position = 0;
    return parts.slice(0, -1).map((part) => {
        position += part.length;
        return position;
    });
}
