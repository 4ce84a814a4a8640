export const errorTable =
    "the SWAS error codes (docs/reference/swas-images.md#image-errors, docs/reference/swas-servers.md#server-errors)";
export const noSource = "no source shows it";
