import { signAcs3 } from "./acs3.ts";
import type { LoadPlan } from "./loadPlan.ts";

/** The headers of boto3 with static keys, except for the signature, which moto never checks. */
const awsAuthorization =
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/ec2/aws4_request, " +
    `SignedHeaders=content-type;host;x-amz-date, Signature=${"0".repeat(64)}`;

function bytes(path: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
    const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(body)) });
    return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n${body}`);
}

/** The bytes of request number `index` of the plan, signed now. */
export function requestBytes(plan: LoadPlan, index: number): Buffer {
    const variant = plan.variants[index % plan.variants.length] ?? {};
    const number = String(plan.firstNumber + index);
    const parameters = Object.fromEntries(
        Object.entries(variant).map(([name, value]) => [name, value.replace("{n}", number)]),
    );
    const { host, protocol } = plan;
    if (protocol.kind === "acs3") {
        const { query, headers } = signAcs3({ host, parameters, ...protocol });
        return bytes(`/?${query}`, headers, "");
    }
    const headers = {
        host,
        authorization: awsAuthorization,
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-amz-date": `${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
    };
    const form = new URLSearchParams({ Action: protocol.action, Version: "2016-11-15", ...parameters });
    return bytes("/", headers, form.toString());
}
