import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Pulumi project whose program creates `size` resources of one kind. */
export interface Project {
    readonly name: string;
    readonly folder: string;
    /** Stack configuration by full key. */
    readonly config: Readonly<Record<string, string>>;
}

/** Resources that do nothing, with the same one-line provider text as the package's resources. */
const floorHandler = `
exports.Nothing = {
    configure() {},
    async check(olds, news) { return { inputs: news, failures: [] }; },
    async create(inputs) { return { id: "nothing-" + inputs.index, outs: inputs }; },
    async read(id, props) { return { id, props }; },
    async update(id, olds, news) { return { outs: news }; },
    async delete() {},
};
`;

const floorProgram = `
import * as pulumi from "@pulumi/pulumi";
const provider = 'exports.handler = () => require("floor-handlers").Nothing';
for (let index = 0; index < SIZE; index++) {
    const inputs = { index, __provider: provider };
    new pulumi.CustomResource("pulumi-nodejs:dynamic/floor:Nothing", "golden-" + index, inputs);
}
`;

const ourProgram = `
import { alibaba, CustomImage } from "pulumi-machine-images";
const cloud = alibaba({ region: "cn-hangzhou" });
for (let index = 0; index < SIZE; index++) {
    const server = String(index % 50).padStart(32, "a");
    new CustomImage("golden-" + index, { cloud, source: { server }, tags: { team: "web", stage: "golden" }, copies: COPIES });
}
`;

function project(
    parent: string,
    name: string,
    program: string,
    { config = {}, packages = {} }: { config?: Record<string, string>; packages?: Record<string, string> },
): Project {
    const folder = join(parent, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "state"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), `name: bench\nruntime: nodejs\n`);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "index.js"), program);
    for (const [packageName, text] of Object.entries(packages)) {
        const at = join(folder, "node_modules", packageName);
        mkdirSync(at, { recursive: true });
        writeFileSync(join(at, "index.js"), text);
    }
    return { name, folder, config };
}

/** This many resources that do nothing: the time of the engine itself. */
export function floorProject(parent: string, size: number): Project {
    const program = floorProgram.replace("SIZE", String(size));
    return project(parent, `floor-${size}`, program, { packages: { "floor-handlers": floorHandler } });
}

/** Custom images with two tags each. */
export function ourProject(
    parent: string,
    size: number,
    config: Record<string, string>,
    copies: readonly string[] = [],
): Project {
    const program = ourProgram.replace("SIZE", String(size)).replace("COPIES", JSON.stringify(copies));
    return project(parent, `images-${size}-${copies.length}`, program, { config });
}
