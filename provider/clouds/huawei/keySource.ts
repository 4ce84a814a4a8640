import { UserError } from "../errors";
import type { FoundKeys } from "../profileFiles";
import type { Proxies } from "../proxies";
import type { CredentialSource, Credentials } from "../settings";
import type { Time } from "../time";
import type { HuaweiKeys } from "./keys";

/** Where keys are asked for. */
export interface KeyServices {
    /** The base URL of IAM. */
    iamUrl: string;
    /** The base URL of the metadata service of ECS. @default http://169.254.169.254 */
    metadataUrl?: string;
    proxies: Proxies;
    time: Time;
}

/** Keys that are good for a while. */
export interface TemporaryKeys extends Credentials {
    /** Milliseconds since the epoch. */
    expiresAt: number;
}

/** Keys are renewed so long before they expire. Milliseconds. */
const marginMs = 15 * 60_000;

/** The keys of an account, renewed before they expire. Nothing is asked before the first call. */
export function keySource({ keys, origin }: FoundKeys<HuaweiKeys>, services: KeyServices): CredentialSource {
    if (keys.kind === "static") {
        const { accessKeyId, accessKeySecret, securityToken } = keys;
        return async () => ({ accessKeyId, accessKeySecret, securityToken });
    }
    return renewed(services.time, async () => {
        const { askInstance, askWithToken } = await import("./askForKeys.js");
        return keys.kind === "instance" ? askInstance(origin, services) : askWithToken(keys, origin, services);
    });
}

/** Asks again when the keys are about to expire; while they are good, a failure to renew them is none. */
export function renewed(time: Time, ask: () => Promise<TemporaryKeys>): CredentialSource {
    let last: TemporaryKeys | undefined;
    let running: Promise<TemporaryKeys> | undefined;
    return async () => {
        if (last && time.now() < last.expiresAt - marginMs) return last;
        // Requests that leave together ask once.
        running ??= ask().finally(() => {
            running = undefined;
        });
        const asked = running;
        try {
            last = await asked;
        } catch (error) {
            if (last === undefined || time.now() >= last.expiresAt) throw error;
        }
        return last;
    };
}

/** The token of an identity provider. @throws UserError when there is none in the file */
export function tokenIn(text: string | undefined, path: string, origin: string): string {
    const token = text?.trim();
    if (token) return token;
    throw new UserError(`${origin}: there is no token in ${path}: have the identity provider write one there`);
}
