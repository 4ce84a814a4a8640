import type { VisibleImage } from "../models/visibleImages";
import { imageDocument } from "./imageDocument";

type Attribute = (visible: VisibleImage) => unknown;

const isOwnAndPrivate = (visible: VisibleImage): boolean =>
    visible.relation === "own" && visible.image.sharedWith.length === 0;

const kindOf =
    (publicly: string): Attribute =>
    (visible) =>
        visible.relation === "gold" ? publicly : isOwnAndPrivate(visible) ? "private" : "shared";

/** The attributes that most filters use, readable without the whole document. */
const direct: Readonly<Record<string, Attribute>> = {
    id: ({ image }) => image.id,
    name: ({ image }) => image.name,
    status: (visible) => (visible.relation === "gold" ? "active" : visible.image.status),
    protected: (visible) => visible.relation === "gold" || visible.image.isProtected,
    visibility: kindOf("public"),
    __imagetype: kindOf("gold"),
    __whole_image: (visible) => (visible.relation !== "gold" && visible.image.isWhole ? "true" : undefined),
    __isregistered: () => "true",
    __os_type: ({ image }) => image.os.type,
    __platform: ({ image }) => image.os.platform,
    min_disk: ({ image }) => image.minDiskGiB,
    min_ram: ({ image }) => image.minRamMiB,
};

/** An attribute of an image as its document contains it. */
export function attributeOf(visible: VisibleImage, name: string): unknown {
    const read = Object.hasOwn(direct, name) ? direct[name] : undefined;
    // An attribute that the creator set replaces a derived one.
    const isCustomized = visible.relation !== "gold" && Object.hasOwn(visible.image.attributes, name);
    return read && !isCustomized ? read(visible) : imageDocument(visible)[name];
}

export const directAttributes: readonly string[] = Object.keys(direct);
