import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Resource } from "@pulumi/pulumi";

/** A frame as the SDK collects it: undefined if it has no position. */
type Frame = { uri: string } | undefined;
type CollectFrames = (skip: number) => Frame[];

const thisPackage = `${pathToFileURL(join(__dirname, "..", ".."))}/`;

function isUsers(frame: Frame): boolean {
    return frame !== undefined && !frame.uri.startsWith(thisPackage) && !frame.uri.includes("/node_modules/");
}

/**
 * Until the returned function is called, Pulumi records only the frames of the user's program with a resource. The SDK
 * expects a resource class directly below `CustomResource`. Ours are one level deeper, so the SDK would name a line of
 * this package as the resource's source. It would also keep the frames of its own loader, 700 bytes in every resource's
 * state, which the engine rewrites at every step. An SDK without this method is left unchanged.
 *
 * @returns ends the recording
 */
export function noteUserFramesOnly(): () => void {
    const collect: CollectFrames | undefined = Reflect.get(Resource, "stackTrace");
    if (collect === undefined) return () => {};
    const usersOnly: CollectFrames = (skip) => collect.call(Resource, skip + 1).filter(isUsers);
    Reflect.set(Resource, "stackTrace", usersOnly);
    return () => {
        Reflect.set(Resource, "stackTrace", collect);
    };
}
