import { readFileSync } from "node:fs";

/** The text of a file in any Unicode encoding. @throws like `readFileSync` */
export function readText(path: string): string {
    return decodedText(readFileSync(path));
}

/**
 * Decodes text without a byte order mark: UTF-8, or UTF-16 as PowerShell writes it. UTF-16 without a mark is recognized
 * by the zero byte of its first character, which no JSON, YAML or INI file has in UTF-8.
 */
export function decodedText(bytes: Uint8Array): string {
    return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
    if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
    if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined)) return "utf-16be";
    return "utf-8";
}
