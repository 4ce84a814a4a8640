import type { ErrorRule } from "../core/errorRule";

/** An assumption about a request or step that succeeds. `message` says what the simulator does. */
function assumption(errorRule: string, source: string, message: string): ErrorRule {
    return { errorRule, source, confirmed: false, status: 200, code: "ok", message };
}

/** Assumptions without a source that return no error. */
export const choices: readonly ErrorRule[] = [
    assumption(
        "sharing an image that is already shared, or unsharing an image that is not shared",
        "docs/reference/swas-images.md#sharing",
        "Nothing changes.",
    ),
    assumption(
        "the parameter Share of ListCustomImages",
        "docs/reference/swas-images.md#custom-images",
        "true lists images that others share, false lists the caller's own images.",
    ),
    assumption(
        "several ids in StartInstances, StopInstances, RebootInstances, InvokeCommand, DeleteSnapshots, DeleteCustomImages",
        "docs/reference/swas-images.md#deletion",
        "If one id is refused, the whole request fails with the first error and nothing changes.",
    ),
    assumption(
        "quotas of images and snapshots",
        "docs/reference/swas-images.md#quotas",
        "Images and snapshots are counted over all regions of an account.",
    ),
    assumption(
        "a request without RegionId",
        "terraform-provider-alicloud sends such requests",
        "The region is the one that a label of the host names, otherwise that of the first object in the request.",
    ),
    assumption(
        "a RegionId that differs from the region in the host name",
        "terraform-provider-alicloud copies images this way",
        "RegionId is the region of the request.",
    ),
    assumption(
        "ListImages for custom images",
        "docs/reference/swas-images.md#custom-images",
        "Only available images are listed.",
    ),
    assumption(
        "a SWAS image that is shared with ECS",
        "docs/reference/ecs.md#shared-swas-images",
        "ECS shows it with the same id and with the alias others.",
    ),
    assumption("an injected fault in a server's or instance's start or reboot", "assumption", "The server is Stopped."),
    assumption("an injected fault in a server's or instance's stop", "assumption", "The server stays Running."),
    assumption(
        "an injected fault in a server's or instance's creation",
        "assumption",
        "The server is Stopped, as if it failed to start.",
    ),
    assumption(
        "an injected fault in ResetSystem",
        "assumption",
        "The server is Stopped and keeps its previous system.",
    ),
    assumption("an injected fault in UpgradeInstance", "assumption", "The server keeps its plan and its status."),
    assumption(
        "UpgradeInstance of a stopped server",
        "docs/reference/swas-servers.md#plans",
        "A stopped server stays Stopped, and a running server stays Running.",
    ),
    assumption(
        "a server whose paid period has ended",
        "docs/reference/swas-servers.md#release-and-refunds; the number of days is an assumption",
        "The server is Disabled and Expired for 7 days, then released with its snapshots and images.",
    ),
    assumption("RenewInstance of an expired server", "assumption", "The new period begins now, and the server starts."),
    assumption(
        "a server with AutoRenew, or a server of a world file without paidUntil",
        "assumption",
        "The server is renewed before it expires.",
    ),
    assumption("an injected fault in ResetDisk", "assumption", "The disk is unchanged and has no RollbackTime."),
    assumption("an injected fault in a refund", "assumption", "The server is kept."),
    assumption("an injected fault in a share with ECS", "assumption", "The image is shared, but ECS never shows it."),
    assumption(
        "an injected fault when a copied image becomes usable",
        "assumption",
        "The image is Available but never Usable.",
    ),
    assumption("an injected fault when a new object appears in lists", "assumption", "Lists never show the object."),
    assumption("UpdateDiskAttribute of a system disk", "assumption", "The system disk is updated like a data disk."),
    assumption(
        "a list in an XML answer",
        "alibabacloud.com/help/doc-detail/185871 shows only answers without lists",
        "Each element is written under the name of the list.",
    ),
    assumption(
        "Cloud Assistant",
        "DescribeCloudAssistantStatus (SDK 4.0.0)",
        "Cloud Assistant is installed on every server.",
    ),
    assumption(
        "a script for another operating system",
        "DescribeInvocationResults of ECS, unverified",
        "The script does not run: Invalid, CommandNotApplicable.",
    ),
    assumption(
        "the parameter Policy of AssumeRole",
        "assumption",
        "The policy is ignored: every authenticated caller has all permissions.",
    ),
    assumption(
        "a Windows guest without a SAN policy in the world",
        "assumption",
        "The SAN policy is OnlineAll, as on Huawei Cloud.",
    ),
    assumption("a filter that matches no object", "assumption", "The list is empty."),
];
