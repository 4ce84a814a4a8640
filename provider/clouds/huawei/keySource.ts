import type { Time } from "../../core/time";
import type { FoundKeys } from "../profileFiles";
import type { CredentialSource } from "../settings";
import type { HuaweiKeys, KeyServices, TemporaryKeys } from "./keys";

/** How long before they expire keys are renewed. Milliseconds. */
const marginMs = 15 * 60_000;

/** The keys of an account, renewed before they expire. Nothing is requested before the first call. */
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

/** Requests new keys when the keys are about to expire. While the old keys are valid, a failed renewal is ignored. */
function renewed(time: Time, ask: () => Promise<TemporaryKeys>): CredentialSource {
    let last: TemporaryKeys | undefined;
    let running: Promise<TemporaryKeys> | undefined;
    return async () => {
        if (last && time.now() < last.expiresAt - marginMs) return last;
        // Simultaneous requests share one call.
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
