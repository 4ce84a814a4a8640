import { request as httpRequest } from "node:http";
import {
    type RunningSimulator,
    type SimulatorOptions,
    startSimulator,
} from "../../../provider/dist/simulator/index.js";
import { type Key, queryText, sign, type ToSign } from "./signing.ts";

/** Objects of the default world. */
export const golden = {
    domain: "d0000000000000000000000000000001",
    project: "a0000000000000000000000000000001",
    projectNl: "a0000000000000000000000000000002",
    key: { accessKeyId: "SIMULATEDHUAWEIKEY1", accessKeySecret: "simulated-huawei-secret-1" },
    server: "94eba8b2-acc9-4d82-badc-127144cc5526",
    vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
} as const;

export const partner = {
    domain: "d0000000000000000000000000000002",
    project: "b0000000000000000000000000000001",
    key: { accessKeyId: "SIMULATEDHUAWEIKEY2", accessKeySecret: "simulated-huawei-secret-2" },
    vault: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f",
} as const;

/** Any parsed JSON. Tests check it with assertions. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly text: string;
    readonly body: Json;
}

/** Sends one request unmodified. */
export function send(
    url: string,
    method: string,
    target: string,
    headers: Readonly<Record<string, string>>,
    body = "",
): Promise<Answer> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
        const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
        const outgoing = httpRequest(
            { hostname, port, method, path: target, headers: { ...headers, ...length } },
            (incoming) => {
                const chunks: Buffer[] = [];
                incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
                incoming.on("error", reject);
                incoming.on("end", () => {
                    const text = Buffer.concat(chunks).toString("utf8");
                    const received = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
                    try {
                        resolve({
                            status: incoming.statusCode ?? 0,
                            headers: Object.fromEntries(received),
                            text,
                            body: text === "" ? undefined : JSON.parse(text),
                        });
                    } catch (error) {
                        reject(error);
                    }
                });
            },
        );
        outgoing.on("error", reject);
        outgoing.end(body);
    });
}

export interface CallOptions {
    readonly query?: ToSign["query"];
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly time?: Date;
}

/** A client of one project that signs every request. */
export class Client {
    readonly url: string;
    readonly project: string;
    private readonly key: Key;

    constructor(url: string, project: string, key: Key) {
        this.url = url;
        this.project = project;
        this.key = key;
    }

    call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
        const filled = path.replace("{pid}", this.project);
        const body = options.body === undefined ? "" : JSON.stringify(options.body);
        const toSign = {
            method,
            host: new URL(this.url).host,
            path: filled,
            query: options.query,
            headers: { "content-type": "application/json", "x-project-id": this.project, ...options.headers },
            body,
        };
        const headers = sign(toSign, this.key, options.time ?? new Date());
        const query = queryText(options.query);
        return send(this.url, method, query === "" ? filled : `${filled}?${query}`, headers, body);
    }

    get = (path: string, query?: ToSign["query"]): Promise<Answer> => this.call("GET", path, { query });
    post = (path: string, body: unknown): Promise<Answer> => this.call("POST", path, { body });
    put = (path: string, body: unknown): Promise<Answer> => this.call("PUT", path, { body });
    del = (path: string, body?: unknown): Promise<Answer> => this.call("DELETE", path, { body });

    job = async (id: string): Promise<Json> => (await this.get(`/v1/{pid}/jobs/${id}`)).body;
}

export interface Bench {
    readonly simulator: RunningSimulator;
    readonly golden: Client;
    readonly partner: Client;
    /** Moves virtual time. */
    seconds(count: number): void;
    objects(): unknown;
}

const open: RunningSimulator[] = [];

/** A simulator for one test. `closeAll` closes it. */
export async function bench(options: SimulatorOptions = {}): Promise<Bench> {
    const simulator = await startSimulator({ clock: "frozen", ...options });
    open.push(simulator);
    return {
        simulator,
        golden: new Client(simulator.url, golden.project, golden.key),
        partner: new Client(simulator.url, partner.project, partner.key),
        seconds: (count) => simulator.sim.advance(count * 1000),
        objects: () => simulator.sim.registry.objects(),
    };
}

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
    for (const simulator of open.splice(0)) await simulator.close();
}

/** A finished full-ECS image of the server with two data disks, with its backup uploaded. */
export async function wholeImage(
    { golden: client, seconds }: Bench,
    fields: Record<string, unknown> = {},
): Promise<{ imageId: string; backupId: string }> {
    const creation = await client.post("/v1/cloudimages/wholeimages/action", {
        name: "erp",
        instance_id: golden.server,
        vault_id: golden.vault,
        ...fields,
    });
    if (creation.status !== 200) throw new Error(creation.text);
    seconds(1100);
    const { status, entities } = await client.job(creation.body.job_id);
    if (status !== "SUCCESS") throw new Error(`the job is ${status}`);
    const { body } = await client.get(`/v2/images/${entities.image_id}`);
    return { imageId: entities.image_id, backupId: body.__backup_id };
}

/** The smallest request for a server. */
export function serverRequest(imageRef: string, fields: Record<string, unknown> = {}) {
    return {
        server: {
            name: "clone",
            imageRef,
            flavorRef: "s3.large.2",
            vpcid: "0dae26c9-9a70-4392-93f3-87d53115d171",
            nics: [{ subnet_id: "157ee789-03ea-45b1-a698-76c92660dd83" }],
            root_volume: { volumetype: "SSD" },
            ...fields,
        },
    };
}

/** Creates servers and waits. The test handles errors and failures. */
export async function newServer(
    { golden: client, seconds }: Bench,
    imageRef: string,
    fields: Record<string, unknown> = {},
): Promise<{ serverId: string; jobId: string }> {
    const creation = await client.post("/v1/{pid}/cloudservers", serverRequest(imageRef, fields));
    if (creation.status !== 200) throw new Error(creation.text);
    seconds(200);
    return { serverId: creation.body.serverIds[0], jobId: creation.body.job_id };
}
