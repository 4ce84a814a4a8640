import type { z } from "zod";
import { closestWord } from "../core/closestWord";
import { readYaml } from "./document";
import { imageFindings, noCloud } from "./imageFindings";
import { image as imageSchema } from "./images";
import type { Model } from "./model";
import { nameFindings } from "./nameFindings";
import { declarationFindings, fill, type Scalar, scalarOf, valueProblem } from "./parameters";
import type { Policy, Prices } from "./policy";
import type { EnvironmentProblem, Finding } from "./problem";
import { aboutKey } from "./problem";
import { quotaFindings } from "./quotaFindings";
import { cycleFindings, referenceFindings, referredImage } from "./references";
import {
    cloud as cloudSchema,
    type DeclaredParameter,
    type EnvironmentFile,
    environmentFile,
    parameter as parameterSchema,
} from "./schema";
import { schemaFindings } from "./schemaFindings";
import { serverFindings } from "./serverFindings";
import { server as serverSchema } from "./servers";

/** An environment file that was read, or all of its problems. */
export type EnvironmentReading = { problems: EnvironmentProblem[]; model?: never } | { problems: []; model: ReadModel };

/** A file without problems, with the values of its parameters. */
export interface ReadModel extends Model {
    forbiddenDeletes: readonly ("images" | "servers")[];
    policy: Policy;
    prices: Prices | undefined;
}

/** Converts a checked value: to itself, or to an output, such as a secret. */
export type Wrap = (value: Scalar, parameter: DeclaredParameter) => unknown;

/** Values of parameters, and how to treat them. */
interface Given {
    given: Readonly<Record<string, unknown>>;
    asTexts: boolean;
    mustBeGiven: boolean;
    wrap: Wrap;
}

/**
 * Reads and checks an environment file. Finds all problems at once, and calls no cloud.
 *
 * @param file its name, for the problems
 * @param given values of parameters; values that are not a string, a number, true or false are not checked
 * @param asTexts whether the values are strings from a command line
 * @param mustBeGiven whether a parameter without a value and without a default is a problem
 */
export function readEnvironment(
    file: string,
    text: string,
    { given = {}, asTexts = false, mustBeGiven = false, wrap = (value) => value }: Partial<Given> = {},
): EnvironmentReading {
    const yaml = readYaml(file, text);
    if (yaml.problems.length > 0) return { problems: yaml.problems };
    const parameters = parsedEntries(yaml.data, "parameters", parameterSchema);
    const names = {
        parameters: new Set(keysOf(yaml.data, "parameters")),
        images: new Set(keysOf(yaml.data, "images")),
    };
    const { values, findings } = valuesOf(parameters, names.parameters, {
        given,
        asTexts,
        mustBeGiven,
        wrap,
    });
    const data = filled(yaml.data, values);
    const parsed = environmentFile.safeParse(data);
    const model = parsed.success ? wholeModel(parsed.data) : modelOf(data);
    const all = [
        ...(parsed.success ? [] : schemaFindings(parsed.error.issues, { data, written: yaml.written })),
        ...declarationFindings(Object.fromEntries(parameters), yaml.written),
        ...findings,
        ...referenceFindings(yaml.data, names),
        ...cloudFindings(model, data),
        ...cycleFindings(sourcesOf(model)),
        ...[...model.images].flatMap(([name, image]) => imageFindings(model, name, image)),
        ...[...model.servers].flatMap(([name, server]) => serverFindings(model, name, server)),
        ...quotaFindings(model),
        ...nameFindings(model),
    ];
    const problems = distinct(all.map((finding) => yaml.place(finding)));
    if (problems.length > 0 || !parsed.success) return { problems };
    const { policy = {}, prices } = parsed.data;
    return { problems: [], model: { ...model, forbiddenDeletes: policy.forbiddenDeletes ?? [], policy, prices } };
}

/** The validly declared parameters of a file, by name. */
export function declaredParameters(file: string, text: string): ReadonlyMap<string, DeclaredParameter> {
    return parsedEntries(readYaml(file, text).data, "parameters", parameterSchema);
}

function valuesOf(
    parameters: ReadonlyMap<string, DeclaredParameter>,
    declared: ReadonlySet<string>,
    { given, asTexts, mustBeGiven, wrap }: Given,
) {
    const values = new Map<string, unknown>();
    const findings: Finding[] = Object.keys(given).flatMap((name) => {
        if (declared.has(name)) return [];
        const closest = closestWord(name, [...declared]);
        const advice = closest ? `did you mean "${closest}"?` : `it has ${[...declared].join(", ") || "none"}`;
        return [aboutKey(["parameters"], `the file has no parameter "${name}": ${advice}`)];
    });
    for (const [name, parameter] of parameters) {
        const own = given[name];
        const value = (asTexts && typeof own === "string" ? scalarOf(parameter, own) : own) ?? parameter.default;
        if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
            const reason = valueProblem(parameter, value);
            // `declarationFindings` reports invalid defaults. An invalid value is not set, so each use does not report
            // it again.
            if (reason === undefined) values.set(name, wrap(value, parameter));
            else if (own !== undefined)
                findings.push(aboutKey(["parameters", name], `the value of parameter ${name} ${reason}`));
        } else if (value !== undefined) {
            values.set(name, value);
        } else if (mustBeGiven) {
            findings.push(aboutKey(["parameters", name], `parameter ${name} has no default: set a value`));
        }
    }
    return { values, findings };
}

/** Replaces references everywhere except in the declarations of parameters. */
function filled(data: unknown, values: ReadonlyMap<string, unknown>): unknown {
    if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
    return Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, key === "parameters" ? value : fill(value, values)]),
    );
}

function wholeModel({ clouds, images = {}, servers = {} }: EnvironmentFile): Model {
    const entries = <T>(section: Record<string, T>) => new Map(Object.entries(section));
    return { clouds: entries(clouds), images: entries(images), servers: entries(servers) };
}

/** The valid parts of a file that has other problems, for further checks. */
function modelOf(data: unknown): Model {
    return {
        clouds: parsedEntries(data, "clouds", cloudSchema),
        images: parsedEntries(data, "images", imageSchema),
        servers: parsedEntries(data, "servers", serverSchema),
    };
}

function sectionOf(data: unknown, section: string): Record<string, unknown> {
    const found: unknown = typeof data === "object" && data !== null ? Reflect.get(data, section) : undefined;
    return typeof found === "object" && found !== null && !Array.isArray(found) ? { ...found } : {};
}

const keysOf = (data: unknown, section: string) => Object.keys(sectionOf(data, section));

/** The valid entries of a section. Unknown keys are ignored. */
function parsedEntries<Schema extends z.ZodType>(data: unknown, section: string, schema: Schema) {
    return new Map<string, z.output<Schema>>(
        Object.entries(sectionOf(data, section)).flatMap(([name, value]) => {
            const parsed = schema.safeParse(value);
            const again = parsed.success ? parsed : schema.safeParse(without(value, unknownKeys(parsed.error)));
            return again.success ? [[name, again.data]] : [];
        }),
    );
}

const unknownKeys = ({ issues }: z.ZodError) =>
    issues.flatMap((issue) => (issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : []));

function without(value: unknown, keys: readonly string[]): unknown {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Clouds that images and servers name, but the file does not declare. */
function cloudFindings(model: Model, data: unknown): Finding[] {
    const declared = new Set(keysOf(data, "clouds"));
    // If the file declares no cloud at all, another finding reports that.
    if (declared.size === 0) return [];
    const users = [
        ...[...model.images].map((entry) => ["images", ...entry] as const),
        ...[...model.servers].map((entry) => ["servers", ...entry] as const),
    ];
    return users.flatMap(([section, name, { cloud }]) =>
        cloud === undefined || declared.has(cloud) ? [] : [noCloud(model, [section, name, "cloud"], cloud)],
    );
}

function sourcesOf({ images }: Model): ReadonlyMap<string, string> {
    return new Map(
        [...images].flatMap(([name, image]) => {
            const source = image.kind === "EcsImage" ? referredImage(image.image) : undefined;
            return source === undefined ? [] : [[name, source]];
        }),
    );
}

/** The problems in the order of the file, each once. */
function distinct(problems: EnvironmentProblem[]): EnvironmentProblem[] {
    const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
    return [...byText.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
