import type { Image } from "../models/image";

/** What an image has before anything has been done to it. */
const plain = {
    isWhole: false,
    backupId: null,
    backupService: null,
    originalImageId: "",
    guest: {},
    isProtected: false,
    activeAt: null,
    sharedWith: [],
} as const;

type Plain = keyof typeof plain | "createdAt" | "updatedAt";

/** A new image's row. */
export function newImage(facts: Omit<Image, Plain> & Partial<Pick<Image, keyof typeof plain>>, now: number): Image {
    return { ...plain, ...facts, createdAt: now, updatedAt: now };
}
