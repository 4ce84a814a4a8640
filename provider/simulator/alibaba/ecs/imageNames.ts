import { refusal } from "../../core/rule";
import type { Caller } from "../gateway/operation";
import { ecsRules } from "./ecsRules";
import { ecsImageKind } from "./holdings";

/** 2 to 128 letters, digits and . : _ - beginning with a letter (CopyImage, SDK 7.11.6). */
export const imageName = /^(?!https?:\/\/|aliyun|acs:)[A-Za-z\p{Script=Han}][\w\p{Script=Han}.:-]{1,127}$/u;

export function checkNameIsFree(caller: Caller, name: string): void {
    const isTaken = caller.shelf.where(ecsImageKind, "name", name).length > 0;
    if (isTaken) throw refusal(ecsRules.imageNameTaken);
}
