// Loaded into every Node.js process of an engine under test. The provider plugin writes its process id to a file for
// tests.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.MACHINE_IMAGES_TEST_PIDS;
if (folder && process.argv.some((word) => word.includes("dynamic-provider"))) {
    writeFileSync(join(folder, `${process.pid}.plugin`), "");
}
