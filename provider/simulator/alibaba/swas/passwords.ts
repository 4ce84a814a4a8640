import { refusal } from "../../core/rule";
import type { OsType } from "./holdings";
import { swasRules } from "./swasRules";

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/** Passwords are checked and never kept (UpdateInstanceAttribute, SDK 4.0.0). */
export function checkPassword(osType: OsType, password: string | undefined): void {
    if (password === undefined) return;
    const used = classes.filter((characters) => characters.test(password)).length;
    const isForbidden = osType === "Windows" && password.startsWith("/");
    if (!/^[\x21-\x7e]{8,30}$/.test(password) || used < 3 || isForbidden) throw refusal(swasRules.passwordInvalid);
}
