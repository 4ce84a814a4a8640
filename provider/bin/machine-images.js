#!/usr/bin/env node
// Committed, because npm links commands during installation, when a checkout has no dist yet.

function orExit(work) {
    try {
        work();
    } catch (error) {
        process.stderr.write(`machine-images: ${error.message}\n`);
        process.exit(1);
    }
}

// First, because an older Node.js cannot run the rest.
orExit(() => require("./nodeVersion.js"));

const { existsSync } = require("node:fs");
const { join } = require("node:path");

const compiled = join(__dirname, "..", "dist", "cli", "main.js");
// Only a checkout has sources. The published package is compiled.
const isCheckout = existsSync(join(__dirname, "..", "tsconfig.json"));
if (isCheckout && !existsSync(compiled)) orExit(() => require("./compileCheckout.js"));
require(compiled);
