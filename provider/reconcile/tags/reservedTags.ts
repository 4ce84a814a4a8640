import { guestFactTags } from "../images/guestFacts";
import { ownerTag } from "../ownership/ownership";

/**
 * Key prefixes that the clouds reserve and set themselves: Alibaba Cloud "acs:" and "aliyun"
 * (docs/reference/alibaba-api.md#tags), Huawei Cloud "_sys_" (sys_tags in the answers of ECS). The others are those of
 * this provider.
 */
const prefixes = ["acs:", "aliyun", "_sys_", ownerTag, "machine-images."] as const;

const guestFacts: readonly string[] = Object.values(guestFactTags);

const prefixOf = (key: string) => prefixes.find((prefix) => key.toLowerCase().startsWith(prefix));

/** Whether a tag is set by the cloud or by this provider: such a tag is neither drift nor the user's to remove. */
export const isReserved = (key: string): boolean => prefixOf(key) !== undefined;

/** Whether a tag states a fact about the guest system: a script in the server or the user sets it. */
export const isGuestFact = (key: string): boolean => guestFacts.includes(key);

/** Why a user cannot set a tag; undefined if nothing prevents it. */
export function reservedKeyProblem(key: string): string | undefined {
    const prefix = isGuestFact(key) ? undefined : prefixOf(key);
    return prefix === undefined ? undefined : `must not have a key that begins with ${prefix}, which is reserved`;
}
