// Bodies in the forms of docs/reference/ims.md#image-fields and docs/reference/csbs-cbr.md#cbr-backups.
export const imageId = "17b7bdeb-2e72-43a0-a202-d36ce344e902";
export const backupId = "6df2b54c-dd62-4059-a07c-1b8f24f2725d";
export const serverId = "94eba8b2-acc9-4d82-badc-127144cc5526";

export const wholeImage = {
    schema: "/v2/schemas/image",
    id: imageId,
    self: `/v2/images/${imageId}`,
    name: "app01-whole",
    owner: "0b1e494e2660441a957313163095fe5c",
    status: "active",
    visibility: "private",
    protected: false,
    disk_format: "zvhd2",
    min_disk: 40,
    min_ram: 0,
    max_ram: "4096",
    size: 0,
    virtual_size: null,
    created_at: "2024-11-06T06:28:15Z",
    updated_at: "2024-11-06T06:37:03Z",
    tags: [],
    __whole_image: "true",
    __backup_id: backupId,
    __data_origin: `server_backup,${backupId}`,
    __imagetype: "private",
    __os_type: "Linux",
    __os_version: "Ubuntu 22.04 server 64bit",
    __description: "Create an image from an ECS",
    __image_size: "449261568",
    enterprise_project_id: "0",
};

function volumeBackup(volume: string, size: number, bootable: boolean, snapshot: string) {
    const extend_info = { bootable, snapshot_id: snapshot, encrypted: false };
    const resource_type = "OS::Cinder::Volume";
    return { id: `b-${volume}`, resource_type, resource_id: volume, resource_size: size, children: [], extend_info };
}

export const cbrBackup = {
    id: backupId,
    checkpoint_id: "8b0851a8-adf3-4f4c-a914-dead08bf9664",
    vault_id: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
    provider_id: "0daac4c5-6707-4851-97ba-169e36266b66",
    resource_id: serverId,
    resource_name: "ecs-1f0f",
    resource_type: "OS::Nova::Server",
    resource_size: 140,
    resource_az: "eu-de-01",
    image_type: "backup",
    status: "available",
    created_at: "2019-05-10T07:59:12.085+00:00",
    extend_info: { supported_restore_mode: "backup", os_images_data: [{ image_id: imageId }] },
    children: [volumeBackup("vol-system", 40, true, "snap-system"), volumeBackup("vol-data", 100, false, "snap-data")],
};

export const csbsBackup = {
    id: "7b99acfd-18c3-4f26-9d39-b4ebd2ea3e12",
    checkpoint_id: "2eefe592-8424-4778-8d0d-962c8a5dd6a4",
    status: "available",
    resource_type: "OS::Nova::Server",
    resource_id: "f8ddc472-cf00-4384-851e-5f2a68c33762",
    name: "backup-c2c",
    created_at: "2018-08-14T07:53:15.663766",
    tags: [],
    extend_info: {
        resource_az: "eu-de-02",
        supported_restore_mode: "backup",
        os_images_data: [],
        volume_backups: [
            {
                id: "2422bc5e-4cde-4420-964d-30b7347042a7",
                bootable: true,
                source_volume_id: "c14856d0-07e8-453b-a442-444086cbad04",
                source_volume_size: 24,
                snapshot_id: "c18513c3-1ab9-46e3-979b-7cad7c52e516",
                status: "available",
                size: 47960,
            },
        ],
    },
};

export const failedJob = {
    job_id: "9a175ac792fa12d201930028cddb29c6",
    job_type: "imsCreateWholeImageByInstanceJob",
    begin_time: "2024-11-06T06:28:14.425Z",
    end_time: "2024-11-06T06:29:01.002Z",
    status: "FAIL",
    error_code: "IMG.0182",
    fail_reason: "Insufficient vault capacity. Please expand the capacity.",
    entities: { image_name: "app01-whole" },
};

export const server = {
    id: serverId,
    name: "clone-1",
    status: "ACTIVE",
    created: "2024-11-06T06:28:15Z",
    flavor: { id: "s3.large.1", name: "s3.large.1", vcpus: "2", ram: "2048" },
    image: { id: imageId },
    metadata: { image_name: "app01-whole", "metering.image_id": imageId, os_type: "Linux", vpc_id: "vpc-1" },
    "OS-EXT-STS:vm_state": "active",
    "OS-EXT-STS:task_state": null,
    "OS-EXT-AZ:availability_zone": "eu-de-01",
    "os-extended-volumes:volumes_attached": [
        { id: "vol-system", device: "/dev/vda", bootIndex: "0", delete_on_termination: "true" },
        { id: "vol-data", device: "/dev/vdb", bootIndex: null, delete_on_termination: "false" },
    ],
    addresses: {
        "vpc-1": [
            { addr: "192.168.0.5", version: "4", "OS-EXT-IPS:type": "fixed" },
            { addr: "203.0.113.7", version: "4", "OS-EXT-IPS:type": "floating" },
        ],
    },
    tags: ["team=web", "plain"],
};
