import { partner, serverRequest } from "../client.ts";
import type { Ids } from "./ids.ts";

type Body = (ids: Ids) => unknown;

const tag = { key: "intruder", value: "intruder" };
const image = { name: "intruder" };
const share = ({ image_id, project_id }: Ids) => ({ images: [image_id], projects: [project_id] });
const answer = { status: "accepted" } as const;
const protectedServer = (id: string) => ({ resources: [{ id, type: "OS::Nova::Server" }] });

const newVault = ({ server_id }: Ids) => ({
    vault: {
        name: "intruder",
        billing: { object_type: "server", protect_type: "backup", size: 100 },
        ...protectedServer(server_id),
    },
});

/** Valid bodies of operations with every id that they can name, by operation. Some have several. */
export const bodies: Readonly<Record<string, readonly Body[]>> = {
    "iam.CreateToken": [
        ({ project_id }) => ({
            auth: {
                identity: {
                    methods: ["password"],
                    password: {
                        user: {
                            name: "partner-admin",
                            password: "simulated-huawei-password-2",
                            domain: { name: "partner" },
                        },
                    },
                },
                scope: { project: { id: project_id } },
            },
        }),
    ],
    "ims.CreateWholeImage": [
        ({ server_id, vault_id }) => ({ ...image, instance_id: server_id, vault_id }),
        ({ backup_id }) => ({ ...image, backup_id, whole_image_type: "CBR" }),
        ({ checkpoint_item_id }) => ({ ...image, backup_id: checkpoint_item_id, whole_image_type: "CSBS" }),
    ],
    "ims.CreateImage": [
        ({ server_id }) => ({ ...image, instance_id: server_id }),
        ({ volume_id }) => ({ ...image, volume_id, os_version: "CentOS 7.9 64bit" }),
        ({ volume_id }) => ({ data_images: [{ ...image, volume_id }] }),
    ],
    "ims.CreateDataImage": [() => ({ ...image, image_url: "bucket:file", min_disk: 10 })],
    "ims.GlanceCreateImageMetadata": [() => image, ({ project_id }) => ({ ...image, owner: project_id })],
    "ims.GlanceUploadImage": [() => "intruder"],
    "ims.RegisterImage": [() => ({ image_url: "bucket:file" })],
    "ims.UpdateImage": [() => [{ op: "replace", path: "/name", value: "intruder" }]],
    "ims.GlanceUpdateImage": [() => [{ op: "replace", path: "/name", value: "intruder" }]],
    "ims.DeleteImage": [() => ({ delete_backup: true })],
    "ims.AddImageTag": [() => ({ tag })],
    "ims.DeleteImageTag": [() => undefined],
    "ims.BatchAddOrDeleteTags": [
        () => ({ action: "create", tags: [tag] }),
        () => ({ action: "delete", tags: [{ key: "secret-key" }] }),
    ],
    "ims.ListImageByTags": [() => ({ action: "filter", tags: [{ key: "secret-key" }] })],
    "ims.AddOrUpdateTag": [({ image_id }) => ({ image_id, image_tag: tag })],
    "ims.GlanceAddTag": [() => undefined],
    "ims.GlanceDeleteTag": [() => undefined],
    "ims.CopyImageCrossRegion": [
        () => ({ ...image, region: "eu-nl", project_name: "eu-nl", agency_name: "ims_admin_agency" }),
    ],
    "ims.CopyImageInRegion": [() => image],
    "ims.ExportImage": [() => ({ bucket_url: "bucket:file", file_format: "qcow2" })],
    "ims.GlanceAddMember": [() => ({ member: partner.project })],
    "ims.GlanceUpdateMember": [({ vault_id }) => ({ ...answer, vault_id })],
    "ims.GlanceDeleteMember": [() => undefined],
    "ims.AddMembers": [share, (ids) => share({ ...ids, project_id: partner.project })],
    "ims.DeleteMembers": [share],
    "ims.UpdateMembers": [
        ({ image_id, vault_id }) => ({ images: [image_id], project_id: partner.project, ...answer, vault_id }),
        ({ image_id, vault_id, project_id }) => ({ images: [image_id], project_id, ...answer, vault_id }),
    ],
    "cbr.CreateVault": [newVault],
    "cbr.UpdateVault": [() => ({ vault: { name: "intruder", billing: { size: 2000 } } })],
    "cbr.DeleteVault": [() => undefined],
    "cbr.AddVaultResource": [({ server_id }) => protectedServer(server_id)],
    "cbr.RemoveVaultResource": [({ server_id }) => ({ resource_ids: [server_id] })],
    "cbr.CreateCheckpoint": [
        ({ vault_id, server_id }) => ({ checkpoint: { vault_id, parameters: { resources: [server_id] } } }),
        ({ server_id }) => ({ checkpoint: { vault_id: partner.vault, parameters: { resources: [server_id] } } }),
    ],
    "cbr.DeleteBackup": [() => undefined],
    "cbr.AddMember": [() => ({ members: [partner.project] })],
    "cbr.UpdateMemberStatus": [({ vault_id }) => ({ ...answer, vault_id })],
    "cbr.DeleteMember": [() => undefined],
    "csbs.CheckProtectable": [
        ({ server_id }) => ({ check_protectable: [{ resource_id: server_id, resource_type: "OS::Nova::Server" }] }),
    ],
    "csbs.CreateBackup": [() => ({ protect: { backup_name: "intruder" } })],
    "csbs.DeleteBackup": [() => undefined],
    "ecs.CreateServer": [({ image_id }) => serverRequest(image_id)],
    "ecs.UpdateServer": [() => ({ server: { name: "intruder" } })],
    "ecs.NovaUpdateServer": [() => ({ server: { name: "intruder" } })],
    "ecs.NovaDeleteServer": [() => undefined],
    "ecs.BatchCreateOrDeleteServerTags": [() => ({ action: "delete", tags: [{ key: "secret-key" }] })],
    "ecs.DeleteServer": [({ server_id }) => ({ servers: [{ id: server_id }], delete_volume: true })],
    "ecs.PowerServers": [
        ({ server_id }) => ({ "os-stop": { servers: [{ id: server_id }] } }),
        ({ server_id }) => ({ reboot: { servers: [{ id: server_id }] } }),
    ],
    "ecs.NovaActOnServer": [() => ({ "os-stop": {} }), () => ({ createImage: { name: "intruder" } })],
    "ecs.AttachServerVolume": [({ volume_id }) => ({ volumeAttachment: { volumeId: volume_id } })],
    "ecs.DetachServerVolume": [() => undefined],
    "ecs.ChangeServerOs": [({ image_id }) => ({ "os-change": { imageid: image_id, mode: "withStopServer" } })],
    "evs.CreateVolume": [
        ({ snapshot_id }) => ({
            volume: { availability_zone: "eu-de-01", volume_type: "SSD", size: 10, snapshot_id },
        }),
    ],
    "evs.CinderDeleteVolume": [() => undefined],
    "evs.DeleteVolume": [() => undefined],
    "evs.CreateSnapshot": [({ volume_id }) => ({ snapshot: { volume_id, name: "intruder" } })],
    "evs.DeleteSnapshot": [() => undefined],
};
