import type { Shelf } from "../core/objects";
import { totalSizeGiB } from "./attachments";
import { imagesFrom } from "./backups";
import { flavorOf } from "./flavors";
import type { Backup, BackupDisk } from "./objects";
import { inMicroseconds, withOffset } from "./times";

/** CBR's own number for server backups (CBRD). */
export const cbrProvider = "0daac4c5-6707-4851-97ba-169e36266b66";
/** CSBS's own number (CSBSD). */
export const csbsProvider = "fc4d5750-22e7-4798-8a46-f48f62c4c1da";

const osImages = (shelf: Shelf, backup: Backup) => imagesFrom(shelf, backup.id).map(({ id }) => ({ image_id: id }));

function childDocument(backup: Backup, disk: BackupDisk): Record<string, unknown> {
    return {
        id: disk.id,
        parent_id: backup.id,
        checkpoint_id: backup.checkpointId,
        vault_id: backup.vaultId,
        provider_id: cbrProvider,
        project_id: backup.projectId,
        resource_type: "OS::Cinder::Volume",
        resource_id: disk.volumeId,
        resource_name: disk.volumeName,
        resource_size: disk.sizeGiB,
        resource_az: backup.availabilityZone,
        status: backup.status,
        image_type: "backup",
        name: backup.name,
        created_at: withOffset(backup.createdAt),
        children: [],
        extend_info: { bootable: disk.bootable, snapshot_id: disk.snapshotId, encrypted: false },
    };
}

/** A CBR backup as GET /v3/{project_id}/backups/{id} shows it. */
export function cbrDocument(shelf: Shelf, backup: Backup): Record<string, unknown> {
    return {
        id: backup.id,
        checkpoint_id: backup.checkpointId,
        vault_id: backup.vaultId,
        provider_id: cbrProvider,
        project_id: backup.projectId,
        enterprise_project_id: "0",
        resource_id: backup.server.id,
        resource_name: backup.server.name,
        resource_type: "OS::Nova::Server",
        resource_size: totalSizeGiB(backup.disks),
        resource_az: backup.availabilityZone,
        image_type: "backup",
        status: backup.status,
        name: backup.name,
        description: backup.description,
        parent_id: null,
        created_at: withOffset(backup.createdAt),
        updated_at: withOffset(backup.updatedAt),
        protected_at: withOffset(backup.createdAt),
        expired_at: null,
        replication_records: [],
        extend_info: {
            auto_trigger: false,
            supported_restore_mode: backup.restoreMode,
            contain_system_disk: backup.disks.some((disk) => disk.bootable),
            support_lld: true,
            incremental: false,
            app_consistency: { app_consistency: "0", app_consistency_status: "0" },
            os_images_data: osImages(shelf, backup),
        },
        children: backup.disks.map((disk) => childDocument(backup, disk)),
    };
}

/** A CSBS backup as GET /v1/{project_id}/checkpoint_items/{id} shows it; its id is the backup id that IMS wants. */
export function csbsDocument(shelf: Shelf, backup: Backup): Record<string, unknown> {
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
        tags: [],
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
            os_images_data: osImages(shelf, backup),
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
