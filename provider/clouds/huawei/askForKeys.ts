import { z } from "zod";
import { text } from "../answerFields";
import { CloudError, UserError } from "../errors";
import { type Exchanged, exchange, failureOf } from "../exchange";
import { userFiles } from "../profileFiles";
import type { HuaweiKeys, KeyServices, TemporaryKeys } from "./keys";

const metadataAddress = "http://169.254.169.254";
/** Outside of an ECS instance, the address refuses the connection or does not answer. Milliseconds. */
const metadataTimeoutMs = 1000;
const timeoutMs = 10_000;
/** How long keys and tokens are valid, as the official core requests them. Seconds. */
const durationSeconds = 6 * 60 * 60;

const credential = z.object({
    credential: z.object({ access: text, secret: text, securitytoken: text, expires_at: text }),
});

/** The keys of an instance's agency, from the metadata service (the SDKs' MetadataCredentialProvider). */
export async function askInstance(origin: string, services: KeyServices): Promise<TemporaryKeys> {
    const base = services.metadataUrl ?? metadataAddress;
    const ask = (method: "GET" | "PUT", path: string, headers: Record<string, string>) =>
        // Never through a proxy: the address is local to the instance.
        exchange({ url: new URL(path, base), method, headers }, metadataTimeoutMs).catch((error: unknown) => {
            throw new UserError(
                `${origin}: the metadata service does not answer (${failureOf(error)}): ` +
                    "run on an ECS instance with an agency, or use other credentials",
            );
        });
    // Older instances do not support tokens.
    const token = await ask("PUT", "/meta-data/latest/api/token", {
        "x-metadata-token-ttl-seconds": String(durationSeconds),
    });
    const proof: Record<string, string> = token.status === 200 ? { "x-metadata-token": token.body.trim() } : {};
    const answer = await ask("GET", "/openstack/latest/securitykey", proof);
    if (answer.status !== 200) {
        throw new UserError(
            `${origin}: the metadata service returned no keys (${answer.status}): assign an agency to the ECS instance`,
        );
    }
    return keysIn(answer, origin);
}

/**
 * Exchanges the token of an identity provider for keys (like the official core's updateFederalAuthTokenByIdToken, which
 * uses one address for all regions and does not support proxies).
 */
export async function askWithToken(
    keys: HuaweiKeys & { kind: "oidc" },
    origin: string,
    services: KeyServices,
): Promise<TemporaryKeys> {
    const token = tokenIn(userFiles.read(keys.tokenFile), keys.tokenFile, origin);
    const provider = encodeURIComponent(keys.providerId);
    const unscoped = await askIam(services, origin, {
        operation: "CreateUnscopedTokenWithIdToken",
        path: `/v3/OS-FEDERATION/identity_providers/${provider}/protocols/oidc/auth`,
        headers: { authorization: `Bearer ${token}` },
        body: {},
    });
    const answer = await askIam(services, origin, {
        operation: "CreateTemporaryAccessKeyByToken",
        path: "/v3.0/OS-CREDENTIAL/securitytokens",
        headers: { "x-auth-token": unscoped.headers["x-subject-token"] ?? "" },
        body: { auth: { identity: { methods: ["token"], token: { duration_seconds: durationSeconds } } } },
    });
    return keysIn(answer, origin);
}

interface IamRequest {
    operation: string;
    path: string;
    headers: Record<string, string>;
    body: object;
}

async function askIam({ iamUrl, proxies }: KeyServices, origin: string, asked: IamRequest): Promise<Exchanged> {
    const url = new URL(asked.path, iamUrl);
    const failure = { cloud: "IAM", operation: asked.operation, endpoint: url.origin };
    const cannot = `${origin}: cannot exchange the token for keys`;
    async function send(): Promise<Exchanged> {
        const agent = await proxies.agentFor(url);
        const headers = { ...asked.headers, accept: "application/json", "content-type": "application/json" };
        return exchange({ url, method: "POST", headers, body: JSON.stringify(asked.body), agent }, timeoutMs);
    }
    const answer = await send().catch((error: unknown) => {
        if (error instanceof UserError) throw error;
        const reason = `${cannot}: no answer (${failureOf(error)})`;
        throw new CloudError(reason, { ...failure, code: "Unreachable", status: 0, retryable: true });
    });
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    // The message does not contain the answer's text, which may contain the token.
    throw new CloudError(`${cannot}: the service answered with status ${status}`, {
        ...failure,
        code: status < 400 ? "Redirected" : `Http${status}`,
        status,
        retryable: status >= 500 || status === 429,
    });
}

function keysIn({ body }: Exchanged, origin: string): TemporaryKeys {
    const read = credential.safeParse(jsonOf(body));
    const expiresAt = Date.parse(read.data?.credential.expires_at ?? "");
    if (!read.success || Number.isNaN(expiresAt)) {
        throw new UserError(
            `${origin}: the answer contains no valid credentials: check the service that answers there`,
        );
    }
    const { access, secret, securitytoken } = read.data.credential;
    return { accessKeyId: access, accessKeySecret: secret, securityToken: securitytoken, expiresAt };
}

function jsonOf(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return undefined;
    }
}

/** The token of an identity provider. @throws UserError if the file contains no token */
function tokenIn(text: string | undefined, path: string, origin: string): string {
    const token = text?.trim();
    if (token) return token;
    throw new UserError(`${origin}: ${path} contains no token: configure the identity provider to write one there`);
}
