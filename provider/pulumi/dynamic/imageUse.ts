import { z } from "zod";
import { imageFacts } from "./imageFacts";
import type { Properties } from "./plainJson";

/**
 * What the program says of the image that it gives a resource. It travels beside the inputs and is never stored,
 * because it says more each time that the program says more.
 */
export const imageUse = z.strictObject({
    /** Of the resource that makes the image, also when the program gives the resource's id. */
    facts: imageFacts,
    /**
     * Whether the image is shared with ECS: "declared" by an ImageShare of the program, "none" when the program makes the
     * image and declares no such share. "unknown" when somebody else may have shared it.
     */
    ecsShare: z.enum(["declared", "none", "unknown"]),
    /** Whether the program may share this image with the account or project that uses it. */
    mayBeSharedHere: z.boolean().optional(),
});

export type ImageUse = z.infer<typeof imageUse>;

/** The inputs with what the program says of their image, as checks see them. */
export function withImageUse(inputs: Properties, given: unknown): Properties {
    const parsed = imageUse.safeParse(given);
    if (!parsed.success) return inputs;
    return { ...inputs, imageFacts: inputs.imageFacts ?? parsed.data.facts, imageUse: parsed.data };
}
