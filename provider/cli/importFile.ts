import { writeFileSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../clouds/errors";
import type { DynamicProvider } from "../pulumi/dynamic/adapter";
import { newOwner, ownerKey } from "../pulumi/dynamic/owner";
import { type Properties, sameJson } from "../pulumi/dynamic/plainJson";
import { type StackStates, statesOfBackend } from "../pulumi/dynamic/stackStates";
import { hasUnknown } from "../pulumi/dynamic/unknown";
import { nameIn, stackNameIn } from "../pulumi/dynamic/urn";
import { importFileCommand } from "./commands/importFile";
import { parsed, wrongCall } from "./parsed";
import { pulumiHere } from "./pulumiHere";

/** A resource that the program declares and the stack does not have. */
const declared = z.object({
    op: z.literal("create"),
    urn: z.string(),
    newState: z.object({
        type: z.string(),
        parent: z.string().optional(),
        inputs: z.record(z.string(), z.unknown()),
    }),
});
type Declared = z.infer<typeof declared>;

const preview = z.object({ steps: z.array(z.unknown()) });
const configuration = z.record(z.string(), z.object({ value: z.string() }));

/** `machine-images import-file` */
export async function importFile(argv: string[]): Promise<void> {
    const { values, positionals } = parsed(importFileCommand, argv);
    const { stack, out } = values;
    const wanted = positionals.map(nameAndId);
    const ask = await pulumiHere(stack);
    const config = configuration.parse(await ask("config", "--show-secrets"));
    const { steps } = preview.parse(await ask("preview", "--show-secrets"));
    const creates = steps.flatMap((step) => declared.safeParse(step).data ?? []);
    const states = statesOfBackend(process.env);
    for (const [, id] of wanted) await refuseHeld(id, states);
    const found = await Promise.all(wanted.map(([name, id]) => describe(name, id, creates, config)));
    const nameTable = Object.assign({}, ...found.map(({ parents }) => parents));
    const file = { nameTable, resources: found.map(({ resource }) => resource) };
    writeFileSync(out, `${JSON.stringify(file, undefined, 4)}\n`);
    for (const note of found.flatMap(({ notes }) => notes)) process.stderr.write(`${note}\n`);
    const next = `${out}: run \`pulumi import --file ${out} --generate-code=false\`, then \`pulumi preview\`\n`;
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(next, () => process.exit());
}

function nameAndId(text: string): [name: string, id: string] {
    const at = text.indexOf("=");
    if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
    throw wrongCall(importFileCommand, `${text} is not NAME=ID`);
}

/** What two states hold is deleted by either of them. Several stacks may have the same share. */
async function refuseHeld(id: string, states: StackStates): Promise<void> {
    const [holder] = id.includes("/") ? [] : await states.holdersOf(id);
    if (!holder) return;
    const place = stackNameIn(holder.urn);
    if (holder.id !== id) {
        throw new UserError(
            `cannot import ${id}: ${nameIn(holder.urn)} of stack ${place} keeps it as an earlier version, and would ` +
                "delete it. Import another image, or create a new one from the same source",
        );
    }
    const stack = place.slice(place.indexOf("/") + 1);
    throw new UserError(
        `cannot import ${id}: it is in the state of stack ${place} as ${nameIn(holder.urn)}. To move it, run ` +
            `"pulumi state move"; to remove it from that state, run "pulumi state delete '${holder.urn}' --stack ${stack}"`,
    );
}

async function describe(name: string, id: string, creates: readonly Declared[], config: z.infer<typeof configuration>) {
    const step = creates.find(({ urn, newState }) => nameIn(urn) === name && newState.type.includes("machine-images:"));
    if (!step) {
        const names = creates.map(({ urn }) => nameIn(urn)).join(", ") || "none";
        throw new UserError(
            `the program declares no ${name} that the stack does not have yet (it would create ${names})`,
        );
    }
    const { type, parent } = step.newState;
    // A preview leaves it unknown: the resource is new to the stack.
    const inputs: Properties = { ...step.newState.inputs, [ownerKey]: newOwner() };
    const unknown = Object.keys(inputs).filter((key) => hasUnknown(inputs[key]));
    if (unknown.length > 0) {
        throw new UserError(`${name} has ${unknown.join(", ")} of something that is not there yet: import that first`);
    }
    const provider = await providerOf(type);
    provider.configure({ config: { get: (key) => config[key]?.value } });
    const { id: foundId, props, inputs: seen } = await provider.read(id, inputs);
    if (foundId === undefined || !props)
        throw new UserError(`there is no ${id} for ${name} in its cloud: correct the id`);
    const changes = Object.keys(inputs).filter((key) => !sameJson(inputs[key], seen?.[key]));
    const isNested = parent !== undefined && !parent.includes("::pulumi:pulumi:Stack::");
    return {
        resource: {
            type,
            name,
            id,
            ...(isNested && { parent: nameIn(parent) }),
            inputs: { ...inputs, ...seen },
            outputs: props,
        },
        parents: isNested ? { [nameIn(parent)]: parent } : {},
        notes: changes.map(
            (key) => `${name}: ${key} is another in the cloud than in the program: the next up changes it`,
        ),
    };
}

/** The same code that serves the resource under the engine. */
async function providerOf(type: string): Promise<DynamicProvider> {
    const { default: _module, ...handlers } = await import("../handlers.js");
    const byName: Partial<Record<string, DynamicProvider>> = handlers;
    const provider = byName[type.split(":").at(-1) ?? ""];
    if (provider) return provider;
    throw new UserError(`${type} is of another version of this package: install that`);
}
