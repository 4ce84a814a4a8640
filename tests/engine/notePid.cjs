// Loaded into every Node process of an engine under test: the provider plugin leaves its id where a test can find it.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.MACHINE_IMAGES_TEST_PIDS;
if (folder && process.argv.some((word) => word.includes("dynamic-provider"))) {
    writeFileSync(join(folder, `${process.pid}.plugin`), "");
}
