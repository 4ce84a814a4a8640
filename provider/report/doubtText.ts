import type { Doubt } from "./plan/plan";

/** Why a preview may omit something that `up` does, as one clause. */
export function doubtText(doubt: Doubt): string {
    switch (doubt.kind) {
        case "failed":
            return "the preview failed and does not show every step";
        case "unfinished":
            return "the preview has no summary, so it did not finish";
        case "corrupt":
            return "the engine reports that the state may be corrupt";
        case "notPreview":
            return "the event log is from a run that changed resources, not from a preview";
        case "otherStack":
            return "the preview is of another stack than the one that --stack names";
        case "unknownKey":
            return `the preview has the key "${doubt.key}", which this version does not know: update pulumi-machine-images`;
        case "unknownOperation":
            return `this version does not know the operation "${doubt.operation}" of ${doubt.name}: update pulumi-machine-images`;
        case "unknownType":
            return `this version does not know the type ${doubt.type} of ${doubt.name}: update pulumi-machine-images`;
        case "unreadableUrn":
            return `a step has the invalid URN "${doubt.urn}"`;
        case "noState":
            return `the preview does not include the state that the operation "${doubt.operation}" of ${doubt.name} requires`;
        case "missingSteps":
            return `the summary counts ${doubt.counted} of the operation "${doubt.operation}", but the preview lists ${doubt.listed}`;
    }
}
