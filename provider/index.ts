/**
 * Pulumi resources for the lifecycle of machine images.
 *
 * @module
 */
import "pulumi-machine-images/node-version";

export { type AlibabaCloud, alibaba, type Cloud, type HuaweiCloud, huawei } from "./clouds/cloud";
export { Environment, type EnvironmentArgs } from "./environment/component";
export type { EnvironmentImage } from "./environment/componentImages";
export type { EnvironmentServer } from "./environment/componentServers";
export {
    type AlibabaCustomImageArgs,
    CustomImage,
    type CustomImageArgs,
    type CustomImageSource,
    type HuaweiCustomImageArgs,
    type SystemDiskSource,
} from "./resources/customImage";
export { EcsImage, type EcsImageArgs } from "./resources/ecsImage";
export { EcsInstance, type EcsInstanceArgs } from "./resources/ecsInstance";
export {
    FullEcsImage,
    type FullEcsImageArgs,
    type FullEcsImageSource,
    type GuestAttestation,
    type ImageDisk,
} from "./resources/fullEcsImage";
export {
    HuaweiServer,
    type HuaweiServerArgs,
    type HuaweiServerOnDelete,
    type HuaweiSystemDisk,
} from "./resources/huaweiServer";
export { ImageCopy, type ImageCopyArgs } from "./resources/imageCopy";
export type { ImageReference, ImageResource } from "./resources/imageReference";
export {
    type AccountRecipients,
    ImageShare,
    type ImageShareArgs,
    type ProjectRecipients,
    type ShareAcceptance,
} from "./resources/imageShare";
export type { ImageOnDelete, ImageOptionArgs, NotSupported, Timeouts } from "./resources/options";
export { RolloutPause, type RolloutPauseArgs } from "./resources/rolloutPause";
export { SimpleServer, type SimpleServerArgs, type SimpleServerOnDelete } from "./resources/simpleServer";
export { SystemDiskReplacement, type SystemDiskReplacementArgs } from "./resources/systemDiskReplacement";
