import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Connection } from "./connection.ts";
import { requestBytes } from "./requestBytes.ts";
import { Served } from "./server.ts";

/** The newest version on PyPI when the benchmark was written. */
export const motoVersion = "5.2.5";

const venv = join(import.meta.dirname, "..", "..", ".work", `venv-moto-${motoVersion}`);

/** Installs moto once, into a directory that git ignores. */
export function installMoto(): void {
    if (existsSync(join(venv, "bin", "moto_server"))) return;
    console.error(`installing moto ${motoVersion} into ${venv}`);
    execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `moto[server]==${motoVersion}`];
    execFileSync(join(venv, "bin", "python"), pip, { stdio: "inherit" });
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.once("error", reject);
        probe.listen(0, "127.0.0.1", () => {
            const address = probe.address();
            const port = typeof address === "object" && address !== null ? address.port : 0;
            probe.close(() => resolve(port));
        });
    });
}

/** Starts moto's server as documented. Ready when EC2 has answered. */
export async function startMoto(): Promise<Served> {
    const port = await freePort();
    const child = spawn(join(venv, "bin", "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
        stdio: "ignore",
    });
    const server = new Served(child, `127.0.0.1:${port}`);
    while (child.exitCode === null) {
        try {
            await askMoto(server.host, "DescribeImages", { "ImageId.1": someAmi });
            return server;
        } catch {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
    }
    throw new Error(`moto ended with ${child.exitCode}`);
}

/** One of the about 1,180 images that moto starts with. */
export const someAmi = "ami-03cf127a";

/** Sends one request for the setup. Returns the body of the answer. */
export async function askMoto(host: string, action: string, parameters: Record<string, string>): Promise<string> {
    const connection = new Connection(host);
    const plan = { host, connections: 1, seconds: 1, most: 1, variants: [parameters], firstNumber: 0, expects: "" };
    const answer = await connection.send(requestBytes({ ...plan, protocol: { kind: "aws", action } }, 0));
    connection.close();
    if (answer.status !== 200) throw new Error(`moto returned an error for ${action}: ${answer.body.toString("utf8")}`);
    return answer.body.toString("utf8");
}

/** Creates an image and copies of it until there are `count`. Returns the id of the first. */
export async function ownImages(host: string, count: number): Promise<string> {
    const made = await askMoto(host, "RegisterImage", { Name: "bench", RootDeviceName: "/dev/sda1" });
    const imageId = /<imageId>(ami-\w+)</.exec(made)?.[1];
    if (!imageId) throw new Error("moto created no image");
    for (let n = 1; n < count; n++) {
        await askMoto(host, "CopyImage", { SourceImageId: imageId, SourceRegion: "us-east-1", Name: `seeded-${n}` });
    }
    return imageId;
}
