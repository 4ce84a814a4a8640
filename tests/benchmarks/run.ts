// Measures without assertions: `npm run bench -- simulator [--quick] [--json FILE] [--provider DIR]`, `npm run bench --
// provider [--quick] [--json FILE]`.
import { benchmarkProvider } from "./provider/benchmark.ts";
import { benchmarkSimulator } from "./simulator/benchmark.ts";

const suites = new Map([
    ["simulator", benchmarkSimulator],
    ["provider", benchmarkProvider],
]);

const [name = "", ...rest] = process.argv.slice(2);
const suite = suites.get(name);
if (suite) {
    await suite(rest);
} else {
    console.error(`usage: npm run bench -- ${[...suites.keys()].join(" | ")} [--quick] [--json FILE]`);
    process.exitCode = 2;
}
