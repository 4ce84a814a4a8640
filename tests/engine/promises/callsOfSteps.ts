import type { Report } from "../../../provider/dist/report/report.js";

type Step = Report["steps"][number];

/** A call that a step must make: one of these actions on this object. */
export interface Expected {
    action: RegExp;
    /** Undefined: any object of the step. */
    id?: string;
    /** The object is a staging copy, which no other step changes and which is deleted at the end. */
    isStagingCopy?: boolean;
    /** The call follows the one that creates the object. */
    isAfter?: boolean;
    /** The call may be unnecessary. */
    isOptional?: boolean;
}

/** The call of each step, by its operation text. Deletions, kept objects and shares are handled below. */
const callOf: Record<string, RegExp> = {
    "create image": /^(swas\.CreateCustomImage|ims\.CreateImage)$/,
    "create copy": /^swas\.CopyCustomImage$/,
    "create ECS image": /^ecs\.CopyImage$/,
    "create full-server image": /^ims\.CreateWholeImage$/,
    "create server": /^(swas\.CreateInstances|ecs\.CreateServer)$/,
    "create instance": /^ecs\.RunInstances$/,
    "replace system disk": /^(swas\.ResetSystem|ecs\.ReplaceSystemDisk|ecs\.ChangeServerOs)$/,
    "delete server": /^(bss\.RefundInstance|ecs\.DeleteServer)$/,
    "delete instance": /^ecs\.DeleteInstance$/,
};

/** Tags also confirm ownership once the state holds an object, which can be after other steps have started. */
export const setsTags = /^(swas|ecs|ims)\.(Tag|Untag|Batch(AddOrDelete|CreateOrDelete))\w*$/;
const adds = /^(swas\.ModifyImageShareStatus|swas\.AddCustomImageShareAccount|ims\.GlanceAddMember)$/;
const removes = /^(swas\.ModifyImageShareStatus|swas\.RemoveCustomImageShareAccount|ims\.GlanceDeleteMember)$/;
const deletesImage = /^(swas\.DeleteCustomImage|ecs\.DeleteImage|ims\.DeleteImage)$/;

/** The call of each part of a step. Other parts make no call. */
const ofParts: readonly [part: RegExp, action: RegExp][] = [
    [/^creating a snapshot of /, /^swas\.CreateSnapshot$/],
    [/^deleting the image$/, deletesImage],
    [/^deleting earlier version (?<id>[\w-]+)/, deletesImage],
    [/^deleting snapshot (?<id>[\w-]+)$/, /^(swas|ecs)\.DeleteSnapshot$/],
    // The call that deletes the image also deletes its backup.
    [/^deleting backup (?<id>[\w-]+)$/, /^job\.huawei\.backup\.delete$/],
    [/^unsharing from /, removes],
    [/^sharing with /, adds],
    [/^keeping the image as an earlier version$/, setsTags],
];

/** The calls for a staging copy. */
const stagingCalls: readonly [part: RegExp, actions: RegExp[]][] = [
    [/^copying the image within /, [/^ecs\.CopyImage$/]],
    [/^deleting the staging copy/, [/^ecs\.DeleteImage$/, /^ecs\.DeleteSnapshot$/]],
];

/** Other calls that a step may make on its objects. */
const otherCalls: Record<string, RegExp> = {
    "create server": /^swas\.UpdateInstanceAttribute$/,
    "replace system disk": /^(swas|ecs)\.(Start|Stop)Instances?$|^ecs\.PowerServers$/,
    share: /^ims\.GlanceUpdateMember$/,
};

/** The calls that a step promises, in their order. */
export function callsOf(step: Step, { differences }: Report): Expected[] {
    const { deed, parts, blockedBy, name } = step;
    if (blockedBy !== undefined) return [];
    const ofPart = parts.flatMap(callsOfPart);
    if (deed === "share") return [{ action: adds }];
    if (deed === "unshare") return [{ action: removes }];
    if (deed.startsWith("update ")) {
        const changed = differences.filter((one) => one.name === name).flatMap(({ properties }) => properties);
        const paths = changed.map(({ path }) => path);
        return [
            ...(paths.some((path) => /^(description|name|m\w+RamMiB)$/.test(path))
                ? [{ action: /^ims\.UpdateImage$/ }]
                : []),
            ...(paths.some((path) => path.startsWith("tags")) ? [{ action: setsTags }] : []),
            ...ofPart,
        ];
    }
    const own = callOf[deed];
    return [
        ...ofPart.filter(({ isAfter }) => !isAfter),
        ...(own ? [{ action: own }] : []),
        ...ofPart.filter(({ isAfter }) => isAfter),
    ];
}

function callsOfPart(part: string): Expected[] {
    const isOptional = part.endsWith("unless a server uses it");
    for (const [pattern, action] of ofParts) {
        const found = pattern.exec(part);
        if (found) return [{ action, id: found.groups?.id, isOptional }];
    }
    for (const [pattern, actions] of stagingCalls) {
        if (pattern.test(part))
            return actions.map((action) => ({ action, isStagingCopy: true, isAfter: part.startsWith("deleting") }));
    }
    return [];
}

/** Whether a step may make a call in addition to those that it must make. */
export function mayBeOf({ deed, parts }: Step, action: string): boolean {
    const deletesVersion = parts.some((part) => /^deleting earlier version .* created for it/.test(part));
    return (
        setsTags.test(action) ||
        otherCalls[deed]?.test(action) === true ||
        (deletesVersion && /^(swas|ecs)\.DeleteSnapshot$/.test(action))
    );
}

/** Calls that erase a disk. The first id of such a call is the server's. */
export const wipes =
    /^(swas\.ResetSystem|ecs\.ReplaceSystemDisk|ecs\.ChangeServerOs|bss\.RefundInstance|ecs\.Delete(Server|Instance))$/;
