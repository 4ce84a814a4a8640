import type { RegionStore } from "../../core/objects";
import { disksOf } from "../models/disks";
import { flavorOf } from "../models/flavors";
import type { Server } from "../models/server";
import { inMicroseconds, inSeconds } from "../times";

/** Nova's vm_state and power_state for each status (docs/reference/huawei-servers.md#server-fields). */
const states: Record<Server["status"], { readonly vm: string; readonly power: number }> = {
    BUILD: { vm: "building", power: 0 },
    ACTIVE: { vm: "active", power: 1 },
    SHUTOFF: { vm: "stopped", power: 4 },
    REBOOT: { vm: "active", power: 1 },
    REBUILD: { vm: "stopped", power: 4 },
    ERROR: { vm: "error", power: 0 },
};

/** A server as returned by GET /v1/{project_id}/cloudservers/{id}. Numbers of the flavor are strings there. */
export function serverDocument(store: RegionStore, server: Server): Record<string, unknown> {
    const flavor = flavorOf(server.flavor);
    const { vm, power } = states[server.status];
    return {
        id: server.id,
        name: server.name,
        status: server.status,
        created: inSeconds(server.createdAt),
        updated: inSeconds(server.createdAt),
        tenant_id: server.projectId,
        user_id: "",
        hostId: "",
        host_status: "UP",
        progress: server.status === "BUILD" ? 0 : 100,
        accessIPv4: "",
        accessIPv6: "",
        key_name: server.keyName,
        description: server.description,
        locked: false,
        config_drive: "",
        enterprise_project_id: "0",
        flavor: {
            id: server.flavor,
            name: server.flavor,
            vcpus: String(flavor?.vcpus ?? 0),
            ram: String(flavor?.ramMiB ?? 0),
            disk: "0",
        },
        image: { id: server.image.id },
        metadata: {
            charging_mode: "0",
            image_name: server.image.name,
            "metering.image_id": server.image.id,
            "metering.imagetype": server.image.type,
            "metering.resourcespeccode": server.flavor,
            os_type: server.os.type,
            os_bit: "64",
            vpc_id: server.vpcId,
            ...server.metadata,
        },
        addresses: {
            [server.vpcId]: server.nics.map((nic, index) => ({
                version: "4",
                addr: nic.address,
                primary: index === 0,
                "OS-EXT-IPS-MAC:mac_addr": nic.macAddress,
                "OS-EXT-IPS:type": "fixed",
                "OS-EXT-IPS:port_id": nic.portId,
            })),
        },
        security_groups: server.securityGroups.map((id) => ({ id, name: id })),
        tags: server.tags,
        sys_tags: [{ key: "_sys_enterprise_project_id", value: "0" }],
        "OS-DCF:diskConfig": "MANUAL",
        "OS-EXT-AZ:availability_zone": server.availabilityZone,
        "OS-EXT-STS:vm_state": vm,
        "OS-EXT-STS:task_state": server.taskState,
        "OS-EXT-STS:power_state": power,
        "OS-EXT-SRV-ATTR:hostname": server.name,
        "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda",
        "OS-EXT-SRV-ATTR:user_data": null,
        "OS-SRV-USG:launched_at": inMicroseconds(server.createdAt),
        "OS-SRV-USG:terminated_at": null,
        "os-extended-volumes:volumes_attached": disksOf(store, server.id).map(({ id, attachment }) => ({
            id,
            device: attachment.device,
            bootIndex: String(attachment.bootIndex),
            delete_on_termination: String(attachment.deleteOnTermination),
        })),
    };
}
