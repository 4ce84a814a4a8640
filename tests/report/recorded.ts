import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Change } from "./change.ts";

export const folder = join(import.meta.dirname, "fixtures");

/** The real engine's recorded preview of a change. */
export function recorded({ name, isLarge }: Change): string {
    const file = join(folder, `${name}.json`);
    return isLarge ? gunzipSync(readFileSync(`${file}.gz`)).toString() : readFileSync(file, "utf8");
}

export function record({ name, isLarge }: Change, digest: object): void {
    const file = join(folder, `${name}.json`);
    const text = `${JSON.stringify(digest, undefined, 2)}\n`;
    if (isLarge) writeFileSync(`${file}.gz`, gzipSync(text));
    else writeFileSync(file, text);
}
