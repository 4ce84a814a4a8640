import type { Kind } from "../core/kinds";
import type { Locate } from "./gateway/operation";
import { missingParameter, type Parameter } from "./gateway/parameters";
import { regions } from "./regions";

/** The id in a parameter, or the first id of its list: `["a","b"]`, or `ResourceId.1=a`. */
function firstIdOf(given: ReadonlyMap<string, string>, parameter: string): string {
    const value = given.get(parameter) ?? given.get(`${parameter}.1`) ?? "";
    return /^\s*\[\s*"([^"\\]*)"/.exec(value)?.[1] ?? value;
}

/** The region in a label of the host: swas.cn-hangzhou.aliyuncs.com, ecs-cn-hangzhou.aliyuncs.com. */
export function regionOfHost(host: string): string | undefined {
    const labels = host.toLowerCase().split(/[.:]/);
    return regions.find(({ id }) => labels.some((label) => label === id || label.endsWith(`-${id}`)))?.id;
}

/**
 * The region of the caller's own object that a parameter names. In the cloud, the endpoint determines the region, so
 * clients omit RegionId: ECS documents none for these operations, and terraform-provider-alicloud sends
 * ModifyImageShareStatus of SWAS without it.
 */
export function regionBy<T>(parameter: string, kind: Kind<T>): Locate {
    return (sim, account, given) => {
        const found = sim.registry.find("alibaba", kind, firstIdOf(given, parameter));
        return found?.scope.account === account ? found.scope.region : undefined;
    };
}

/** The first region that one of them returns. */
export function firstRegionOf(...locates: readonly Locate[]): Locate {
    return (sim, account, given) => {
        for (const locate of locates) {
            const region = locate(sim, account, given);
            if (region !== undefined) return region;
        }
        return undefined;
    };
}

/** A RegionId that is required only if no parameter names an object whose region is known. */
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
