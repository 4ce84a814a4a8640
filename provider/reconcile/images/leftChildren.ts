import type { LiveWork } from "../../pulumi/dynamic/handler";

/**
 * Warns about children of an image that does not exist any more. A refresh removes the image from the state, and with
 * it the last record of them.
 *
 * @param left ids of the children that still exist
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
