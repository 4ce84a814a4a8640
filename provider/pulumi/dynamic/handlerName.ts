/** The names of the handlers in the plugin process. Each is a property of `pulumi-machine-images/handlers`. */
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
