import { ok, type Route } from "../gateway/operation";
import { glance } from "../ims/service";

const uuid = "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$";

const text = (description: string) => ({ type: "string", description });
const whole = (description: string) => ({ type: "integer", description });
const oneOf = (description: string, values: readonly string[]) => ({ type: "string", enum: values, description });
const id = (description: string) => ({ type: "string", pattern: uuid, description });

/** Every other attribute is a string: glanceclient lets users set any name. */
const image = {
    name: "image",
    additionalProperties: { type: "string" },
    properties: {
        id: id("An identifier for the image"),
        name: { ...text("Descriptive name for the image"), maxLength: 255 },
        status: oneOf("Status of the image (READ-ONLY)", [
            "queued",
            "saving",
            "active",
            "killed",
            "deleted",
            "pending_delete",
        ]),
        visibility: oneOf("Scope of image accessibility", ["public", "private", "shared"]),
        protected: { type: "boolean", description: "If true, image will not be deletable." },
        checksum: { ...text("md5 hash of image contents. (READ-ONLY)"), maxLength: 32 },
        owner: { ...text("Owner of the image"), maxLength: 255 },
        size: whole("Size of image file in bytes (READ-ONLY)"),
        virtual_size: whole("Virtual size of image in bytes (READ-ONLY)"),
        container_format: oneOf("Format of the container", ["ami", "ari", "aki", "bare", "ovf", "ova"]),
        disk_format: oneOf("Format of the disk", ["raw", "vhd", "zvhd", "zvhd2", "vmdk", "qcow2", "vdi", "iso"]),
        created_at: text("Date and time of image registration (READ-ONLY)"),
        updated_at: text("Date and time of the last image modification (READ-ONLY)"),
        tags: {
            type: "array",
            items: { type: "string", maxLength: 255 },
            description: "List of strings related to the image",
        },
        min_ram: whole("Amount of ram (in MB) required to boot image."),
        min_disk: whole("Amount of disk space (in GB) required to boot image."),
        self: text("(READ-ONLY)"),
        file: text("(READ-ONLY)"),
        schema: text("(READ-ONLY)"),
    },
    links: [
        { href: "{self}", rel: "self" },
        { href: "{file}", rel: "enclosure" },
        { href: "{schema}", rel: "describedby" },
    ],
};

const member = {
    name: "member",
    properties: {
        status: oneOf("The status of this image member", ["pending", "accepted", "rejected"]),
        created_at: text("Date and time of image member creation"),
        updated_at: text("Date and time of last modification of image member"),
        image_id: id("An identifier for the image"),
        member_id: text("An identifier for the image member (tenantId)"),
        schema: { type: "string", readOnly: true },
    },
};

const listOf = (name: string, items: unknown) => ({
    name,
    properties: {
        [name]: { type: "array", items },
        schema: { type: "string" },
        first: { type: "string" },
        next: { type: "string" },
    },
    links: [
        { href: "{first}", rel: "first" },
        { href: "{next}", rel: "next" },
        { href: "{schema}", rel: "describedby" },
    ],
});

const schemas = [
    { name: "images", operation: "GlanceListImageSchemas", schema: listOf("images", image) },
    { name: "image", operation: "GlanceShowImageSchemas", schema: image },
    { name: "members", operation: "GlanceListImageMemberSchemas", schema: listOf("members", member) },
    { name: "member", operation: "GlanceShowImageMemberSchemas", schema: member },
] as const;

/** The JSON schemas of images and members (OTC image_schema_native_openstack_apis). */
export const imageSchemaRoutes: readonly Route[] = schemas.map(({ name, operation, schema }) => ({
    method: "GET",
    path: `/v2/schemas/${name}`,
    service: glance,
    operation,
    isRead: true,
    handler: () => ok(schema),
}));
