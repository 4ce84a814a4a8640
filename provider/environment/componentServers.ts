import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../clouds/cloud";
import { EcsInstance } from "../resources/ecsInstance";
import { HuaweiServer } from "../resources/huaweiServer";
import { SimpleServer } from "../resources/simpleServer";
import { SystemDiskReplacement } from "../resources/systemDiskReplacement";
import type { Below, ComponentImages } from "./componentImages";
import { cloudOfServer } from "./model";
import type { ReadModel } from "./readEnvironment";
import type { DeclaredServer } from "./servers";

/** A server of an environment. */
export type EnvironmentServer = SimpleServer | EcsInstance | HuaweiServer;

/** Makes the servers of an environment, by their names in the file. */
export function componentServers(
    model: ReadModel,
    images: ComponentImages,
    below: Below,
): Record<string, EnvironmentServer[]> {
    return Object.fromEntries(
        [...model.servers].map(([name, declared]) => {
            const cloud = cloudOfServer(model, declared);
            if (!cloud) throw new pulumi.RunError(`servers.${name} has no cloud`);
            const isProtected = model.forbiddenDeletes.includes("servers") ? true : undefined;
            const deleteProtection = declared.deleteProtection ?? isProtected;
            return [name, fleet(name, { ...declared, deleteProtection }, { cloud, images, below })];
        }),
    );
}

/** Where and below what servers are made. */
interface Place {
    cloud: Cloud;
    images: ComponentImages;
    below: Below;
}

/** The servers of one name, batch by batch: the next ones wait for those before them. */
function fleet(name: string, declared: DeclaredServer, place: Place): EnvironmentServer[] {
    const { count, rollout } = declared;
    const batch = rollout?.batch ?? Number.POSITIVE_INFINITY;
    const servers: EnvironmentServer[] = [];
    let before: pulumi.Resource[] = [];
    let now: pulumi.Resource[] = [];
    for (let number = 1; number <= (count ?? 1); number++) {
        const ending = count === undefined ? "" : `-${number}`;
        const options = { parent: place.below.parent, dependsOn: before };
        const { server, resources } = single(`${place.below.name}-${name}`, ending, declared, place, options);
        servers.push(server);
        now.push(...resources);
        if (number % batch === 0) [before, now] = [now, []];
    }
    return servers;
}

/** One server, and what wipes its system disk when the image becomes another. */
function single(
    name: string,
    ending: string,
    declared: DeclaredServer,
    { cloud, images }: Place,
    options: pulumi.CustomResourceOptions,
) {
    const { onImageChange = "replace" } = declared;
    const image = images.reference(declared.image, { kind: declared.kind, cloud });
    const resource = `${name}${ending}`;
    const isKept = onImageChange !== "replace";
    const server = make(
        resource,
        ending,
        declared,
        { cloud, image },
        {
            ...options,
            ignoreChanges: isKept ? ["image"] : [],
        },
    );
    if (onImageChange !== "reset-system") return { server, resources: [server] };
    const wipe = new SystemDiskReplacement(
        `${resource}-system`,
        cloud.type === "huawei"
            ? { cloud, server: server.id, image, confirmWipe: true }
            : { cloud, server: server.id, image, confirmWipe: true },
        options,
    );
    return { server, resources: [server, wipe] };
}

function make(
    resource: string,
    ending: string,
    declared: DeclaredServer,
    { cloud, image }: { cloud: Cloud; image: ReturnType<ComponentImages["reference"]> },
    options: pulumi.CustomResourceOptions,
): EnvironmentServer {
    const { name, tags, deleteProtection, timeouts } = declared;
    const common = {
        ...{ image, tags, deleteProtection },
        name: name === undefined || ending === "" ? name : pulumi.interpolate`${name}${ending}`,
        timeouts: timeouts && pulumi.output(timeouts),
    };
    if (declared.kind === "HuaweiServer" && cloud.type === "huawei") {
        const { flavor, vpc, subnet, systemDisk, availabilityZone, onDelete } = declared;
        const own = { flavor, vpc, subnet, systemDisk, availabilityZone, onDelete };
        return new HuaweiServer(resource, { ...common, ...own, cloud }, options);
    }
    if (declared.kind === "HuaweiServer" || cloud.type === "huawei") {
        throw new pulumi.RunError(`${resource}: a ${declared.kind} cannot be in a cloud of type ${cloud.type}`);
    }
    if (declared.kind === "EcsInstance") {
        const { instanceType, securityGroup, vSwitch, systemDiskGiB } = declared;
        return new EcsInstance(
            resource,
            { ...common, instanceType, securityGroup, vSwitch, systemDiskGiB, cloud },
            options,
        );
    }
    const { plan, months, dataDiskGiB, onDelete } = declared;
    const own = { plan, months, dataDiskGiB, onDelete: onDelete && pulumi.output(onDelete) };
    return new SimpleServer(resource, { ...common, ...own, cloud }, options);
}
