// Must run on every Node.js, so that an old one can report that a newer one is required. Each entry point loads it
// first: the command line, programs (index.ts) and Pulumi's plugin (handlers.ts).

const lowest = require("../package.json").engines.node.replace(">=", "");

function isBelow(version, other) {
    const [major, minor] = version.split(".").map(Number);
    const [otherMajor, otherMinor] = other.split(".").map(Number);
    return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

if (isBelow(process.versions.node, lowest)) {
    const error = new Error(
        `pulumi-machine-images requires Node.js ${lowest} or newer, but ${process.execPath} is ${process.versions.node}. ` +
            "Install a newer Node.js, or put it first on PATH",
    );
    // Marks a RunError of the SDK, so that Pulumi prints only the message. The SDK itself may not load on this Node.js.
    Object.defineProperty(error, "__pulumiRunError", { value: true });
    error.stack = error.message;
    throw error;
}
