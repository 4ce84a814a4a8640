import type { Backup } from "../models/backup";
import { totalSizeGiB } from "../models/disks";
import { flavorOf } from "../models/flavors";
import { inMicroseconds } from "../times";

const osImages = ({ imageId }: Backup) => (imageId === null ? [] : [{ image_id: imageId }]);

/** A CSBS backup as returned by GET /v1/{project_id}/checkpoint_items/{id}. IMS expects its id as the backup id. */
export function csbsDocument(backup: Backup): Record<string, unknown> {
    const flavor = flavorOf(backup.server.flavor);
    const sizeMiB = totalSizeGiB(backup.disks) * 1024;
    const isDone = backup.status === "available";
    return {
        id: backup.id,
        checkpoint_id: backup.checkpointId,
        name: backup.name,
        description: backup.description,
        status: backup.status,
        resource_id: backup.server.id,
        resource_type: "OS::Nova::Server",
        created_at: inMicroseconds(backup.createdAt),
        updated_at: inMicroseconds(backup.updatedAt),
        tags: backup.tags,
        backup_data: {
            __openstack_region_name: "",
            cloudservicetype: "QEMU",
            imagetype: backup.sourceImageType,
            ram: flavor?.ramMiB ?? 0,
            vcpus: flavor?.vcpus ?? 0,
            disk: 0,
            eip: "",
            private_ip: backup.server.address,
        },
        extend_info: {
            resource_az: backup.availabilityZone,
            resource_name: backup.server.name,
            image_type: "backup",
            progress: isDone ? 100 : 0,
            size: isDone ? sizeMiB : 0,
            taskid: backup.checkpointId,
            fail_op: "",
            fail_reason: "",
            fail_code: null,
            copy_status: "na",
            supported_restore_mode: backup.restoreMode,
            support_lld: true,
            os_images_data: osImages(backup),
            volume_backups: backup.disks.map((disk) => ({
                id: disk.id,
                name: disk.volumeName,
                status: backup.status,
                bootable: disk.bootable,
                source_volume_id: disk.volumeId,
                source_volume_name: disk.volumeName,
                source_volume_size: disk.sizeGiB,
                snapshot_id: disk.snapshotId,
                image_type: "backup",
                incremental: false,
                size: isDone ? disk.sizeGiB * 1024 : 0,
            })),
        },
    };
}
