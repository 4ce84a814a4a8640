import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..", "..");
const file = join(root, "tests", "docs", "program.ts");
/** Stands in a program for the place of the cursor. */
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

/** What an editor shows of one program that uses the package as it is compiled; the program is on no disk. */
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
        /** The arguments that can be written at each cursor, with what hovering over them shows. */
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
        /** The compiler's errors as one text each, by line. */
        errors(): { line: number; text: string }[] {
            return service.getSemanticDiagnostics(file).map(({ start = 0, messageText }) => ({
                line: text.slice(0, start).split("\n").length,
                text: ts.flattenDiagnosticMessageText(messageText, "\n"),
            }));
        },
    };
}

/** Where the cursors are, in the program without them. */
function cursors(program: string): number[] {
    const parts = program.split(cursor);
    let position = 0;
    return parts.slice(0, -1).map((part) => {
        position += part.length;
        return position;
    });
}
