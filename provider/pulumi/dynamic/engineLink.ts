import { createRequire } from "node:module";
import { connect } from "node:net";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/**
 * The copy of gRPC that the SDK's clients are made with: they refuse the credentials of another copy, and a package of
 * its own in `dependencies` could be one.
 */
function grpcOfSdk(): typeof import("@grpc/grpc-js") {
    return createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
}

/** Where the plugin's engine listens: the last word of the plugin's command line, "127.0.0.1:49152". */
function engineAddress(): { host: string; port: number } | undefined {
    const [, host, port] = /^(127\.0\.0\.1):(\d+)$/.exec(process.argv.at(-1) ?? "") ?? [];
    return host && port ? { host, port: Number(port) } : undefined;
}

/** How often the plugin looks whether its engine still lives, ms. */
const watchInterval = 2000;

/**
 * Ends this process when its engine is gone. A killed engine leaves the plugin running, and a create that goes on
 * unseen would race with the next `up` (seen with engine 3.259.0).
 */
export function endWithEngine(): void {
    const engine = engineAddress();
    if (!engine) return;
    const timer = setInterval(() => {
        const socket = connect(engine);
        socket.once("connect", () => socket.destroy());
        socket.once("error", (error: NodeJS.ErrnoException) => {
            socket.destroy();
            if (error.code === "ECONNREFUSED") process.exit(1);
        });
        socket.unref();
    }, watchInterval);
    timer.unref();
}

/** Shows a passing message on the row of the resource `urn`; best effort, never fails. */
export type ShowProgress = (urn: string, message: string) => void;

/** Progress on the rows of this plugin's engine; silent when there is no engine. */
export function connectProgress(): ShowProgress {
    const engine = engineAddress();
    if (!engine) return () => {};
    let client: EngineClient | undefined;
    const shown = new Map<string, string>();
    return (urn, message) => {
        if (message === (shown.get(urn) ?? "")) return;
        shown.set(urn, message);
        client ??= new EngineClient(`${engine.host}:${engine.port}`, grpcOfSdk().credentials.createInsecure());
        const request = new LogRequest();
        request.setSeverity(LogSeverity.INFO);
        request.setMessage(message);
        request.setUrn(urn);
        request.setEphemeral(true);
        client.log(request, () => {});
    };
}
