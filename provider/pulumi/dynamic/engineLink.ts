import { createRequire } from "node:module";
import { connect } from "node:net";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/**
 * The copy of gRPC that the SDK's clients use. They refuse credentials of another copy, and a direct dependency of this
 * package could be another copy.
 */
function grpcOfSdk(): typeof import("@grpc/grpc-js") {
    return createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
}

/** The address of the plugin's engine: the last argument of the plugin's command line, "127.0.0.1:49152". */
function engineAddress(): { host: string; port: number } | undefined {
    const [, host, port] = /^(127\.0\.0\.1):(\d+)$/.exec(process.argv.at(-1) ?? "") ?? [];
    return host && port ? { host, port: Number(port) } : undefined;
}

/** How often the plugin checks whether its engine still runs, ms. */
const watchInterval = 2000;

/**
 * Ends this process when its engine has ended. A killed engine leaves the plugin running, and a create that continues
 * unseen would race with the next `up` (observed with engine 3.259.0).
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

/** Shows a temporary message on the row of the resource `urn`. Best effort; never fails. */
export type ShowProgress = (urn: string, message: string) => void;

/** Shows progress on the rows of this plugin's engine; does nothing without an engine. */
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
