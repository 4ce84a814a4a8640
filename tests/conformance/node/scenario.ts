import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Found, record } from "../record.ts";

const fields = z.record(z.string(), z.unknown());

/** One call and its expected answer. The Python clients read the same files. */
const step = z.strictObject({
    operation: z.string(),
    /** The stage of the lifecycle. */
    stage: z.string().optional(),
    /** The clients that take the step. Others have no such operation. */
    clients: z.array(z.string()).optional(),
    /** The account of the caller. */
    as: z.string().default("golden"),
    /** Alibaba: a key of STS instead of the account's own key. */
    credentials: z
        .strictObject({ accessKeyId: z.string(), accessKeySecret: z.string(), securityToken: z.string() })
        .optional(),
    /** Alibaba: an action without a method in the SDKs. */
    generic: z.boolean().default(false),
    /** Alibaba: the parameters. */
    send: fields.default({}),
    /** Huawei: method and path, for clients without methods of their own. */
    http: z.string().default(""),
    path: z.record(z.string(), z.string()).default({}),
    query: fields.default({}),
    header: z.record(z.string(), z.string()).default({}),
    contentType: z.string().default("application/json"),
    body: z.unknown().optional(),
    /** The call is repeated until the answer has these values. */
    until: fields.default({}),
    expect: fields.default({}),
    has: z.array(z.string()).default([]),
    /** Values that later steps use as ${name}. */
    keep: z.record(z.string(), z.string()).default({}),
    /** The code, or the status, of the expected error. */
    refused: z.union([z.string(), z.number()]).optional(),
});

export type Step = z.infer<typeof step>;

/** The SDK threw the error of the cloud. */
export class Refused extends Error {
    readonly code: string | undefined;
    readonly status: number;

    constructor(code: string | undefined, status: number) {
        // Messages contain request ids, which differ between runs.
        super(code ?? String(status));
        this.code = code;
        this.status = status;
    }
}

export interface Answer {
    /** As the SDK parsed it. */
    readonly body: unknown;
    readonly differences: readonly string[];
}

export type Call = (step: Step) => Promise<Answer>;

const folder = join(import.meta.dirname, "..", "scenarios");

export function stepsOf(scenario: string): Step[] {
    return z.array(step).parse(JSON.parse(readFileSync(join(folder, `${scenario}.json`), "utf8")));
}

function kept(name: string, known: ReadonlyMap<string, unknown>): string {
    const value = known.get(name);
    if (value === undefined || value === null || value === "") throw new Error(`no earlier step stored ${name}`);
    return String(value);
}

/** Replaces ${name} with values of earlier steps. */
function filled(request: Step, known: ReadonlyMap<string, unknown>): Step {
    const text = JSON.stringify(request, (name, value) => {
        if (typeof value !== "string" || name === "keep") return value;
        return value.replace(/\$\{(\w+)\}/g, (_, wanted) => kept(wanted, known));
    });
    return step.parse(JSON.parse(text));
}

/** The value at a path like Disks.0.DiskId. */
function valueAt(body: unknown, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (value, name) =>
                typeof value === "object" && value !== null && Object.hasOwn(value, name)
                    ? Reflect.get(value, name)
                    : undefined,
            body,
        );
}

function unequal(body: unknown, wanted: Readonly<Record<string, unknown>>): string[] {
    return Object.entries(wanted)
        .filter(([path, value]) => !isDeepStrictEqual(valueAt(body, path), value))
        .map(([path, value]) => `${path} is ${JSON.stringify(valueAt(body, path))}, not ${JSON.stringify(value)}`);
}

// An automatic clock jumps at every poll, so after this many polls the value will never appear.
const mostPolls = 60;

async function look(request: Step, call: Call): Promise<Answer> {
    let answer = await call(request);
    for (let looks = 1; unequal(answer.body, request.until).length > 0 && looks < mostPolls; looks++) {
        answer = await call(request);
    }
    return answer;
}

async function take(wanted: Step, call: Call, known: Map<string, unknown>): Promise<string[]> {
    const request = filled(wanted, known);
    const { refused } = request;
    let answer: Answer;
    try {
        answer = await look(request, call);
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (refused === undefined) return [`refused with ${error.message}`];
        const isExpected = refused === (typeof refused === "number" ? error.status : error.code);
        return isExpected ? [] : [`refused with ${error.message}, not ${refused}`];
    }
    if (refused !== undefined) return [`not refused with ${refused}`];
    for (const [name, path] of Object.entries(request.keep)) known.set(name, valueAt(answer.body, path));
    const missing = [...request.has, ...Object.values(request.keep)].filter((path) =>
        [undefined, null, ""].some((nothing) => valueAt(answer.body, path) === nothing),
    );
    return [
        ...answer.differences,
        ...unequal(answer.body, { ...request.until, ...request.expect }),
        ...missing.map((path) => `${path} is missing`),
    ];
}

/** The steps of a client. Some are only for SDKs that others do not have. */
export function stepsFor(client: string, scenario: string): Step[] {
    return stepsOf(scenario).filter(({ clients }) => clients?.includes(client) ?? true);
}

export async function run(client: string, scenario: string, call: Call): Promise<Found[]> {
    const known = new Map<string, unknown>();
    const results: Found[] = [];
    for (const wanted of stepsFor(client, scenario)) {
        // Every exception of the SDK is the result of the step.
        const differences = await take(wanted, call, known).catch((error: unknown) => [
            error instanceof Error ? error.message : String(error),
        ]);
        results.push(record(client, wanted.operation, wanted.stage ?? "", differences));
    }
    return results;
}
