// Bodies in the forms of docs/reference/alibaba-api.md#answers.
const RequestId = "20758A-585D-4A41-A9B2-28DA8F4F534F";
const hint = "https://error-center.aliyun.com/status/search?Keyword=CustomImageInShare&source=PopGw";

export const done = { RequestId };

export const customImage = {
    ImageId: "m-bp1sim0000000000001",
    Name: "web-golden-1",
    Description: "nightly",
    Status: "1",
    OsType: "Linux",
    RegionId: "cn-hangzhou",
    InstanceId: "ace0706b2ac4454d984295a942130001",
    InstanceName: "web-01",
    SystemSnapshotId: "s-bp1sim0000000000001",
    SystemSnapshotName: "web-01-sys",
    DataSnapshotId: "",
    DataSnapshotName: "",
    RequiredSystemDiskSize: 40,
    RequiredDataDiskSize: 0,
    CreationTime: "2026-01-02T03:10:05Z",
    InShare: false,
    InShareUser: false,
    UserId: 1234567890123456,
    SourceImageName: "Ubuntu",
    SourceImageVersion: "22.04",
    CreateInstances: ["ace0706b2ac4454d984295a942130002"],
    ResourceGroupId: "rg-sim0001",
    Tags: [{ Key: "env", Value: "prod" }],
};

/** The three paging fields are strings here. */
export function customImages(images: object[], total = images.length) {
    return { TotalCount: String(total), PageNumber: "1", PageSize: "100", RequestId, CustomImages: images };
}

export const snapshots = {
    TotalCount: 1,
    PageNumber: 1,
    PageSize: 10,
    RequestId,
    Snapshots: [
        {
            SnapshotId: "s-bp1sim0000000000001",
            SnapshotName: "web-01-sys",
            Status: "Accomplished",
            Progress: "100%",
            CreationTime: "2026-01-02T03:04:05Z",
            SourceDiskId: "d-bp1sim0000000000001",
            SourceDiskType: "System",
            InstanceId: "ace0706b2ac4454d984295a942130001",
            RegionId: "cn-hangzhou",
            Remark: "",
            ResourceGroupId: "rg-sim0001",
            Tags: null,
        },
    ],
};

export const plans = {
    RequestId,
    Plans: [
        {
            PlanId: "swas.s2.c2m1s40b3t04",
            Core: 2,
            Memory: 1,
            DiskSize: 40,
            DiskType: "ESSD",
            Bandwidth: 3,
            Flow: 400,
            OriginPrice: "60",
            Currency: "CNY",
            SupportPlatform: '["Linux","Windows"]',
            PlanType: "NORMAL",
        },
    ],
};

export const ecsImage = {
    ImageId: "m-bp1sim0000000000001",
    ImageName: "web-golden-1",
    Description: "nightly",
    ImageOwnerAlias: "others",
    ImageOwnerId: 1900000000000001,
    Status: "Available",
    Usable: true,
    Usage: "none",
    Progress: "100%",
    Size: 40,
    OSType: "linux",
    Architecture: "x86_64",
    CreationTime: "2026-01-02T03:10:05Z",
    IsSelfShared: "",
    IsPublic: false,
    IsCopied: false,
    DiskDeviceMappings: {
        DiskDeviceMapping: [{ Device: "/dev/xvda", Size: "40", SnapshotId: "", Type: "system", Encrypted: false }],
    },
    Tags: { Tag: [{ TagKey: "env", TagValue: "prod" }] },
};

export const ecsInstance = {
    InstanceId: "i-bp1sim0000000000001",
    InstanceName: "app",
    Status: "Running",
    ImageId: "m-bp1sim0000000000009",
    InstanceType: "ecs.g6.large",
    ZoneId: "cn-hangzhou-h",
    CreationTime: "2026-01-02T04:10Z",
    KeyPairName: "",
    VpcAttributes: { VpcId: "vpc-bp1", VSwitchId: "vsw-bp1", PrivateIpAddress: { IpAddress: ["10.0.0.5"] } },
    PublicIpAddress: { IpAddress: [] },
    SecurityGroupIds: { SecurityGroupId: ["sg-bp1"] },
    OperationLocks: { LockReason: [] },
    Tags: { Tag: [{ TagKey: "env", TagValue: "prod" }] },
};

export function failure(Code: string, Message: string) {
    return { RequestId, HostId: "swas.cn-hangzhou.aliyuncs.com", Code, Message, Recommend: hint };
}
