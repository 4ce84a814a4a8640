import type { ErrorRule } from "../core/errorRule";

/** An assumption about a request or step that succeeds. `message` says what the simulator does. */
function accepted(errorRule: string, source: string, message: string): ErrorRule {
    return { errorRule, source, confirmed: false, status: 200, code: "ok", message };
}

/** Assumptions without a source that return no error. */
export const choices: readonly ErrorRule[] = [
    accepted(
        "sharing an image that is already shared, or unsharing an image that is not shared",
        "docs/reference/swas-images.md#sharing",
        "Nothing changes.",
    ),
    accepted(
        "the parameter Share of ListCustomImages",
        "docs/reference/swas-images.md#custom-images",
        "true lists images that others share, false lists the caller's own images.",
    ),
    accepted(
        "several ids in StartInstances, StopInstances, RebootInstances, InvokeCommand, DeleteSnapshots, DeleteCustomImages",
        "docs/reference/swas-images.md#deletion",
        "If one id is refused, the whole request fails with the first error and nothing changes.",
    ),
    accepted(
        "quotas of images and snapshots",
        "docs/reference/swas-images.md#quotas",
        "Images and snapshots are counted over all regions of an account.",
    ),
    accepted(
        "a request without RegionId",
        "terraform-provider-alicloud sends such requests",
        "The region is the one that a label of the host names, otherwise that of the first object in the request.",
    ),
    accepted(
        "a RegionId that differs from the region in the host name",
        "terraform-provider-alicloud copies images this way",
        "RegionId is the region of the request.",
    ),
    accepted(
        "ListImages for custom images",
        "docs/reference/swas-images.md#custom-images",
        "Only available images are listed.",
    ),
    accepted(
        "a SWAS image that is shared with ECS",
        "docs/reference/ecs.md#shared-swas-images",
        "ECS shows it with the same id and with the alias others.",
    ),
    accepted("an injected fault in a server's or instance's start or reboot", "assumption", "The server is Stopped."),
    accepted("an injected fault in a server's or instance's stop", "assumption", "The server stays Running."),
    accepted(
        "an injected fault in a server's or instance's creation",
        "assumption",
        "The server is Stopped, as if it failed to start.",
    ),
    accepted("an injected fault in ResetSystem", "assumption", "The server is Stopped and keeps its previous system."),
    accepted("an injected fault in UpgradeInstance", "assumption", "The server keeps its plan and its status."),
    accepted(
        "UpgradeInstance of a stopped server",
        "docs/reference/swas-servers.md#plans",
        "A stopped server stays Stopped, and a running server stays Running.",
    ),
    accepted(
        "a server whose paid period has ended",
        "docs/reference/swas-servers.md#release-and-refunds; the number of days is an assumption",
        "The server is Disabled and Expired for 7 days, then released with its snapshots and images.",
    ),
    accepted("RenewInstance of an expired server", "assumption", "The new period begins now, and the server starts."),
    accepted(
        "a server with AutoRenew, or a server of a world file without paidUntil",
        "assumption",
        "The server is renewed before it expires.",
    ),
    accepted("an injected fault in ResetDisk", "assumption", "The disk is unchanged and has no RollbackTime."),
    accepted("an injected fault in a refund", "assumption", "The server is kept."),
    accepted("an injected fault in a share with ECS", "assumption", "The image is shared, but ECS never shows it."),
    accepted(
        "an injected fault when a copied image becomes usable",
        "assumption",
        "The image is Available but never Usable.",
    ),
    accepted("an injected fault when a new object appears in lists", "assumption", "Lists never show the object."),
    accepted("UpdateDiskAttribute of a system disk", "assumption", "The system disk is updated like a data disk."),
    accepted(
        "a list in an XML answer",
        "alibabacloud.com/help/doc-detail/185871 shows only answers without lists",
        "Each element is written under the name of the list.",
    ),
    accepted(
        "Cloud Assistant",
        "DescribeCloudAssistantStatus (SDK 4.0.0)",
        "Cloud Assistant is installed on every server.",
    ),
    accepted(
        "a script for another operating system",
        "DescribeInvocationResults of ECS, unverified",
        "The script does not run: Invalid, CommandNotApplicable.",
    ),
    accepted(
        "the parameter Policy of AssumeRole",
        "assumption",
        "The policy is ignored: every authenticated caller has all permissions.",
    ),
    accepted(
        "a Windows guest without a SAN policy in the world",
        "assumption",
        "The SAN policy is OnlineAll, as on Huawei Cloud.",
    ),
    accepted("a filter that matches no object", "assumption", "The list is empty."),
];
