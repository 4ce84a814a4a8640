import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { ecsRules } from "./ecsRules";
import { ecsImageKind } from "./models";

/** 2 to 128 letters, digits and . : _ - beginning with a letter (CopyImage, SDK 7.11.6). */
export const imageName = /^(?!https?:\/\/|aliyun|acs:)[A-Za-z\p{Script=Han}][\w\p{Script=Han}.:-]{1,127}$/u;

export function checkNameIsFree(caller: Caller, name: string): void {
    const isTaken = caller.store.where(ecsImageKind, "name", name).length > 0;
    if (isTaken) throw apiError(ecsRules.imageNameTaken);
}
