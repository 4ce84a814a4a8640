import { type Backup, type BackupDisk, systemDiskOf } from "../models/backup";
import { totalSizeGiB } from "../models/disks";
import { withOffset } from "../times";
import { cbrProvider } from "./service";

const osImages = ({ imageId }: Backup) => (imageId === null ? [] : [{ image_id: imageId }]);

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

/** A CBR backup as returned by GET /v3/{project_id}/backups/{id}. */
export function cbrDocument(backup: Backup): Record<string, unknown> {
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
            contain_system_disk: systemDiskOf(backup) !== undefined,
            support_lld: true,
            app_consistency: { app_consistency: "0", app_consistency_status: "0" },
            os_images_data: osImages(backup),
        },
        children: backup.disks.map((disk) => childDocument(backup, disk)),
    };
}
