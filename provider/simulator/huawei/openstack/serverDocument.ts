import { serverDocument } from "../ecs/serverDocument";
import type { Operation } from "../gateway/operation";
import { disksOf } from "../models/disks";
import { flavorOf } from "../models/flavors";
import type { Server } from "../models/server";
import { linksOf } from "./links";

/** A server as Nova returns it: without the additions of ECS, and with numbers as numbers. */
export function nativeServerDocument(operation: Operation, server: Server): Record<string, unknown> {
    const { store } = operation;
    const { enterprise_project_id: _, sys_tags: __, ...document } = serverDocument(store, server);
    const flavor = flavorOf(server.flavor);
    return {
        ...document,
        flavor: {
            id: server.flavor,
            original_name: server.flavor,
            vcpus: flavor?.vcpus ?? 0,
            ram: flavor?.ramMiB ?? 0,
            disk: 0,
            links: linksOf(operation, "v2.1", "flavors", server.flavor).slice(1),
        },
        image: { id: server.image.id, links: linksOf(operation, "v2.1", "images", server.image.id).slice(1) },
        addresses: {
            [server.vpcId]: server.nics.map((nic) => ({
                version: 4,
                addr: nic.address,
                "OS-EXT-IPS-MAC:mac_addr": nic.macAddress,
                "OS-EXT-IPS:type": "fixed",
            })),
        },
        security_groups: server.securityGroups.map((id) => ({ name: id })),
        links: linksOf(operation, "v2.1", "servers", server.id),
        "os-extended-volumes:volumes_attached": disksOf(store, server.id).map(({ id, attachment }) => ({
            id,
            delete_on_termination: attachment.deleteOnTermination,
        })),
    };
}
