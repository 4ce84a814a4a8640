import type { EcsInstance, RunInstancesRequest } from "../../clouds/alibaba/ecs/instances";
import { isGone } from "../../clouds/alibaba/failures";
import type { AlibabaRegion } from "../../clouds/connect";
import { UserError } from "../../clouds/errors";
import { ecsImages } from "../images/ecsImages";
import { ignoreNotFound } from "../notFound";
import { expectedMs } from "../polling/expectedDurations";
import { ecsInstanceTagging } from "../tags/alibabaTagging";
import type { SeenServer, ServerService } from "./service";

/** An instance of ECS. */
export type EcsServer = EcsInstance & SeenServer;

function seen(instance: EcsInstance): EcsServer {
    const isReady = instance.status === "Running" || instance.status === "Stopped";
    return {
        ...instance,
        id: instance.instanceId,
        name: instance.instanceName,
        condition: isReady ? "ready" : "pending",
        note: "",
    };
}

/** An account's instances in ECS of one region. */
export function ecsServers(
    region: AlibabaRegion,
): ServerService<EcsServer, Omit<RunInstancesRequest, "clientToken" | "instanceName" | "tags">> {
    const { ecs } = region;
    return {
        region: region.region,
        noun: "instance",
        expectedMs: expectedMs.ecsInstance,
        images: ecsImages(region),
        async find(id) {
            const instance = await ecs.instance(id);
            return instance && seen(instance);
        },
        isGone,
        asks: ecs.instance,
        all: async () => (await ecs.allInstances()).map(seen),

        async order(request, { name, tags, clientToken }) {
            const [started] = await ecs.runInstances({ ...request, instanceName: name, tags, clientToken });
            if (started !== undefined) return started;
            throw new UserError(
                "ECS started an instance but returned no instance id. Look for the instance in the console",
            );
        },

        tagging: (id) => ecsInstanceTagging(region, id),
        ending: { noun: "deletion", doing: "deleting the instance" },

        async askForDeletion({ id }) {
            await ignoreNotFound(isGone, () => ecs.deleteInstance({ instanceId: id, force: true }));
            return true;
        },
    };
}
