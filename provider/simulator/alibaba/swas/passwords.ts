import { apiError } from "../../core/errorRule";
import type { OsType } from "./models";
import { swasRules } from "./swasRules";

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/**
 * 8 to 30 characters of 3 of 4 classes, on Windows not beginning with / (UpdateInstanceAttribute, and RunInstances of
 * ECS).
 */
export function isValidPassword(isWindows: boolean, password: string): boolean {
    const used = classes.filter((characters) => characters.test(password)).length;
    return /^[\x21-\x7e]{8,30}$/.test(password) && used >= 3 && !(isWindows && password.startsWith("/"));
}

/** Passwords are checked, never stored (UpdateInstanceAttribute, SDK 4.0.0). */
export function checkPassword(osType: OsType, password: string | undefined): void {
    if (password === undefined) return;
    if (!isValidPassword(osType === "Windows", password)) throw apiError(swasRules.passwordInvalid);
}
