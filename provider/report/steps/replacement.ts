import { sameJson } from "../../pulumi/dynamic/plainJson";
import type { HandlerName } from "../../pulumi/dynamic/resource";
import { customImage } from "../../resources/customImage.handler";
import { ecsImage } from "../../resources/ecsImage.handler";
import { ecsInstance } from "../../resources/ecsInstance.handler";
import { fullEcsImage } from "../../resources/fullEcsImage.handler";
import { huaweiServer } from "../../resources/huaweiServer.handler";
import { imageCopy } from "../../resources/imageCopy.handler";
import { imageShare } from "../../resources/imageShare.handler";
import { rolloutPause } from "../../resources/rolloutPause.handler";
import { simpleServer } from "../../resources/simpleServer.handler";
import { systemDiskReplacement } from "../../resources/systemDiskReplacement.handler";
import { systemImage } from "../../resources/systemImage.handler";
import { cloudOf } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";

/** The part of a handler that decides how its resource is replaced. */
interface ReplacementRule {
    replaceOn: readonly string[];
    uniqueInputs?: readonly string[];
}

const rules: Record<HandlerName, ReplacementRule> = {
    CustomImage: customImage,
    ImageCopy: imageCopy,
    FullEcsImage: fullEcsImage,
    ImageShare: imageShare,
    SimpleServer: simpleServer,
    EcsInstance: ecsInstance,
    HuaweiServer: huaweiServer,
    EcsImage: ecsImage,
    SystemDiskReplacement: systemDiskReplacement,
    RolloutPause: rolloutPause,
};

/**
 * The URNs of the resources whose old object is deleted before its successor, or something that it depends on, is
 * created.
 */
export function deletedFirst(changes: readonly PlannedChange[]): ReadonlySet<string> {
    const replaced = changes.filter(({ operation }) => operation === "replace");
    const first = new Set(replaced.filter(isDeletedFirst).map(({ urn }) => urn));
    // Before such an object, the engine deletes the dependents whose replacement an input forces.
    const dependents = changes.filter((change) => change.operation === "replace" || change.isDeletedForReplacement);
    const referrers = new Map<string, string[]>();
    for (const change of dependents) {
        for (const other of ruleOf(change).replaceOn.flatMap((key) => change.olds?.referredTo[key] ?? [])) {
            const known = referrers.get(other);
            if (known) known.push(change.urn);
            else referrers.set(other, [change.urn]);
        }
    }
    // The loop also visits what it adds to the set.
    for (const urn of first) for (const referrer of referrers.get(urn) ?? []) first.add(referrer);
    return first;
}

const ruleOf = (change: PlannedChange): ReplacementRule =>
    change.type === "CustomImage" && cloudOf(change).type === "huawei" ? systemImage : rules[change.type];

function isDeletedFirst(change: PlannedChange): boolean {
    const { olds, news } = change;
    const { uniqueInputs = [] } = ruleOf(change);
    return uniqueInputs.some((key) => news?.inputs[key] !== undefined && sameJson(olds?.inputs[key], news.inputs[key]));
}
