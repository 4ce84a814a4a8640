// Written for every Node.js, so that an older one can say that a newer one is needed. Whatever users start loads it
// before anything else: the command line, programs (index.ts), and Pulumi's plugin (handlers.ts).

const lowest = require("../package.json").engines.node.replace(">=", "");

function isBelow(version, other) {
    const [major, minor] = version.split(".").map(Number);
    const [otherMajor, otherMinor] = other.split(".").map(Number);
    return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

if (isBelow(process.versions.node, lowest)) {
    const error = new Error(
        `pulumi-machine-images needs Node.js ${lowest} or newer, and ${process.execPath} is ${process.versions.node}: ` +
            "install a newer Node.js, or put it first on PATH",
    );
    // What the SDK's RunError has: Pulumi prints the message alone. The SDK itself may not load on this Node.js.
    Object.defineProperty(error, "__pulumiRunError", { value: true });
    error.stack = error.message;
    throw error;
}
