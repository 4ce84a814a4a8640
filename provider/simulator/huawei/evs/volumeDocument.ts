import type { Volume } from "../models/volume";
import { inMicroseconds } from "../times";

/** A disk as EVS returns it. It does not contain what the guest finds on the disk. */
export function volumeDocument(volume: Volume): Record<string, unknown> {
    const { attachment } = volume;
    return {
        id: volume.id,
        name: volume.name,
        description: volume.description,
        status: volume.status,
        size: volume.sizeGiB,
        volume_type: volume.type,
        availability_zone: volume.availabilityZone,
        bootable: String(volume.bootable),
        multiattach: volume.multiattach,
        shareable: String(volume.multiattach),
        encrypted: false,
        snapshot_id: volume.snapshotId,
        source_volid: null,
        metadata: volume.metadata,
        attachments: attachment
            ? [
                  {
                      id: volume.id,
                      attachment_id: attachment.id,
                      volume_id: volume.id,
                      server_id: attachment.serverId,
                      device: attachment.device,
                      host_name: null,
                      attached_at: inMicroseconds(volume.createdAt),
                  },
              ]
            : [],
        ...(volume.imageId === null ? {} : { volume_image_metadata: { image_id: volume.imageId } }),
        tags: {},
        enterprise_project_id: "0",
        "os-vol-tenant-attr:tenant_id": volume.projectId,
        created_at: inMicroseconds(volume.createdAt),
        updated_at: inMicroseconds(volume.createdAt),
        links: [],
    };
}

/** A disk in a list without details. */
export function volumeSummary({ id, name }: Volume): Record<string, unknown> {
    return { id, name, links: [] };
}
