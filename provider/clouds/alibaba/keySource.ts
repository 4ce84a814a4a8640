import { CloudError, UserError } from "../errors";
import { failureOf } from "../exchange";
import type { FoundKeys } from "../profileFiles";
import type { CredentialSource, Credentials } from "../settings";
import type { AlibabaKeys, KeyServices } from "./keys";

/** The keys of an account, renewed before they expire. Nothing is requested before the first call. */
export function keySource({ keys, origin }: FoundKeys<AlibabaKeys>, services: KeyServices): CredentialSource {
    if (keys.kind === "static") {
        const { accessKeyId, accessKeySecret, securityToken } = keys;
        return async () => ({ accessKeyId, accessKeySecret, securityToken });
    }
    let opening: Promise<CredentialSource> | undefined;
    let running: Promise<Credentials> | undefined;

    async function ask(): Promise<Credentials> {
        try {
            opening ??= open();
            return await (await opening)();
        } catch (error) {
            if (error instanceof CloudError || error instanceof UserError) throw error;
            // Without the original message and cause, because they quote answers that contain secrets.
            throw new UserError(`${origin}: ${reasonFor(keys, failureOf(error))}`);
        }
    }

    /** Loaded only if needed: most runs have static keys. */
    async function open(): Promise<CredentialSource> {
        const { openKeys } = await import("./openKeys.js");
        return openKeys(keys, origin, services);
    }

    return () => {
        // Simultaneous requests share one call.
        running ??= ask().finally(() => {
            running = undefined;
        });
        return running;
    };
}

function reasonFor(keys: AlibabaKeys, code: string): string {
    if (keys.kind === "command")
        return "the command failed or printed no credentials: run it by hand to see the reason";
    if (keys.kind === "oidc" && /^E[A-Z]+$/.test(code)) {
        return `the token file ${keys.tokenFile} cannot be read (${code}): correct its path or its permissions`;
    }
    return "the answer contains no valid credentials: check the service that answers there";
}
