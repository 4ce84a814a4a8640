import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { customImageKind } from "./models";
import { swasRules } from "./swasRules";

/**
 * 2 to 128 letters, digits and : _ -, beginning with a letter or a digit (CreateCustomImage; Chinese letters as in
 * Terraform).
 */
export const imageName = /^[A-Za-z0-9\p{Script=Han}][\w\p{Script=Han}:-]{1,127}$/u;

export function checkNameIsFree(caller: Caller, name: string): void {
    const isTaken = caller.store.where(customImageKind, "name", name).length > 0;
    if (isTaken) throw apiError(swasRules.imageNameTaken);
}
