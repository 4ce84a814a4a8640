import { globSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";

const resources = join(import.meta.dirname, "..", "..", "provider", "resources");

/** An argument or an output, from its declaration and its comment. */
export interface Field {
    name: string;
    /** The type as users see it, without pulumi.Input and pulumi.Output. */
    type: string;
    isOptional: boolean;
    text: string;
    /** The text in each form of the arguments; undefined if a form does not have the field. */
    texts?: (string | undefined)[];
    /** The default value. */
    otherwise?: string;
}

/** A named type of fields, with its own fields. */
export interface NamedType {
    name: string;
    text: string;
    fields: Field[];
}

/** The documentation of one resource, from its source. */
export interface Contract {
    name: string;
    text: string;
    example: string;
    /** How it is deleted. */
    deletion: string;
    inputs: Field[];
    outputs: Field[];
    /** The types of inputs and outputs, in the order of their first use. */
    types: NamedType[];
}

/** Reads the contracts of all resources from their source: the classes whose arguments are `<name>Args`. */
export function readContracts(): Contract[] {
    const files = globSync("*.ts", { cwd: resources }).map((file) => join(resources, file));
    const program = ts.createProgram(files, { strict: true, skipLibCheck: true, noEmit: true, types: [] });
    const checker = program.getTypeChecker();
    const declared = declaredTypes(program, checker);
    const contracts: Contract[] = [];
    for (const file of files.sort()) {
        const source = program.getSourceFile(file);
        if (!source) throw new Error(`${basename(file)} is not in the program`);
        for (const node of source.statements.filter(ts.isClassDeclaration)) {
            if (!node.name || isAbstract(node)) continue;
            contracts.push(contractOf(checker, declared, node, node.name.text));
        }
    }
    return contracts;
}

/** The interfaces and type aliases of the resources, by name. */
function declaredTypes(program: ts.Program, checker: ts.TypeChecker): Map<string, ts.Symbol> {
    const folders = [join(resources, "/"), join(resources, "..", "clouds", "cloud.ts")];
    const own = program.getSourceFiles().filter(({ fileName }) => folders.some((at) => fileName.startsWith(at)));
    const symbols = own
        .flatMap(({ statements }) => [...statements])
        .flatMap((node) => (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? [node.name] : []))
        .flatMap((name) => checker.getSymbolAtLocation(name) ?? []);
    return new Map(symbols.map((symbol) => [symbol.name, symbol]));
}

const isAbstract = (node: ts.ClassDeclaration) =>
    node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AbstractKeyword) ?? false;

function contractOf(
    checker: ts.TypeChecker,
    declared: ReadonlyMap<string, ts.Symbol>,
    node: ts.ClassDeclaration,
    name: string,
): Contract {
    const type = checker.getTypeAtLocation(node);
    // The implementation accepts every form; the signatures before it depend on the arguments.
    const maker = node.members.findLast(ts.isConstructorDeclaration);
    const args = maker?.parameters[1];
    if (!args) throw new Error(`${name} has no constructor with arguments`);
    const inputs = inputsOf(checker, checker.getTypeAtLocation(args));
    const outputs = outputsOf(checker, type);
    return {
        name,
        types: namedTypes(checker, declared, [...inputs, ...outputs]),
        text: plain(ts.displayPartsToString(type.symbol.getDocumentationComment(checker))),
        example: tagOf(type.symbol, "example"),
        deletion: plain(tagOf(type.symbol, "deletion")),
        inputs,
        outputs,
    };
}

function tagOf(symbol: ts.Symbol, name: string): string {
    const tag = symbol.getJsDocTags().find((candidate) => candidate.name === name);
    return ts.displayPartsToString(tag?.text).trim();
}

function inputsOf(checker: ts.TypeChecker, type: ts.Type): Field[] {
    const forms = type.isUnion() ? type.types : [type];
    const fields = new Map<string, { fields: Field[]; forms: ts.Type[] }>();
    for (const form of forms) {
        for (const property of checker.getPropertiesOfType(form)) {
            const field = isOwn(property) ? fieldOf(checker, property) : undefined;
            if (!field || field.type === "never" || field.type.startsWith("NotSupported<")) continue;
            const known = fields.get(field.name) ?? { fields: [], forms: [] };
            known.fields.push(field);
            known.forms.push(form);
            fields.set(field.name, known);
        }
    }
    return [...fields.values()].map(({ fields: found, forms: having }) => ({
        ...merged(found, having.length < forms.length),
        texts: forms.map((form) => found[having.indexOf(form)]?.text),
    }));
}

/** Declared in this package, and not a method of strings, promises or outputs. */
const isOwn = ({ declarations: [declaration] = [] }: ts.Symbol) =>
    declaration?.getSourceFile().fileName.startsWith(join(resources, "..", "/")) ?? false;

/** One row for an argument of several forms. */
function merged(fields: Field[], isPartial: boolean): Field {
    const [first] = fields;
    if (!first) throw new Error("a field without a form");
    const distinct = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value))];
    return {
        name: first.name,
        type: distinct(fields.flatMap(({ type }) => type.split(/ \| (?![^{<]*[}>])/))).join(" | "),
        isOptional: isPartial || fields.some(({ isOptional }) => isOptional),
        text: distinct(fields.map(({ text }) => text)).join(" "),
        otherwise: distinct(fields.map(({ otherwise }) => otherwise)).join(" or ") || undefined,
    };
}

function outputsOf(checker: ts.TypeChecker, type: ts.Type): Field[] {
    return (
        checker
            .getPropertiesOfType(type)
            .filter((property) => {
                const [declaration] = property.declarations ?? [];
                if (!declaration?.getSourceFile().fileName.startsWith(resources)) return false;
                const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
                if (ts.getCombinedModifierFlags(declaration) & hidden) return false;
                return ts.isPropertyDeclaration(declaration) || ts.isGetAccessor(declaration);
            })
            .flatMap((property) => fieldOf(checker, property) ?? [])
            // Only the compiler uses these members, for the kind of image.
            .filter(({ name }) => name !== "imageKind" && name !== "asImage")
    );
}

/** The types of this package that fields refer to, directly or through other types. */
function namedTypes(checker: ts.TypeChecker, declared: ReadonlyMap<string, ts.Symbol>, fields: Field[]): NamedType[] {
    const found = new Map<string, NamedType>();
    const visit = (names: Iterable<string>) => {
        for (const name of names) {
            const type = found.has(name) ? undefined : ownType(checker, declared, name);
            if (!type) continue;
            found.set(name, type);
            visit(namesIn(type.fields));
        }
    };
    visit(namesIn(fields));
    return [...found.values()];
}

const namesIn = (fields: Field[]) => fields.flatMap(({ type }) => type.match(/\b[A-Z]\w+/g) ?? []);

function ownType(
    checker: ts.TypeChecker,
    declared: ReadonlyMap<string, ts.Symbol>,
    name: string,
): NamedType | undefined {
    const known = declared.get(name);
    if (!known) return undefined;
    // The functions that create the value set the tag that distinguishes the forms.
    const fields = inputsOf(checker, checker.getDeclaredTypeOfSymbol(known)).filter((field) => field.name !== "type");
    if (fields.length === 0) return undefined;
    return { name, text: plain(ts.displayPartsToString(known.getDocumentationComment(checker))), fields };
}

function fieldOf(checker: ts.TypeChecker, property: ts.Symbol): Field | undefined {
    const [declaration] = property.declarations ?? [];
    if (!declaration) return undefined;
    const written = "type" in declaration && declaration.type ? (declaration.type as ts.TypeNode).getText() : "unknown";
    return {
        name: property.name,
        type: withoutWrappers(written),
        isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
        text: plain(ts.displayPartsToString(property.getDocumentationComment(checker))),
        otherwise: plain(tagOf(property, "default")) || undefined,
    };
}

/** The classes that provide an image of each kind. A share provides the image that it shares. */
const classesOf: Readonly<Record<string, string>> = {
    custom: "CustomImage | ImageCopy",
    ecs: "EcsImage",
    system: "CustomImage",
    "full-ecs": "FullEcsImage",
};

/** The values of the type parameters of this package's types. */
const parameters: Readonly<Record<string, string>> = {
    Profile: '"csbs" | "cbr"',
    In: "AlibabaCloud | HuaweiCloud",
    Source: "FullEcsImageSource",
};

/** The type for a table: `pulumi.Input<string>` is a string, and an image is a resource or an id. */
function withoutWrappers(type: string): string {
    const [, kinds] = /^ImageReference<(.*)>$/.exec(type) ?? [];
    if (kinds !== undefined) {
        const classes = [...kinds.matchAll(/"([^"]+)"/g)].flatMap(
            ([, kind = ""]) => classesOf[kind]?.split(" | ") ?? [],
        );
        return ["string", ...new Set(classes), "ImageShare"].join(" | ");
    }
    const known = parameters[type];
    if (known !== undefined) return known;
    const plainer = type
        .replace(/\s+/g, " ")
        .replace(/HuaweiCloud<[^>]*>/g, "HuaweiCloud")
        .replace(" | NotSupported<string>", "")
        .replace(/pulumi\.(?:Input|Output)<((?:[^<>]|<[^<>]*>)*)>/g, "$1");
    return plainer === type ? plainer.replace(/ \| undefined$/, "") : withoutWrappers(plainer);
}

const plain = (text: string) => text.replace(/\s*\n\s*/g, " ").trim();
