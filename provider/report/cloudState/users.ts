import { isServer, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";

/** The id in "instance i-bp1… (web)". */
export const userId = (user: string): string => user.split(" ")[1] ?? user;

/** The resources of this preview that own or reinstall a server, by the server's id: "api of this stack". */
export function ownersHere(changes: readonly PlannedChange[]): Map<string, string> {
    return new Map(
        changes.flatMap((change) => {
            const { type, name, olds } = change;
            const id = type === "SystemDiskReplacement" ? textAt(olds?.outputs, "server") : olds?.id;
            const isUser = isServer(change) || type === "SystemDiskReplacement";
            return isUser && id !== undefined ? [[id, `${name} of this stack`] as const] : [];
        }),
    );
}

/** "instance i-bp1… (api of shop/prod)": the server with its resource, if that is known. */
export function userText(user: string, owners: ReadonlyMap<string, string>): string {
    const owner = owners.get(userId(user));
    if (owner === undefined) return user;
    const [noun, id] = user.split(" ");
    return `${noun} ${id} (${owner})`;
}
