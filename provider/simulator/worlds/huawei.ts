import type { HuaweiWorld } from "../huawei";

/** Tags by which an owner declares guest facts that the cloud cannot see. */
const guestTags = {
    offlineDisks: "machine-images.san-policy=OfflineShared",
    volumesAcrossDisks: "machine-images.volumes-across-disks=true",
} as const;

/** In addition to the default network of each region: the network of the examples, and one with short names. */
const networks = ["eu-de", "eu-nl"].flatMap((region) => [
    {
        id: "0dae26c9-9a70-4392-93f3-87d53115d171",
        region,
        subnets: [{ id: "157ee789-03ea-45b1-a698-76c92660dd83" }],
    },
    { id: "v", region, subnets: [{ id: "s" }] },
]);

/** The initial accounts and objects of Huawei Cloud: two accounts, two regions. */
export const defaultHuaweiWorld: HuaweiWorld = {
    domains: [
        {
            id: "d0000000000000000000000000000001",
            name: "golden",
            users: [
                {
                    id: "e0000000000000000000000000000001",
                    name: "golden-admin",
                    password: "simulated-huawei-password-1",
                    accessKeyId: "SIMULATEDHUAWEIKEY1",
                    accessKeySecret: "simulated-huawei-secret-1",
                },
            ],
            projects: [
                { id: "a0000000000000000000000000000001", region: "eu-de" },
                { id: "a0000000000000000000000000000002", region: "eu-nl" },
            ],
            servers: [
                {
                    id: "94eba8b2-acc9-4d82-badc-127144cc5526",
                    name: "erp-golden",
                    region: "eu-de",
                    availabilityZone: "eu-de-01",
                    os: "Linux",
                    status: "ACTIVE",
                    flavor: "s3.xlarge.2",
                    systemDiskGiB: 40,
                    dataDisks: [
                        { sizeGiB: 100, type: "SSD" },
                        { sizeGiB: 50, type: "SAS" },
                    ],
                    guest: {},
                    tags: [],
                },
                {
                    name: "web-golden",
                    region: "eu-de",
                    availabilityZone: "eu-de-02",
                    os: "Linux",
                    status: "ACTIVE",
                    flavor: "s3.large.2",
                    systemDiskGiB: 40,
                    dataDisks: [{ sizeGiB: 20, type: "SSD" }],
                    guest: {},
                    tags: [],
                },
                {
                    name: "lvm-golden",
                    region: "eu-de",
                    availabilityZone: "eu-de-01",
                    os: "Linux",
                    status: "ACTIVE",
                    flavor: "s3.large.2",
                    systemDiskGiB: 40,
                    dataDisks: [
                        { sizeGiB: 30, type: "SSD" },
                        { sizeGiB: 30, type: "SSD" },
                    ],
                    guest: { volumesAcrossDisks: true },
                    tags: [guestTags.volumesAcrossDisks],
                },
                {
                    name: "windows-golden",
                    region: "eu-de",
                    availabilityZone: "eu-de-01",
                    os: "Windows",
                    status: "ACTIVE",
                    flavor: "s3.xlarge.2",
                    systemDiskGiB: 60,
                    dataDisks: [{ sizeGiB: 80, type: "SSD" }],
                    guest: { sanPolicy: "OfflineShared" },
                    tags: [guestTags.offlineDisks],
                },
                {
                    name: "stopped-golden",
                    region: "eu-de",
                    availabilityZone: "eu-de-01",
                    os: "Linux",
                    status: "SHUTOFF",
                    flavor: "s3.large.2",
                    systemDiskGiB: 40,
                    dataDisks: [],
                    guest: {},
                    tags: [],
                },
            ],
            vpcs: networks,
            vaults: [
                {
                    id: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
                    name: "golden-backups",
                    region: "eu-de",
                    sizeGiB: 1000,
                    protectType: "backup",
                },
            ],
        },
        {
            id: "d0000000000000000000000000000002",
            name: "partner",
            users: [
                {
                    id: "e0000000000000000000000000000002",
                    name: "partner-admin",
                    password: "simulated-huawei-password-2",
                    accessKeyId: "SIMULATEDHUAWEIKEY2",
                    accessKeySecret: "simulated-huawei-secret-2",
                },
            ],
            projects: [
                { id: "b0000000000000000000000000000001", region: "eu-de" },
                { id: "b0000000000000000000000000000002", region: "eu-nl" },
            ],
            servers: [
                {
                    name: "partner-app",
                    region: "eu-de",
                    availabilityZone: "eu-de-01",
                    os: "Linux",
                    status: "ACTIVE",
                    flavor: "s3.large.2",
                    systemDiskGiB: 40,
                    dataDisks: [],
                    guest: {},
                    tags: [],
                },
            ],
            vpcs: networks,
            vaults: [
                {
                    id: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f",
                    name: "partner-backups",
                    region: "eu-de",
                    sizeGiB: 500,
                    protectType: "backup",
                },
            ],
        },
    ],
};
