import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../clouds/cloud";
import { EcsInstance } from "../resources/ecsInstance";
import { HuaweiServer } from "../resources/huaweiServer";
import { type ImageKind, imageInputs } from "../resources/imageReference";
import { RolloutPause } from "../resources/rolloutPause";
import { SimpleServer } from "../resources/simpleServer";
import { SystemDiskReplacement } from "../resources/systemDiskReplacement";
import type { Below, ComponentImages } from "./componentImages";
import { cloudOfServer } from "./model";
import type { ReadModel } from "./readEnvironment";
import type { DeclaredServer } from "./servers";

/** A server of an environment. */
export type EnvironmentServer = SimpleServer | EcsInstance | HuaweiServer;

/** Creates the servers of an environment, by name in the file. */
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

/** Where servers are created, and the component that owns them. */
interface Place {
    cloud: Cloud;
    images: ComponentImages;
    below: Below;
}

/** The servers of one name, batch by batch. Each batch waits for the one before it. */
function fleet(name: string, declared: DeclaredServer, place: Place): EnvironmentServer[] {
    const { count = 1, rollout } = declared;
    const batch = rollout?.batch ?? Number.POSITIVE_INFINITY;
    const resource = `${place.below.name}-${name}`;
    const servers: EnvironmentServer[] = [];
    let before: pulumi.Resource[] = [];
    let now: Single[] = [];
    for (let number = 1; number <= count; number++) {
        const ending = declared.count === undefined ? "" : `-${number}`;
        const created = single(resource, ending, declared, place, { parent: place.below.parent, dependsOn: before });
        servers.push(created.server);
        now.push(created);
        if (number % batch !== 0 || number === count) continue;
        const pauses = pauseAfter(now, `${resource}-pause-${number / batch}`, rollout?.pause, place.below.parent);
        before = [...now.flatMap(({ resources }) => resources), ...pauses];
        now = [];
    }
    return servers;
}

/** The pause after a batch, if the rollout has one. The next batch waits for it. */
function pauseAfter(
    batch: readonly Single[],
    resource: string,
    pause: NonNullable<DeclaredServer["rollout"]>["pause"],
    parent: pulumi.Resource,
): pulumi.Resource[] {
    if (pause === undefined) return [];
    const after = Object.assign({}, ...batch.map(({ has }) => has));
    const dependsOn = batch.flatMap(({ resources }) => resources);
    return [new RolloutPause(resource, { after, pause }, { parent, dependsOn })];
}

/** One server, and the resource that wipes its system disk when the image changes. */
interface Single {
    server: EnvironmentServer;
    resources: pulumi.Resource[];
    /** By resource: the id of the server, or of the image on its disk. */
    has: Record<string, pulumi.Input<string>>;
}

function single(
    name: string,
    ending: string,
    declared: DeclaredServer,
    { cloud, images }: Place,
    options: pulumi.CustomResourceOptions,
): Single {
    const { onImageChange = "replace" } = declared;
    const image = images.reference(declared.image, { kind: declared.kind, cloud }, declared.imageVersion);
    const resource = `${name}${ending}`;
    const ignoreChanges = onImageChange === "replace" ? [] : ["image"];
    const server = create(resource, ending, declared, { cloud, image }, { ...options, ignoreChanges });
    const has = { [resource]: server.id };
    if (onImageChange !== "reset-system") return { server, resources: [server], has };
    const wiped = { server: server.id, image, confirmWipe: true } as const;
    const wipe =
        cloud.type === "huawei"
            ? new SystemDiskReplacement(`${resource}-system`, { cloud, ...wiped }, options)
            : new SystemDiskReplacement(`${resource}-system`, { cloud, ...wiped }, options);
    const onDisk = imageInputs<ImageKind>(image).image;
    return { server, resources: [server, wipe], has: { ...has, [`${resource}-system`]: onDisk } };
}

function create(
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
