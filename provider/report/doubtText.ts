import type { Doubt } from "./plan/plan";

/** Why a preview may leave out something that `up` does, in one clause. */
export function doubtText(doubt: Doubt): string {
    switch (doubt.kind) {
        case "failed":
            return "the preview failed, so it does not show every step";
        case "unfinished":
            return "the preview has no summary, so it did not come to its end";
        case "corrupt":
            return "the engine says that the state may be corrupt";
        case "notPreview":
            return "this is the log of a run that changed something, not of a preview";
        case "otherStack":
            return "the preview is of another stack than --stack names";
        case "unknownKey":
            return `the preview has "${doubt.key}", which this version does not know: update pulumi-machine-images`;
        case "unknownOperation":
            return `the operation "${doubt.operation}" of ${doubt.name} is not known to this version: update pulumi-machine-images`;
        case "unknownType":
            return `the type ${doubt.type} of ${doubt.name} is not known to this version: update pulumi-machine-images`;
        case "unreadableUrn":
            return `a step has the URN "${doubt.urn}", which is none`;
        case "noState":
            return `the preview does not say what the operation "${doubt.operation}" does to ${doubt.name}`;
        case "missingSteps":
            return `the preview counts ${doubt.counted} of the operation "${doubt.operation}" and lists ${doubt.listed}`;
    }
}
