import { nested } from "../gateway/envelopes";
import type { Service } from "../gateway/service";
import { diskRules } from "./diskRules";

export const evs: Service = {
    name: "evs",
    malformedBody: diskRules.malformedBody,
    projectMismatch: diskRules.projectMismatch,
    errorBody: nested,
};
