import { chosen } from "../rules";

/** Refusals that only the APIs of OpenStack have, in the words of the upstream services. */
export const nativeRules = {
    administratorsOnly: chosen(
        "Nova: the hosts behind availability zones are for administrators",
        "upstream Nova",
        "403",
        "Policy does not allow this operation to be performed.",
        403,
    ),
    flavorMissing: chosen("Nova: the flavor exists", "upstream Nova", "404", "The flavor could not be found.", 404),
    attributeReadOnly: chosen(
        "Glance: an image is made without the attributes that follow from it",
        "upstream Glance",
        "403 Forbidden",
        "The attribute is read-only.",
        403,
    ),
    imageNotQueued: chosen(
        "Glance: data is uploaded once, to an image that has none",
        "docs/reference/ims.md#uploads; text of upstream Glance",
        "409 Conflict",
        "The image already has data, or is being given some.",
        409,
    ),
};
