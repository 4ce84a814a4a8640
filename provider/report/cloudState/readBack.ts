import { adapt, type DynamicProvider } from "../../pulumi/dynamic/adapter";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import type { Properties } from "../../pulumi/dynamic/plainJson";
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
import { driftBetween } from "../plan/driftBetween";
import { cloudOf, objectOf } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";

/** What a refresh of an object would find. */
export interface ReadBack {
    /** Differences from the stack's state, one sentence each. */
    drift: string[];
    /** The current outputs; undefined if the object does not exist any more. */
    now: Properties | undefined;
}

/** Reads an object as a refresh does. @throws CloudError or UserError if it cannot be read */
export async function readBack(
    context: HandlerContext,
    change: PlannedChange,
    olds: { id: string; inputs: Properties; outputs: Properties },
): Promise<ReadBack> {
    const { props, inputs } = await reader(context, change).read(olds.id, olds.outputs);
    const what = objectOf(change);
    if (!inputs) return { drift: [`${what} does not exist any more`], now: undefined };
    return { drift: driftBetween(what, olds.inputs, inputs), now: props };
}

function reader(context: HandlerContext, change: PlannedChange): DynamicProvider {
    const openContext = () => context;
    const readers: Record<HandlerName, () => DynamicProvider> = {
        CustomImage: () =>
            cloudOf(change).type === "huawei" ? adapt(systemImage, openContext) : adapt(customImage, openContext),
        ImageCopy: () => adapt(imageCopy, openContext),
        FullEcsImage: () => adapt(fullEcsImage, openContext),
        ImageShare: () => adapt(imageShare, openContext),
        SimpleServer: () => adapt(simpleServer, openContext),
        EcsInstance: () => adapt(ecsInstance, openContext),
        HuaweiServer: () => adapt(huaweiServer, openContext),
        EcsImage: () => adapt(ecsImage, openContext),
        RolloutPause: () => adapt(rolloutPause, openContext),
        SystemDiskReplacement: () => adapt(systemDiskReplacement, openContext),
    };
    return readers[change.type]();
}
