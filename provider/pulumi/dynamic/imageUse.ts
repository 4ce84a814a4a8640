import { z } from "zod";
import { imageFacts } from "./imageFacts";
import type { Properties } from "./plainJson";

/**
 * What the program declares about an image that it passes to a resource. It is passed beside the inputs and never
 * stored, because it changes with other parts of the program.
 */
export const imageUse = z.strictObject({
    /** Facts of the resource that creates the image, also if the program passes the resource's id. */
    facts: imageFacts,
    /**
     * Whether the image is shared with ECS: "declared" by an ImageShare of the program, "none" if the program creates
     * the image and declares no such share, "unknown" if somebody else may have shared it.
     */
    ecsShare: z.enum(["declared", "none", "unknown"]),
    /** Whether the program may share this image with the account or project that uses it. */
    mayBeSharedHere: z.boolean().optional(),
});

export type ImageUse = z.infer<typeof imageUse>;

/** The inputs with what the program declares about their image, as checks receive them. */
export function withImageUse(inputs: Properties, given: unknown): Properties {
    const parsed = imageUse.safeParse(given);
    if (!parsed.success) return inputs;
    return { ...inputs, imageFacts: inputs.imageFacts ?? parsed.data.facts, imageUse: parsed.data };
}
