import { createHash, createHmac, randomBytes } from "node:crypto";

/** A request before it is signed. A test can modify any part of it. */
export interface Prepared {
    url: string;
    method: string;
    headers: Record<string, string>;
    body?: string;
}

/** The body is unmodified. */
export type Answer = Awaited<ReturnType<typeof send>>;

type Parameters = Record<string, string | number | boolean>;

const versions = { swas: "2020-06-01", ecs: "2014-05-26", vpc: "2016-04-28", bss: "2017-12-14", sts: "2015-04-01" };

function encode(text: string): string {
    return [...Buffer.from(text)]
        .map((byte) => {
            const char = String.fromCharCode(byte);
            return /[A-Za-z0-9_.~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
        })
        .join("");
}

function canonical(parameters: Record<string, string>): string {
    return Object.keys(parameters)
        .sort()
        .map((name) => `${encode(name)}=${encode(parameters[name] ?? "")}`)
        .join("&");
}

function sha256(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

export function isoTime(ms: number): string {
    return new Date(ms).toISOString().replace(/\.\d+/, "");
}

/** The tests' own Alibaba client. It signs according to the documentation, and shares no code with the simulator. */
export class SignedClient {
    private readonly url: string;
    private readonly key: { id: string; secret: string };
    private readonly product: keyof typeof versions;
    private readonly region: string;

    constructor(
        url: string,
        key: { id: string; secret: string },
        product: keyof typeof versions,
        region = "cn-hangzhou",
    ) {
        this.url = url;
        this.key = key;
        this.product = product;
        this.region = region;
    }

    prepare(action: string, parameters: Parameters, changes: { date?: string; contentHash?: string } = {}): Prepared {
        const given = this.texts(parameters);
        const headers: Record<string, string> = {
            host: new URL(this.url).host,
            "x-acs-action": action,
            "x-acs-version": versions[this.product],
            "x-acs-date": changes.date ?? isoTime(Date.now()),
            "x-acs-signature-nonce": randomBytes(16).toString("hex"),
            "x-acs-content-sha256": changes.contentHash ?? sha256(""),
        };
        const names = Object.keys(headers).sort();
        const request = [
            "POST",
            "/",
            canonical(given),
            ...names.map((name) => `${name}:${headers[name]}`),
            "",
            names.join(";"),
            sha256(""),
        ].join("\n");
        const signature = createHmac("sha256", this.key.secret)
            .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
            .digest("hex");
        headers.authorization = `ACS3-HMAC-SHA256 Credential=${this.key.id},SignedHeaders=${names.join(";")},Signature=${signature}`;
        return { url: `${this.url}/?${canonical(given)}`, method: "POST", headers };
    }

    /** The older signature. Parameters are sent in the query or, as in Terraform, in a form body. */
    prepareV1(
        action: string,
        parameters: Parameters,
        options: { inBody?: boolean; method?: "GET" | "POST"; extra?: Record<string, string>; timestamp?: string } = {},
    ): Prepared {
        const given = this.texts(parameters);
        const shared: Record<string, string> = {
            Action: action,
            Version: versions[this.product],
            Format: "JSON",
            Timestamp: options.timestamp ?? isoTime(Date.now()),
            SignatureNonce: randomBytes(16).toString("hex"),
            SignatureMethod: "HMAC-SHA1",
            SignatureVersion: "1.0",
            AccessKeyId: this.key.id,
            ...options.extra,
        };
        const method = options.method ?? "POST";
        const toSign = `${method}&%2F&${encode(canonical({ ...shared, ...given }))}`;
        shared.Signature = createHmac("sha1", `${this.key.secret}&`).update(toSign).digest("base64");
        // As Go clients write it, with "+" for a space.
        const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
        const query = options.inBody ? shared : { ...shared, ...given };
        return {
            url: `${this.url}/?${form(query)}`,
            method,
            headers: { "content-type": "application/x-www-form-urlencoded" },
            ...(options.inBody ? { body: form(given) } : {}),
        };
    }

    private texts(parameters: Parameters): Record<string, string> {
        // Billing and STS have no region, so none is sent.
        const hasRegion = !["bss", "sts"].includes(this.product) && this.region !== "";
        const withRegion = hasRegion ? { RegionId: this.region, ...parameters } : parameters;
        return Object.fromEntries(Object.entries(withRegion).map(([name, value]) => [name, String(value)]));
    }

    call(action: string, parameters: Parameters = {}): Promise<Answer> {
        return send(this.prepare(action, parameters));
    }

    /** The body of a request that must succeed. */
    async ok(action: string, parameters: Parameters = {}): Promise<Answer["body"]> {
        const answer = await this.call(action, parameters);
        if (answer.status !== 200) throw new Error(`${action} failed: ${answer.text}`);
        return answer.body;
    }

    /** Status and code of a request that must fail. */
    async refused(action: string, parameters: Parameters = {}): Promise<string> {
        const answer = await this.call(action, parameters);
        return `${answer.status} ${answer.body.Code}`;
    }
}

export async function send(request: Prepared) {
    const { host: _host, ...headers } = request.headers;
    const response = await fetch(request.url, { method: request.method, headers, body: request.body });
    const text = await response.text();
    const body = JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body };
}
