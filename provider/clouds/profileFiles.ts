import { homedir } from "node:os";
import { parse } from "ini";
import { z } from "zod";
import { UserError } from "./errors";
import { readText } from "./textFiles";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys, and where they were found, for messages: "profile partner (RamRoleArn) in ~/.aliyun/config.json". */
export interface FoundKeys<Keys> {
    keys: Keys;
    origin: string;
}

/** Reads files in the user's home folder. */
export interface ProfileFiles {
    /** The user's home folder. */
    home: string;
    /** The text of a file, or undefined if it does not exist. @throws UserError when it cannot be read */
    read(path: string): string | undefined;
}

const missing = z.object({ code: z.enum(["ENOENT", "ENOTDIR"]) });

/** The files of the user who runs the process. */
export const userFiles: ProfileFiles = {
    home: homedir(),
    read(path) {
        try {
            return readText(path);
        } catch (error) {
            if (missing.safeParse(error).success) return undefined;
            throw new UserError(`cannot read ${path}: correct its permissions`, { cause: error });
        }
    },
};

/** For callers that must not read files. */
export const noFiles: ProfileFiles = { home: "", read: () => undefined };

/** The fields of a section of an INI file; empty values are omitted. */
export type IniSection = Readonly<Record<string, string | undefined>>;

const folder = z.record(z.string(), z.unknown());

/** A section of an INI file; undefined if the file or the section does not exist. */
export function iniSection(path: string, name: string, files: ProfileFiles): IniSection | undefined {
    const written = files.read(path);
    if (written === undefined) return undefined;
    // The parser turns the dots in a section's name into nested objects.
    let found: unknown = parse(written);
    for (const part of name.split(".")) found = folder.safeParse(found).data?.[part];
    const section = folder.safeParse(found);
    if (!section.success) return undefined;
    const fields = Object.entries(section.data)
        .map(([key, value]) => [key, typeof value === "string" ? value : String(value)] as const)
        .filter(([, value]) => value !== "");
    return Object.fromEntries(fields);
}
