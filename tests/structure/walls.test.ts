import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";

const provider = join(import.meta.dirname, "..", "..", "provider");
// Templates are programs of users; bin is plain JavaScript with the types of one file of it.
const others = ["bin", "dist", "node_modules", "templates"];
const files = globSync("**/*.ts", { cwd: provider, exclude: (name) => others.includes(name) });
const sources = new Map(files.map((file) => [file, readFileSync(join(provider, file), "utf8")]));

/** The files of this package that a file imports, as paths like "clouds/errors.ts". */
function importsOf(file: string): string[] {
    const source = sources.get(file) ?? "";
    const found = source.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g);
    return [...found].map(([, specifier = ""]) => {
        const path = normalize(join(dirname(file), specifier.replace(/\.js$/, "")));
        return sources.has(`${path}.ts`) ? `${path}.ts` : join(path, "index.ts");
    });
}

const room = (file: string) => (file.includes(sep) ? (file.split(sep)[0] ?? "") : file);

describe("the walls of the house", () => {
    /** From the top: a room may use those of later lines, and its own line. */
    const floors = [
        ["index.ts", "handlers.ts", "cli"],
        ["environment", "report", "inventory"],
        ["resources"],
        ["reconcile"],
        ["pulumi"],
        ["clouds", "engine"],
        ["core"],
        ["simulator"],
    ];
    const floorOf = (file: string) => floors.findIndex((rooms) => rooms.includes(room(file)));

    it("has a floor for every room", () => {
        assert.deepEqual([...new Set(files.filter((file) => floorOf(file) < 0).map(room))], []);
    });

    it("lets imports go down only", () => {
        const upward = files.flatMap((file) =>
            importsOf(file)
                .filter((imported) => floorOf(imported) < floorOf(file))
                .map((imported) => `${file} -> ${imported}`),
        );
        assert.deepEqual(upward, []);
    });

    it("keeps the simulator and the provider apart but for one door", () => {
        const through = files.flatMap((file) =>
            importsOf(file)
                .filter((imported) => (room(file) === "simulator") !== (room(imported) === "simulator"))
                .map((imported) => `${file} -> ${imported}`),
        );
        assert.deepEqual(through.sort(), [
            "cli/commands.ts -> simulator/main.ts",
            "cli/commands.ts -> simulator/rulesCommand.ts",
            "clouds/connect.ts -> simulator/index.ts",
            "clouds/connect.ts -> simulator/index.ts",
        ]);
    });

    it("has no circle of imports", () => {
        const done = new Set<string>();
        const circles: string[] = [];
        const visit = (file: string, path: string[]) => {
            if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
            if (path.includes(file) || done.has(file)) return;
            for (const imported of importsOf(file)) visit(imported, [...path, file]);
            done.add(file);
        };
        for (const file of files) visit(file, []);
        assert.deepEqual(circles, []);
    });

    it("keeps Pulumi out of handlers and everything below them", () => {
        const users = files.filter((file) => /from "@pulumi\/pulumi/.test(sources.get(file) ?? ""));
        const allowed = (file: string) =>
            room(file) === "pulumi" ||
            (room(file) === "resources" && !file.endsWith(".handler.ts")) ||
            (room(file) === "environment" && file.startsWith(join("environment", "component"))) ||
            file === join("environment", "program.ts") ||
            // Names a type, and loads nothing.
            file === join("environment", "values.ts");
        assert.deepEqual(
            users.filter((file) => !allowed(file)),
            [],
        );
    });

    it("reads clocks, dice and timers in few places, and passes them on from there", () => {
        const users = (pattern: RegExp) => files.filter((file) => pattern.test(sources.get(file) ?? "")).sort();
        assert.deepEqual(
            users(/\b(Date|performance)\.now\b|\bnew Date\(\)/).filter((file) => room(file) !== "engine"),
            ["core/time.ts", "simulator/core/machineClock.ts"],
        );
        assert.deepEqual(users(/\bMath\.random\b/), ["handlers.ts"]);
        assert.deepEqual(
            users(/\bset(Timeout|Interval)\b/).filter((file) => room(file) !== "engine"),
            [
                "core/time.ts",
                "pulumi/dynamic/engineLink.ts",
                "pulumi/dynamic/gracefulShutdown.ts",
                "simulator/httpServer.ts",
            ],
        );
    });

    it("has no file that needs a table of contents", () => {
        const long = [...sources].filter(([, source]) => source.split("\n").length > 300).map(([file]) => file);
        assert.deepEqual(long, []);
    });
});
