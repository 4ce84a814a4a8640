import type { DynamicProvider } from "./adapter";
import { shownProblem } from "./inputProblems";
import type { Properties } from "./plainJson";

/** The clouds that a resource's `cloud` argument can name. */
type CloudType = "alibaba" | "huawei";

function cloudTypeOf({ cloud }: Properties): unknown {
    return typeof cloud === "object" && cloud !== null && "type" in cloud ? cloud.type : undefined;
}

/**
 * A resource that has other arguments in each cloud. The provider of the cloud in its `cloud` argument serves it. A
 * change of the cloud replaces the object, so the old object is deleted in the old cloud.
 */
export function byCloud(providers: Record<CloudType, DynamicProvider>): DynamicProvider {
    const find = (properties: Properties) => {
        const type = cloudTypeOf(properties);
        return type === "alibaba" || type === "huawei" ? providers[type] : undefined;
    };
    const of = (properties: Properties) => {
        const provider = find(properties);
        if (provider) return provider;
        throw new Error(
            "the resource has an unknown cloud: use the version of pulumi-machine-images that created the resource",
        );
    };
    return {
        configure: (request) => {
            for (const provider of Object.values(providers)) provider.configure(request);
        },
        async check(olds, news) {
            const provider = find(news);
            if (provider) return provider.check(olds, news);
            const reason = "must be alibaba({ … }) or huawei({ … })";
            return { inputs: news, failures: [shownProblem({ property: "cloud", reason })] };
        },
        diff: (id, olds, news) => of(news).diff(id, olds, news),
        create: (news) => of(news).create(news),
        read: (id, olds) => of(olds).read(id, olds),
        update: (id, olds, news) => of(news).update(id, olds, news),
        delete: (id, olds) => of(olds).delete(id, olds),
        cleanUp: (begun, how) => (find(begun.inputs) ?? providers.alibaba).cleanUp(begun, how),
    };
}
