import { guestFactTags } from "../images/guestFacts";
import { ownerTag } from "../ownership/ownership";

/**
 * Keys that the clouds keep for themselves, and put on objects by themselves: Alibaba Cloud "acs:" and "aliyun"
 * (docs/reference/alibaba-api.md#tags), Huawei Cloud "_sys_" (sys_tags in the answers of ECS). And those of this
 * provider.
 */
const prefixes = ["acs:", "aliyun", "_sys_", ownerTag, "machine-images."] as const;

const guestFacts: readonly string[] = Object.values(guestFactTags);

const prefixOf = (key: string) => prefixes.find((prefix) => key.toLowerCase().startsWith(prefix));

/** Whether somebody else than the user sets a tag: it is neither drift nor the user's to remove. */
export const isReserved = (key: string): boolean => prefixOf(key) !== undefined;

/** What of a server's inside a tag states: a script in the server sets it, or the user. */
export const isGuestFact = (key: string): boolean => guestFacts.includes(key);

/** Why a user cannot set a tag; undefined when nothing speaks against it. */
export function reservedKeyProblem(key: string): string | undefined {
    const prefix = isGuestFact(key) ? undefined : prefixOf(key);
    return prefix === undefined ? undefined : `must not have a key that begins with ${prefix}, which is reserved`;
}
