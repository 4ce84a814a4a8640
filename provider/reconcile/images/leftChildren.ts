import type { LiveWork } from "../../pulumi/dynamic/handler";

/**
 * Warns of what was made for an image that is not there any more: a refresh takes the image out of the state, and with
 * it all that tells of them.
 *
 * @param left ids of those that are still there
 */
export function warnOfChildren(
    { id, warn }: Pick<LiveWork<object, object>, "id" | "warn">,
    noun: "backup" | "snapshot",
    left: readonly string[],
): void {
    if (left.length === 0) return;
    const [nouns, exist, them] = left.length === 1 ? [noun, "exists", "it"] : [`${noun}s`, "exist", "them"];
    warn(
        `image ${id} does not exist any more, but its ${nouns} ${left.join(", ")} still ${exist}: a deletion was interrupted, ` +
            `or somebody deleted only the image. If you do not need ${them}, delete ${them} in the console. Until then, the ` +
            `${nouns} may be billed`,
    );
}
