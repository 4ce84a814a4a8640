/**
 * The module that Pulumi's plugin process loads, with one property for each resource. The state of every stack contains
 * the names of this module and its properties, so they must never change.
 *
 * @module
 */
import "pulumi-machine-images/node-version";

import { type Clouds, connectClouds, newShared } from "./clouds/connect";
import { userFiles } from "./clouds/profileFiles";
import type { ReadConfig } from "./clouds/settings";
import { systemTime } from "./core/time";
import { adapt, type OpenContext } from "./pulumi/dynamic/adapter";
import { byCloud } from "./pulumi/dynamic/byCloud";
import { connectProgress, endWithEngine } from "./pulumi/dynamic/engineLink";
import { onGracefulShutdown } from "./pulumi/dynamic/gracefulShutdown";
import type { CleansUp, Shared } from "./pulumi/dynamic/identity";
import type { HandlerName } from "./pulumi/dynamic/resource";
import { Run } from "./pulumi/dynamic/run";
import { dropShownErrors, shownOnce } from "./pulumi/dynamic/shownOnce";
import { statesOfBackend } from "./pulumi/dynamic/stackStates";
import { customImage } from "./resources/customImage.handler";
import { ecsImage } from "./resources/ecsImage.handler";
import { ecsInstance } from "./resources/ecsInstance.handler";
import { fullEcsImage } from "./resources/fullEcsImage.handler";
import { huaweiServer } from "./resources/huaweiServer.handler";
import { imageCopy } from "./resources/imageCopy.handler";
import { imageShare } from "./resources/imageShare.handler";
import { rolloutPause } from "./resources/rolloutPause.handler";
import { simpleServer } from "./resources/simpleServer.handler";
import { systemDiskReplacement } from "./resources/systemDiskReplacement.handler";
import { systemImage } from "./resources/systemImage.handler";

dropShownErrors(console);
endWithEngine();
const showProgress = connectProgress();
const whenSaved = onGracefulShutdown();

/** One entry for each configuration. The engine passes the same configuration to each handler. */
const connected = new WeakMap<ReadConfig, Clouds>();
/** All handlers share one connection for each account and region. */
const shared = newShared();

function cloudsOf(config: ReadConfig): Clouds {
    const context = { environment: process.env, files: userFiles, time: systemTime, random: Math.random, shared };
    const clouds = connected.get(config) ?? connectClouds({ config, ...context });
    connected.set(config, clouds);
    return clouds;
}

const openContext: OpenContext = (config, urn) => ({
    clouds: cloudsOf(config),
    time: systemTime,
    report: (message) => showProgress(urn, message),
    // Pulumi shows the plugin's output to the user, on the row of the stack.
    whenSaved,
    warn: (message) => console.warn(`warning: ${message}`),
});

/** One process handles one run of one stack. */
const thisRun: Shared = {
    run: new Run(),
    states: statesOfBackend(process.env),
    served: (type) => Object.entries(every).find(([name]) => name === type)?.[1],
};

export const CustomImage = shownOnce(
    byCloud({
        alibaba: adapt(customImage, openContext, thisRun),
        huawei: adapt(systemImage, openContext, thisRun),
    }),
);
export const ImageCopy = shownOnce(adapt(imageCopy, openContext, thisRun));
export const FullEcsImage = shownOnce(adapt(fullEcsImage, openContext, thisRun));
export const ImageShare = shownOnce(adapt(imageShare, openContext, thisRun));
export const SimpleServer = shownOnce(adapt(simpleServer, openContext, thisRun));
export const EcsInstance = shownOnce(adapt(ecsInstance, openContext, thisRun));
export const HuaweiServer = shownOnce(adapt(huaweiServer, openContext, thisRun));
export const EcsImage = shownOnce(adapt(ecsImage, openContext, thisRun));
export const SystemDiskReplacement = shownOnce(adapt(systemDiskReplacement, openContext, thisRun));
export const RolloutPause = shownOnce(adapt(rolloutPause, openContext, thisRun));

/** The compiler rejects this record if a resource has no handler. */
const every: Record<HandlerName, CleansUp> = {
    CustomImage,
    ImageCopy,
    FullEcsImage,
    ImageShare,
    SimpleServer,
    EcsInstance,
    HuaweiServer,
    SystemDiskReplacement,
    EcsImage,
    RolloutPause,
};
