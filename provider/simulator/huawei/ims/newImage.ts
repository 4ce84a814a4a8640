import type { Image } from "../models/image";

/** The defaults of a new image. */
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

/** The row of a new image. */
export function newImage(facts: Omit<Image, Plain> & Partial<Pick<Image, keyof typeof plain>>, now: number): Image {
    return { ...plain, ...facts, createdAt: now, updatedAt: now };
}
