import { z } from "zod";
import type { Cloud } from "../../clouds/cloud";
import type { PlannedChange } from "./plan";

/** What reports need of a resource's properties, as far as it is known; whatever is not, counts as absent. */

const cloud = z.union([
    z.object({ type: z.literal("alibaba"), region: z.string(), account: z.string().optional() }),
    z.object({
        type: z.literal("huawei"),
        region: z.string(),
        profile: z.enum(["csbs", "cbr"]).optional(),
        account: z.string().optional(),
    }),
]);
const somewhere: Cloud = { type: "alibaba", region: "an unknown region" };
const knownCloud = cloud.catch(somewhere);

/** Where the resource is: the old object when there is one, unless other properties are given. */
export function cloudOf({ olds, news }: PlannedChange, properties = (olds ?? news)?.inputs): Cloud {
    return knownCloud.parse(properties?.cloud);
}

/** The region that an object is in: a copy is where it goes to. */
export function regionOf(change: PlannedChange, properties = (change.olds ?? change.news)?.inputs): string {
    return textAt(properties, "to") ?? cloudOf(change, properties).region;
}

const texts = z.array(z.string());
const anyTexts = texts.catch([]);
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

export const textAt = (properties: Record<string, unknown> | undefined, key: string): string | undefined =>
    text(properties?.[key]);

const onDelete = z.object({
    unshare: z.boolean().optional().catch(undefined),
    children: z.enum(["delete", "retain"]).optional().catch(undefined),
    ifInUse: z.enum(["block", "wait", "retain"]).optional().catch(undefined),
    refund: z.boolean().optional().catch(undefined),
    dataDisks: z.enum(["delete", "retain"]).optional().catch(undefined),
});

const anyOnDelete = onDelete.catch({});

/** What the old object's deletion is told to do: by the program, or else by the state. */
export const onDeleteOf = ({ olds, declared }: PlannedChange): z.infer<typeof onDelete> =>
    anyOnDelete.parse((declared ?? olds?.outputs)?.onDelete);

/** Snapshots or the backup that were made for an image and go with it, as the state has them. */
export function childrenOf({ type, olds }: PlannedChange): { kind: "snapshot" | "backup"; ids: string[] } {
    const outputs = olds?.outputs ?? {};
    if (type !== "FullEcsImage") {
        return { kind: "snapshot", ids: anyTexts.parse(outputs.ownedSnapshots) };
    }
    const isExternalSource = z.object({ backup: z.string() }).safeParse(outputs.source).success;
    const backup = textAt(outputs, "backup");
    return { kind: "backup", ids: isExternalSource || backup === undefined ? [] : [backup] };
}

/** The earlier versions of an image that a change lets go: the oldest ones, or all when the image goes for good. */
export function versionsPushedOut(change: PlannedChange): string[] {
    const { operation, news } = change;
    const versions = previousVersionsOf(change);
    if (!isImage(change) || operation === "create" || operation === "same") return [];
    if (operation === "delete") return versions;
    if (operation === "replace") return versions.slice(Math.max(0, keptVersions(change) - 1));
    const wanted = z.number().catch(0).parse(news?.inputs.keepVersions);
    return wanted < keptVersions(change) ? versions.slice(wanted) : [];
}

/** "instance i-bp1… (api)": the object as people name it. */
export function objectOf({ type, name, olds }: PlannedChange): string {
    if (type === "SystemDiskReplacement")
        return `the system disk of server ${textAt(olds?.outputs, "server")} (${name})`;
    if (type === "ImageShare") return `share ${name} of image ${textAt(olds?.outputs, "image")}`;
    const noun = type === "EcsInstance" ? "instance" : serverTypes.includes(type) ? "server" : "image";
    return `${noun} ${olds?.id} (${name})`;
}

/** How many replaced images stay. */
export const keptVersions = ({ olds, declared }: PlannedChange): number =>
    z
        .number()
        .catch(0)
        .parse((declared ?? olds?.outputs)?.keepVersions);

/** The earlier versions that are kept; those of an object that waits for its deletion are its successor's. */
export const previousVersionsOf = ({ olds, isPendingDeletion }: PlannedChange): string[] =>
    isPendingDeletion ? [] : anyTexts.parse(olds?.outputs.previousVersions);

export const isProtected = ({ olds }: PlannedChange): boolean => olds?.outputs.deleteProtection === true;

const recipients = z.union([
    z.literal("ecs").transform(() => ["ECS"]),
    z.object({ accounts: texts }).transform(({ accounts }) => accounts.map((id) => `account ${id}`)),
    z.object({ projects: texts }).transform(({ projects }) => projects.map((id) => `project ${id}`)),
]);

const anyRecipients = recipients.catch([]);

/** Who a share is with, as a release names them. */
export function recipientsOf(properties: Record<string, unknown> | undefined): string[] {
    const accepted = anyTexts.parse(properties?.acceptedBy);
    const named = anyRecipients.parse(properties?.with);
    return [...new Set([...named, ...accepted.map((id) => `project ${id}`)])];
}

const accepting = z.array(z.object({ cloud: z.object({ account: z.string() }) }));

/** Which accounts of one's own accept a share, while their projects are not known: "account partner". */
export function acceptingAccounts(properties: Record<string, unknown> | undefined): string[] {
    if (properties?.acceptedBy !== undefined) return [];
    return accepting
        .catch([])
        .parse(properties?.accept)
        .map(({ cloud }) => `account ${cloud.account}`);
}

const imageTypes: readonly string[] = ["CustomImage", "ImageCopy", "EcsImage", "FullEcsImage"];
const serverTypes: readonly string[] = ["SimpleServer", "EcsInstance", "HuaweiServer"];

export const isImage = ({ type }: PlannedChange): boolean => imageTypes.includes(type);
export const isServer = ({ type }: PlannedChange): boolean => serverTypes.includes(type);

/** The changes by the image that their old objects are of. */
export function changesByImage(changes: readonly PlannedChange[]): ReadonlyMap<string, PlannedChange[]> {
    const found = new Map<string, PlannedChange[]>();
    for (const change of changes) {
        const image = textAt(change.olds?.outputs, "image");
        if (image === undefined) continue;
        const others = found.get(image);
        if (others) others.push(change);
        else found.set(image, [change]);
    }
    return found;
}
