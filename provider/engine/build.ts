import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { UserError } from "../clouds/errors";
import { runChild, textLines } from "./child";
import { type EnginePlaces, type EnginePlugin, isRunnable } from "./places";
import { type Progress, withProgress } from "./progress";
import { engineVersion } from "./versions";

/** What the build needs. */
export interface BuildRequest {
    places: EnginePlaces;
    /** Built after the engine, when they are missing. */
    plugins: readonly EnginePlugin[];
    env: NodeJS.ProcessEnv;
    progress: Progress;
    signal?: AbortSignal;
}

interface Part {
    what: string;
    /** Folder under `engine/modules`, with go.mod, go.sum and perhaps the code. */
    module: string;
    /** The Go package to build, as seen from that folder. */
    package: string;
    ldflags: string;
    target: (places: EnginePlaces) => string;
    /** Arguments that make it print the engine's version. */
    versionArgs?: string[];
}

// In the order in which they are put in place: the npm launcher takes the engine as the sign that all is there.
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

/** The folder with the Go modules: beside the sources in a checkout, and in the installed package. */
export const modulesFolder = join(__dirname, "..", "..", "engine", "modules");

/**
 * The linker strips debugging information (-s -w), so that compiling it would cost a tenth of the time for nothing. Half
 * of the rest is spent on libraries that a local stack never calls: clients of clouds that may keep states and secrets,
 * an OpenAPI model, a highlighter. They are compiled without optimisation, the engine and what it runs all the time
 * with it. Of several patterns that match a package the last one counts.
 */
const compilerFlags = (
    [
        ["all", false],
        ["std", true],
        ["github.com/pulumi/...", true],
        ["google.golang.org/grpc/...", true],
        ["google.golang.org/protobuf/...", true],
        // Commands, and what generates code of a schema.
        ["github.com/pulumi/pulumi/pkg/v3/cmd/...", false],
        ["github.com/pulumi/pulumi/pkg/v3/codegen/...", false],
    ] as const
).map(([packages, isOptimised]) => `-gcflags=${packages}=-dwarf=false${isOptimised ? "" : " -N -l"}`);

/** Builds the parts that are missing: those of the engine together, then the plugins. @throws UserError with Go's message */
export async function buildEngine(request: BuildRequest): Promise<void> {
    const { places, plugins, progress } = request;
    progress.log("building the engine from its Go modules; this takes minutes, once for this machine");
    const isMissing = (part: Part) => !isRunnable(part.target(places));
    const steps = [engineParts, ...plugins.map((plugin) => [pluginParts[plugin]])]
        .map((parts) => parts.filter(isMissing))
        .filter((parts) => parts.length > 0);
    for (const [index, parts] of steps.entries()) {
        const names = parts.map(({ what }) => what).join(" and the ");
        const what = `building the ${names} (step ${index + 1} of ${steps.length})`;
        await withProgress(what, progress, () => buildTogether(parts, request));
    }
}

/** At the same time: one part compiles while another one downloads its modules or is linked. */
async function buildTogether(parts: readonly Part[], { places, env, signal }: BuildRequest): Promise<void> {
    const failed = new AbortController();
    const ended = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
    // What is built is run once, and must not write its logs into another home.
    const partEnv = { ...env, PULUMI_HOME: places.home };
    let before = Promise.resolve();
    const building = parts.map((part) => {
        const earlier = before;
        before = buildPart(part, { places, env: partEnv, signal: ended, earlier });
        return before.catch((error: unknown) => failed.abort(error));
    });
    await Promise.all(building);
    signal?.throwIfAborted();
    failed.signal.throwIfAborted();
}

interface PartRequest {
    places: EnginePlaces;
    env: NodeJS.ProcessEnv;
    signal: AbortSignal;
    /** What must be in place before this part is. */
    earlier: Promise<void>;
}

async function buildPart(part: Part, { places, env, signal, earlier }: PartRequest): Promise<void> {
    const target = part.target(places);
    const made = `${target}.${process.pid}.part`;
    await mkdir(dirname(target), { recursive: true });
    try {
        const flags = ["-mod=readonly", "-trimpath", ...compilerFlags, "-ldflags", part.ldflags];
        const args = ["build", ...flags, "-o", made, part.package];
        const result = await runChild({
            command: "go",
            args,
            env: goEnv(env),
            cwd: join(modulesFolder, part.module),
            signal,
        });
        if (result.code !== 0) throw goFailure(part, result.stderr);
        await chmod(made, 0o755);
        if (part.versionArgs) await checkVersion(part, made, part.versionArgs, env, signal);
        await earlier;
        await rename(made, target);
    } finally {
        await rm(made, { force: true });
    }
}

/** The user's environment without the settings that would build something else. */
function goEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
        ...env,
        // Never empty: Go reads an empty value as unset and falls back to `go env -w`. No VCS stamp, because the
        // modules may lie in a checkout that git refuses to read.
        GOFLAGS: "-buildvcs=false",
        GOWORK: "off",
        GO111MODULE: "on",
    };
}

function goFailure(part: Part, stderr: string): UserError {
    const lines = textLines(stderr).filter((line) => !line.startsWith("go: downloading"));
    const said = lines.slice(-5).join("; ") || "go gave no reason";
    return new UserError(
        `the ${part.what} could not be built: ${said}; put this right and run \`machine-images engine\` again, ` +
            "what is finished is kept",
    );
}

async function checkVersion(part: Part, file: string, args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal) {
    const result = await runChild({ command: file, args, env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, signal });
    if (result.code === 0 && textLines(result.stdout).includes(`v${engineVersion}`)) return;
    const said = textLines(result.stderr).at(-1) ?? textLines(result.stdout).at(-1) ?? `exit code ${result.code}`;
    throw new UserError(
        `the ${part.what} was built but does not report version ${engineVersion}: ${said}; ` +
            "unset GOOS and GOARCH and run `machine-images engine` again",
    );
}

/** Whether `go` is on PATH. */
export function hasGo(env: NodeJS.ProcessEnv): boolean {
    const name = process.platform === "win32" ? "go.exe" : "go";
    return (env[pathName(env)] ?? "")
        .split(delimiter)
        .some((folder) => folder !== "" && isRunnable(join(folder, name)));
}

/** The name under which this environment holds PATH: Windows writes it in its own way. */
export function pathName(env: NodeJS.ProcessEnv): string {
    return Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}
