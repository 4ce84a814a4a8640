import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { signAcs3 } from "./acs3.ts";
import { Served } from "./server.ts";

/** The first account of the default world. */
export const key = { id: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" };
export const region = "cn-hangzhou";
export const products = { swas: "2020-06-01", ecs: "2014-05-26" };

export interface OursOptions {
    /** The directory of the package under test. */
    readonly provider: string;
    /** @default memory */
    readonly data?: string;
    readonly nodeFlags?: readonly string[];
}

/** Starts the command that users start. Ready when it has printed its line. */
export async function startOurs({ provider, data, nodeFlags = [] }: OursOptions): Promise<Served> {
    const command = join(provider, "bin", "machine-images.js");
    const state = data === undefined ? ["--memory"] : ["--data", data];
    const child = spawn(process.execPath, [...nodeFlags, command, "simulate", ...state], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: child.stdout })) {
        const printed: { url: string } = JSON.parse(line);
        return new Served(child, new URL(printed.url).host);
    }
    throw new Error("the simulator exited before it served");
}

/** Sends one signed request for the setup. Returns the body of the answer. */
export async function ask(
    host: string,
    product: keyof typeof products,
    action: string,
    parameters: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
    const version = products[product];
    const signed = signAcs3({ host, key, version, action, parameters: { RegionId: region, ...parameters } });
    const response = await fetch(`http://${host}/?${signed.query}`, { method: "POST", headers: signed.headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action} failed: ${text}`);
    return JSON.parse(text);
}
