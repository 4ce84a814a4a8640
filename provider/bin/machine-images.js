#!/usr/bin/env node
// Committed, not compiled: npm links commands at install time, when a checkout has no dist yet.

function orEnd(work) {
    try {
        work();
    } catch (error) {
        process.stderr.write(`machine-images: ${error.message}\n`);
        process.exit(1);
    }
}

// First, because an older Node.js knows nothing of what the rest needs.
orEnd(() => require("./nodeVersion.js"));

const { existsSync } = require("node:fs");
const { join } = require("node:path");

const compiled = join(__dirname, "..", "dist", "cli", "main.js");
// Only a checkout has sources; the published package is compiled.
const isCheckout = existsSync(join(__dirname, "..", "tsconfig.json"));
if (isCheckout && !existsSync(compiled)) orEnd(() => require("./compileCheckout.js"));
require(compiled);
