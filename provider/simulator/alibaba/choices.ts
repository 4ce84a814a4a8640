import type { ErrorRule } from "../core/errorRule";

/** A choice that refuses nothing: the request is done, or the step of the cloud ends as the rule says. */
function accepted(errorRule: string, source: string, message: string): ErrorRule {
    return { errorRule, source, confirmed: false, status: 200, code: "ok", message };
}

/** What no source shows, where the simulator had to do one thing or the other, and refuses nothing. */
export const choices: readonly ErrorRule[] = [
    accepted(
        "sharing twice, and unsharing what is not shared",
        "docs/reference/swas-images.md#sharing",
        "Changes nothing.",
    ),
    accepted(
        "Share of ListCustomImages",
        "docs/reference/swas-images.md#custom-images",
        "true lists what others share, false the caller's own.",
    ),
    accepted(
        "a list of ids in StartInstances, StopInstances, RebootInstances, InvokeCommand, DeleteSnapshots, DeleteCustomImages",
        "docs/reference/swas-images.md#deletion",
        "Is done whole or not at all; the first refusal is answered.",
    ),
    accepted(
        "quotas of images and snapshots",
        "docs/reference/swas-images.md#quotas",
        "Are counted over all regions of an account.",
    ),
    accepted(
        "a request without RegionId",
        "terraform-provider-alicloud sends some such",
        "Goes to the region that the host names by a label, else to that of the first object that it names.",
    ),
    accepted(
        "a RegionId other than the region that the host names",
        "terraform-provider-alicloud copies images so",
        "Is the region of the request.",
    ),
    accepted(
        "ListImages of custom images",
        "docs/reference/swas-images.md#custom-images",
        "Shows available images alone.",
    ),
    accepted(
        "a SWAS image that is shared with ECS",
        "docs/reference/ecs.md#shared-swas-images",
        "Has the same id there and alias others.",
    ),
    accepted("a fault on a server's or instance's start or reboot", "ours", "Leaves it Stopped."),
    accepted("a fault on a server's or instance's stop", "ours", "Leaves it Running."),
    accepted(
        "a fault on a server's or instance's creation",
        "ours",
        "Leaves it Stopped, as one that does not come up.",
    ),
    accepted("a fault on ResetSystem", "ours", "Leaves the server Stopped with the system that it had."),
    accepted("a fault on UpgradeInstance", "ours", "Leaves the server with its plan, in the state that it had."),
    accepted(
        "UpgradeInstance of a stopped server",
        "docs/reference/swas-servers.md#plans",
        "Leaves it Stopped, and a running one Running.",
    ),
    accepted(
        "a server whose paid time is over",
        "docs/reference/swas-servers.md#release-and-refunds; the days are ours",
        "Is Disabled and Expired for 7 days, then released with its snapshots and images.",
    ),
    accepted("RenewInstance of an expired server", "ours", "Pays from now on, and starts the server."),
    accepted("a server with AutoRenew, and one of a world file without paidUntil", "ours", "Is renewed in time."),
    accepted("a fault on ResetDisk", "ours", "Leaves the disk as it is, and no RollbackTime."),
    accepted("a fault on a refund", "ours", "Keeps the server."),
    accepted("a fault on a share with ECS", "ours", "The image is shared, and ECS never sees it."),
    accepted("a fault when a copied image becomes usable", "ours", "The image is Available and never Usable."),
    accepted("a fault when a new object gets into lists", "ours", "Lists never show it."),
    accepted("UpdateDiskAttribute of a system disk", "ours", "Is done as for a data disk."),
    accepted(
        "a list in an XML answer",
        "alibabacloud.com/help/doc-detail/185871 shows answers without lists",
        "Is its elements, each under the name of the list.",
    ),
    accepted("Cloud Assistant", "DescribeCloudAssistantStatus (SDK 4.0.0)", "Is installed on every server."),
    accepted(
        "a script of the other operating system",
        "DescribeInvocationResults of ECS, from memory",
        "Is run nowhere: Invalid, CommandNotApplicable.",
    ),
    accepted("Policy of AssumeRole", "ours", "Narrows nothing: who is let in may do everything."),
    accepted("a Windows guest of which the world gives no SAN policy", "ours", "Has OnlineAll, as in Huawei Cloud."),
    accepted("a filter for what no object has", "ours", "Finds nothing."),
];
