import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..", "..");

/** A TypeScript program on a page. */
export interface ProgramBlock {
    page: string;
    /** Of its first line on the page. */
    line: number;
    text: string;
}

/** Every ```ts block of the pages that users read. */
export function programBlocks(): ProgramBlock[] {
    const pages = ["README.md", "provider/README.md", ...globSync("provider/docs/**/*.md", { cwd: root }).sort()];
    return pages.flatMap((page) => blocksOf(page, readFileSync(join(root, page), "utf8")));
}

export function blocksOf(page: string, markdown: string): ProgramBlock[] {
    return [...markdown.matchAll(/^( *)```(?:ts|typescript)\b[^\n]*\n(.*?)^\1```$/gms)].map(
        ({ index, 2: text = "" }) => ({
            page,
            line: markdown.slice(0, index).split("\n").length + 1,
            text,
        }),
    );
}

const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node", "mocha"],
    typeRoots: [join(root, "node_modules", "@types")],
};

/**
 * What the compiler says of the blocks, each a module of one program that uses the package as it is built: "page:line:
 * error".
 *
 * @param preambleOf what a block leaves out
 */
export function compileErrors(blocks: readonly ProgramBlock[], preambleOf: (block: ProgramBlock) => string): string[] {
    const files = new Map(
        blocks.map((block, index) => {
            const preamble = `export {}; ${preambleOf(block).replace(/\s*\n\s*/g, " ")}\n`;
            return [join(import.meta.dirname, `block${index}.ts`), { block, text: preamble + block.text }];
        }),
    );
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.getCurrentDirectory = () => root;
    host.fileExists = (name) => files.has(name) || fileExists(name);
    host.readFile = (name) => files.get(name)?.text ?? readFile(name);
    host.getSourceFile = (name, version, ...rest) => {
        const text = files.get(name)?.text;
        return text === undefined
            ? getSourceFile(name, version, ...rest)
            : ts.createSourceFile(name, text, version, true);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
        const text = ts.flattenDiagnosticMessageText(messageText, "\n");
        const found = file && files.get(file.fileName);
        if (!found) return text;
        // The preamble is one line.
        const line = file.getLineAndCharacterOfPosition(start).line - 1;
        return `${found.block.page}:${line < 0 ? `${found.block.line} (preamble)` : found.block.line + line}: ${text}`;
    });
}
