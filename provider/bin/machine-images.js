#!/usr/bin/env node
// Committed, not compiled: npm links commands at install time, when a checkout has no dist yet.
require("../dist/cli/main.js");
