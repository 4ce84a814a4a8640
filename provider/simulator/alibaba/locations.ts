import type { Kind } from "../core/kinds";
import type { Locate } from "./gateway/operation";
import { missingParameter, type Parameter } from "./gateway/parameters";

/**
 * The region of the caller's own object that a parameter names. In the cloud the endpoint says the region, so that
 * clients leave RegionId out: ECS documents none for these operations, and terraform-provider-alicloud sends
 * ModifyImageShareStatus of SWAS without it.
 */
export function regionBy<T>(parameter: string, kind: Kind<T>): Locate {
    return (sim, account, given) => {
        const found = sim.registry.find("alibaba", kind, given.get(parameter) ?? "");
        return found?.scope.account === account ? found.scope.region : undefined;
    };
}

/** A RegionId that is needed only when the object is not named that would say it. */
export function regionUnlessBy(parameter: string): Parameter<string | undefined> {
    return {
        isId: false,
        read: (given, name) => {
            const region = given.get(name) || undefined;
            if (region === undefined && !given.get(parameter)) throw missingParameter(name);
            return region;
        },
    };
}
