import type { KnownDependents } from "./cloudState/dependents";
import { userId, userText } from "./cloudState/users";
import { changesByImage, cloudOf, isImage, isServer, regionOf } from "./plan/facts";
import type { Plan, PlannedChange } from "./plan/plan";
import type { Step } from "./steps/steps";

/** An image that is replaced or deleted, with its dependents. */
export interface AffectedImage {
    name: string;
    /** "image m-bp1… (golden) in cn-hangzhou" */
    what: string;
    /** "let go": an earlier version that was kept until now and is deleted. */
    operation: "replace" | "delete" | "let go";
    /** Servers created from it, as they are before the change, and the resources that they belong to. */
    users: string[];
    /** Recipients of its shares, and whether they accepted. */
    recipients: string[];
    /** What its recipients can no longer do after the deletion. */
    losses: string[];
    /** Why it was not read from its cloud. The other facts are then from the preview only. */
    unread?: string;
}

export function affectedImages({ changes }: Plan, known: KnownDependents, steps: readonly Step[]): AffectedImage[] {
    const deleted = new Set(
        steps.flatMap(({ id, operation, blockedBy }) =>
            id !== undefined && operation === "delete" && blockedBy === undefined ? [id] : [],
        ),
    );
    const serversOf = changesByImage(changes.filter(isServer));
    return changes.flatMap((change): AffectedImage[] => {
        const { operation, olds } = change;
        if (!isImage(change)) return [];
        const held = known.byUrn.get(change.urn);
        const unread = known.unread.get(change.urn);
        const isDeleted = olds?.id !== undefined && deleted.has(olds.id);
        const own: AffectedImage[] =
            held && (operation === "replace" || operation === "delete")
                ? [
                      {
                          name: change.name,
                          what: held.what,
                          operation,
                          users: [
                              ...held.users.map((user) => userText(user, known.owners)),
                              ...usersElsewhere(serversOf.get(olds?.id ?? "") ?? [], change, held.users),
                          ],
                          recipients: held.shares.map(({ recipient }) => withAnswer(known, olds?.id, recipient)),
                          losses: isDeleted ? lossesOf(held.shares.map(({ recipient }) => recipient)) : [],
                          ...(unread !== undefined && { unread }),
                      },
                  ]
                : [];
        const versions = (known.versions.get(change.urn) ?? []).map(({ id, held: version }): AffectedImage => {
            return {
                name: change.name,
                what: `earlier version ${id} of ${change.name} in ${regionOf(change)}`,
                operation: "let go",
                users: (version?.users ?? []).map((user) => userText(user, known.owners)),
                recipients: (version?.shares ?? []).map(({ recipient }) => recipient),
                losses: [],
                ...(version === undefined && known.from === "cloud" && { unread: "the request failed" }),
            };
        });
        return [...own, ...versions];
    });
}

function withAnswer(known: KnownDependents, id: string | undefined, recipient: string): string {
    const answer = id === undefined ? undefined : known.answers.get(id)?.get(recipient);
    return answer === undefined ? recipient : `${recipient} (${answer})`;
}

/** Servers of this stack in other accounts, which the image's own account does not show. */
function usersElsewhere(servers: readonly PlannedChange[], image: PlannedChange, seen: readonly string[]): string[] {
    const ids = new Set(seen.map(userId));
    const home = cloudOf(image).account;
    return servers.flatMap((change) => {
        const { name, olds } = change;
        const isUser = olds?.id !== undefined && olds.outputs.image === image.olds?.id;
        const { account } = cloudOf(change);
        if (!isUser || account === home || ids.has(olds.id ?? "")) return [];
        const where = account === undefined ? "the stack's account" : `account ${account}`;
        return [`server ${olds.id} (${name} of this stack, in ${where})`];
    });
}

/** What recipients lose. Their servers are not visible to the account that owns the image. */
function lossesOf(recipients: readonly string[]): string[] {
    const others = recipients.filter((recipient) => recipient !== "ECS");
    if (others.length === 0) return [];
    return [
        `servers that ${others.join(", ")} may have created from it keep running, but can no longer be reset or reinstalled from it`,
    ];
}
