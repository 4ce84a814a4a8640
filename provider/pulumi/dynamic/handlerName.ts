/** The handlers that the plugin process can be asked for; each is a property of `pulumi-machine-images/handlers`. */
export type HandlerName =
    | "CustomImage"
    | "ImageCopy"
    | "FullEcsImage"
    | "ImageShare"
    | "SystemDiskReplacement"
    | "EcsImage"
    | "SimpleServer"
    | "EcsInstance"
    | "HuaweiServer"
    | "RolloutPause";
