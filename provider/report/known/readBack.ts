import { adapt, type DynamicProvider } from "../../dynamic/adapter";
import type { Surroundings } from "../../dynamic/handler";
import type { Properties } from "../../dynamic/plainJson";
import type { HandlerName } from "../../dynamic/resource";
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
import { driftBetween } from "../preview/driftBetween";
import { cloudOf, objectOf } from "../preview/facts";
import type { PlannedChange } from "../preview/plan";

/** What a refresh would say of an object. */
export interface ReadBack {
    /** What is different from what the stack's state has, one sentence each. */
    drift: string[];
    /** All that is known of it now; undefined when it is gone. */
    now: Properties | undefined;
}

/** Looks at an object as a refresh does. @throws CloudError or UserError when it cannot be read */
export async function readBack(
    surroundings: Surroundings,
    change: PlannedChange,
    olds: { id: string; inputs: Properties; outputs: Properties },
): Promise<ReadBack> {
    const { props, inputs } = await reader(surroundings, change).read(olds.id, olds.outputs);
    const what = objectOf(change);
    if (!inputs) return { drift: [`${what} is gone`], now: undefined };
    return { drift: driftBetween(what, olds.inputs, inputs), now: props };
}

function reader(surroundings: Surroundings, change: PlannedChange): DynamicProvider {
    const surround = () => surroundings;
    const readers: Record<HandlerName, () => DynamicProvider> = {
        CustomImage: () =>
            cloudOf(change).type === "huawei" ? adapt(systemImage, surround) : adapt(customImage, surround),
        ImageCopy: () => adapt(imageCopy, surround),
        FullEcsImage: () => adapt(fullEcsImage, surround),
        ImageShare: () => adapt(imageShare, surround),
        SimpleServer: () => adapt(simpleServer, surround),
        EcsInstance: () => adapt(ecsInstance, surround),
        HuaweiServer: () => adapt(huaweiServer, surround),
        EcsImage: () => adapt(ecsImage, surround),
        RolloutPause: () => adapt(rolloutPause, surround),
        SystemDiskReplacement: () => adapt(systemDiskReplacement, surround),
    };
    return readers[change.type]();
}
