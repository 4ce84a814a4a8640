import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";

const provider = join(import.meta.dirname, "..", "..", "provider");
// Templates are user programs. bin is JavaScript with a type declaration.
const excluded = ["bin", "dist", "node_modules", "templates"];
const files = globSync("**/*.ts", { cwd: provider, exclude: (name) => excluded.includes(name) });
const sources = new Map(files.map((file) => [file, readFileSync(join(provider, file), "utf8")]));

/** The files of this package that a file imports, as paths such as "clouds/errors.ts". */
function importsOf(file: string): string[] {
    const source = sources.get(file) ?? "";
    const found = source.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g);
    return [...found].map(([, specifier = ""]) => {
        const path = normalize(join(dirname(file), specifier.replace(/\.js$/, "")));
        return sources.has(`${path}.ts`) ? `${path}.ts` : join(path, "index.ts");
    });
}

const folderOf = (file: string) => (file.includes(sep) ? (file.split(sep)[0] ?? "") : file);

describe("the structure of the provider", () => {
    /** From the top: a folder may import from its own layer and from lower layers. */
    const layers = [
        ["index.ts", "handlers.ts", "cli"],
        ["environment", "report", "inventory"],
        ["resources"],
        ["reconcile"],
        ["pulumi"],
        ["clouds", "engine"],
        ["core"],
        ["simulator"],
    ];
    const layerOf = (file: string) => layers.findIndex((folders) => folders.includes(folderOf(file)));

    it("has a layer for every folder", () => {
        assert.deepEqual([...new Set(files.filter((file) => layerOf(file) < 0).map(folderOf))], []);
    });

    it("imports only from lower layers", () => {
        const upward = files.flatMap((file) =>
            importsOf(file)
                .filter((imported) => layerOf(imported) < layerOf(file))
                .map((imported) => `${file} -> ${imported}`),
        );
        assert.deepEqual(upward, []);
    });

    it("connects the simulator and the provider only at entry points", () => {
        const crossing = files.flatMap((file) =>
            importsOf(file)
                .filter((imported) => (folderOf(file) === "simulator") !== (folderOf(imported) === "simulator"))
                .map((imported) => `${file} -> ${imported}`),
        );
        assert.deepEqual(crossing.sort(), [
            "cli/commands.ts -> simulator/main.ts",
            "cli/commands.ts -> simulator/rulesCommand.ts",
            "clouds/connect.ts -> simulator/index.ts",
            "clouds/connect.ts -> simulator/index.ts",
        ]);
    });

    it("has no circular imports", () => {
        const done = new Set<string>();
        const cycles: string[] = [];
        const visit = (file: string, path: string[]) => {
            if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
            if (path.includes(file) || done.has(file)) return;
            for (const imported of importsOf(file)) visit(imported, [...path, file]);
            done.add(file);
        };
        for (const file of files) visit(file, []);
        assert.deepEqual(cycles, []);
    });

    it("does not use Pulumi in handlers and lower layers", () => {
        const users = files.filter((file) => /from "@pulumi\/pulumi/.test(sources.get(file) ?? ""));
        const allowed = (file: string) =>
            folderOf(file) === "pulumi" ||
            (folderOf(file) === "resources" && !file.endsWith(".handler.ts")) ||
            (folderOf(file) === "environment" && file.startsWith(join("environment", "component"))) ||
            file === join("environment", "program.ts") ||
            // Only imports a type.
            file === join("environment", "values.ts");
        assert.deepEqual(
            users.filter((file) => !allowed(file)),
            [],
        );
    });

    it("reads clocks, random numbers and timers in few files, which pass them on", () => {
        const users = (pattern: RegExp) => files.filter((file) => pattern.test(sources.get(file) ?? "")).sort();
        assert.deepEqual(
            users(/\b(Date|performance)\.now\b|\bnew Date\(\)/).filter((file) => folderOf(file) !== "engine"),
            ["core/time.ts", "simulator/core/machineClock.ts"],
        );
        assert.deepEqual(users(/\bMath\.random\b/), ["handlers.ts"]);
        assert.deepEqual(
            users(/\bset(Timeout|Interval)\b/).filter((file) => folderOf(file) !== "engine"),
            [
                "core/time.ts",
                "pulumi/dynamic/engineLink.ts",
                "pulumi/dynamic/gracefulShutdown.ts",
                "simulator/httpServer.ts",
            ],
        );
    });

    it("has no file with more than 300 lines", () => {
        const long = [...sources].filter(([, source]) => source.split("\n").length > 300).map(([file]) => file);
        assert.deepEqual(long, []);
    });
});
