import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { UserError } from "../clouds/errors";
import { runChild, textLines } from "./child";
import { type EnginePlaces, type EnginePlugin, isRunnable } from "./places";
import { type Progress, withProgress } from "./progress";
import { engineVersion } from "./versions";

/** Arguments of the build. */
export interface BuildRequest {
    places: EnginePlaces;
    /** Plugins to build after the engine if they are missing. */
    plugins: readonly EnginePlugin[];
    env: NodeJS.ProcessEnv;
    progress: Progress;
    signal?: AbortSignal;
}

interface Part {
    what: string;
    /** Folder in `engine/modules` with go.mod, go.sum and, for a plugin, the code. */
    module: string;
    /** The Go package to build, relative to that folder. */
    package: string;
    ldflags: string;
    target: (places: EnginePlaces) => string;
    /** Arguments with which it prints the version of the engine. */
    versionArgs?: string[];
}

// In the order of installation. The npm launcher assumes that everything is installed if the engine exists.
const engineParts: Part[] = [
    {
        what: "Node.js language host",
        module: "language-nodejs",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        ldflags: "-s -w",
        target: (places) => places.languageHost,
    },
    {
        what: "engine",
        module: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`,
        target: (places) => places.pulumi,
        versionArgs: ["version"],
    },
];

const pluginParts: Record<EnginePlugin, Part> = {
    random: {
        what: "random plugin",
        module: "resource-random",
        package: ".",
        ldflags: "-s -w",
        target: (places) => places.plugins.random,
    },
};

/** The folder with the Go modules, in a checkout and in the installed package. */
export const modulesFolder = join(__dirname, "..", "..", "engine", "modules");

/**
 * Shortens the build. The linker strips debugging information (-s -w), which would take a tenth of the time to generate.
 * Half of the remaining time is spent on libraries that a local stack never calls: clients of clouds for states and
 * secrets, an OpenAPI model, a syntax highlighter. These are compiled without optimisation; the engine, the standard
 * library, gRPC and protobuf are optimised. If several patterns match a package, the last one applies.
 */
const compilerFlags = (
    [
        ["all", false],
        ["std", true],
        ["github.com/pulumi/...", true],
        ["google.golang.org/grpc/...", true],
        ["google.golang.org/protobuf/...", true],
        // Commands and code generation.
        ["github.com/pulumi/pulumi/pkg/v3/cmd/...", false],
        ["github.com/pulumi/pulumi/pkg/v3/codegen/...", false],
    ] as const
).map(([packages, isOptimised]) => `-gcflags=${packages}=-dwarf=false${isOptimised ? "" : " -N -l"}`);

/** Builds missing parts: first the engine, in parallel, then the plugins. @throws UserError with the message of Go */
export async function buildEngine(request: BuildRequest): Promise<void> {
    const { places, plugins, progress } = request;
    progress.log("building the engine from its Go modules; this takes several minutes, once on this machine");
    const isMissing = (part: Part) => !isRunnable(part.target(places));
    const steps = [engineParts, ...plugins.map((plugin) => [pluginParts[plugin]])]
        .map((parts) => parts.filter(isMissing))
        .filter((parts) => parts.length > 0);
    for (const [index, parts] of steps.entries()) {
        const names = parts.map(({ what }) => what).join(" and the ");
        const what = `building the ${names} (step ${index + 1} of ${steps.length})`;
        await withProgress(what, progress, () => buildInParallel(parts, request));
    }
}

/** In parallel: one part compiles while another part downloads its modules or is linked. */
async function buildInParallel(parts: readonly Part[], { places, env, signal }: BuildRequest): Promise<void> {
    const failed = new AbortController();
    const ended = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
    // The build runs the new engine once to check its version. It must not write logs into another home.
    const partEnv = { ...env, PULUMI_HOME: places.home };
    let previous = Promise.resolve();
    const building = parts.map((part) => {
        const earlier = previous;
        previous = buildPart(part, { places, env: partEnv, signal: ended, earlier });
        return previous.catch((error: unknown) => failed.abort(error));
    });
    await Promise.all(building);
    signal?.throwIfAborted();
    failed.signal.throwIfAborted();
}

interface PartRequest {
    places: EnginePlaces;
    env: NodeJS.ProcessEnv;
    signal: AbortSignal;
    /** Resolves when the parts before this one are installed. */
    earlier: Promise<void>;
}

async function buildPart(part: Part, { places, env, signal, earlier }: PartRequest): Promise<void> {
    const target = part.target(places);
    const partial = `${target}.${process.pid}.part`;
    await mkdir(dirname(target), { recursive: true });
    try {
        const flags = ["-mod=readonly", "-trimpath", ...compilerFlags, "-ldflags", part.ldflags];
        const args = ["build", ...flags, "-o", partial, part.package];
        const result = await runChild({
            command: "go",
            args,
            env: goEnv(env),
            cwd: join(modulesFolder, part.module),
            signal,
        });
        if (result.code !== 0) throw goFailure(part, result.stderr);
        await chmod(partial, 0o755);
        if (part.versionArgs) await checkVersion(part, partial, part.versionArgs, env, signal);
        await earlier;
        await rename(partial, target);
    } finally {
        await rm(partial, { force: true });
    }
}

/** The user's environment, without settings that would change the build. */
function goEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
        ...env,
        // Not empty, because Go treats an empty value as unset and uses `go env -w`. No VCS stamp, because git may
        // refuse to read the checkout that contains the modules.
        GOFLAGS: "-buildvcs=false",
        GOWORK: "off",
        GO111MODULE: "on",
    };
}

function goFailure(part: Part, stderr: string): UserError {
    const lines = textLines(stderr).filter((line) => !line.startsWith("go: downloading"));
    const output = lines.slice(-5).join("; ") || "go printed no reason";
    return new UserError(
        `the ${part.what} could not be built: ${output}. Fix the cause and run \`machine-images engine\` again; ` +
            "finished parts are kept",
    );
}

async function checkVersion(part: Part, file: string, args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal) {
    const result = await runChild({ command: file, args, env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, signal });
    if (result.code === 0 && textLines(result.stdout).includes(`v${engineVersion}`)) return;
    const output = textLines(result.stderr).at(-1) ?? textLines(result.stdout).at(-1) ?? `exit code ${result.code}`;
    throw new UserError(
        `the ${part.what} was built but does not report version ${engineVersion}: ${output}. ` +
            "Unset GOOS and GOARCH and run `machine-images engine` again",
    );
}

/** Whether `go` is on PATH. */
export function hasGo(env: NodeJS.ProcessEnv): boolean {
    const name = process.platform === "win32" ? "go.exe" : "go";
    return (env[pathName(env)] ?? "")
        .split(delimiter)
        .some((folder) => folder !== "" && isRunnable(join(folder, name)));
}

/** The name of the PATH variable in this environment. On Windows it may be "Path". */
export function pathName(env: NodeJS.ProcessEnv): string {
    return Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}
