import { assumed } from "../rules";

/** Errors of the OpenStack APIs only, with the messages of the upstream services. */
export const nativeRules = {
    administratorsOnly: assumed(
        "Nova: the caller is not an administrator, who alone can see the hosts of availability zones",
        "upstream Nova",
        "403",
        "Policy does not allow this operation to be performed.",
        403,
    ),
    flavorMissing: assumed(
        "Nova: the flavor does not exist",
        "upstream Nova",
        "404",
        "The flavor could not be found.",
        404,
    ),
    attributeReadOnly: assumed(
        "Glance: a new image sets a read-only attribute",
        "upstream Glance",
        "403 Forbidden",
        "The attribute is read-only.",
        403,
    ),
    imageNotQueued: assumed(
        "Glance: the image already has data, or an upload is in progress",
        "docs/reference/ims.md#uploads; message of upstream Glance",
        "409 Conflict",
        "The image already has data, or is being given some.",
        409,
    ),
};
