import type { Report } from "../../../provider/dist/report/report.js";

type Step = Report["steps"][number];

/** A call that a step must make: one of these actions, about this object. */
export interface Expected {
    action: RegExp;
    /** Undefined: any object of the step's. */
    id?: string;
    /** To an object that no other step is about, and that is gone afterwards. */
    isStagingCopy?: boolean;
    /** It comes after the call that makes the object. */
    isAfter?: boolean;
    /** The engine may find that there is nothing to do. */
    isOptional?: boolean;
}

/** What carries a step out, by its deed; of deletions, keeping and shares more is said below. */
const makes: Record<string, RegExp> = {
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

/** Tags tell whose an object is, too, as soon as the state has it: when other steps have begun long since. */
export const setsTags = /^(swas|ecs|ims)\.(Tag|Untag|Batch(AddOrDelete|CreateOrDelete))\w*$/;
const adds = /^(swas\.ModifyImageShareStatus|swas\.AddCustomImageShareAccount|ims\.GlanceAddMember)$/;
const removes = /^(swas\.ModifyImageShareStatus|swas\.RemoveCustomImageShareAccount|ims\.GlanceDeleteMember)$/;
const deletesImage = /^(swas\.DeleteCustomImage|ecs\.DeleteImage|ims\.DeleteImage)$/;

/** What a part of a step comes to; whatever is not here is no call. */
const ofParts: readonly [part: RegExp, action: RegExp][] = [
    [/^creating a snapshot of /, /^swas\.CreateSnapshot$/],
    [/^deleting the image$/, deletesImage],
    [/^deleting earlier version (?<id>[\w-]+)/, deletesImage],
    [/^deleting snapshot (?<id>[\w-]+)$/, /^(swas|ecs)\.DeleteSnapshot$/],
    // It goes with the call that deletes the image.
    [/^deleting backup (?<id>[\w-]+)$/, /^job\.huawei\.backup\.delete$/],
    [/^unsharing from /, removes],
    [/^sharing with /, adds],
    [/^keeping the image as an earlier version$/, setsTags],
];

/** What comes of a copy of ECS to another region, of an image that is not its own. */
const inBetween: readonly [part: RegExp, actions: RegExp[]][] = [
    [/^copying the image within /, [/^ecs\.CopyImage$/]],
    [/^deleting the staging copy/, [/^ecs\.DeleteImage$/, /^ecs\.DeleteSnapshot$/]],
];

/** What else may be done to a step's objects on the way to its end, and is no step of its own. */
const onTheWay: Record<string, RegExp> = {
    "create server": /^swas\.UpdateInstanceAttribute$/,
    "replace system disk": /^(swas|ecs)\.(Start|Stop)Instances?$|^ecs\.PowerServers$/,
    share: /^ims\.GlanceUpdateMember$/,
};

/** The calls that a step says it makes, in their order. */
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
    const own = makes[deed];
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
    for (const [pattern, actions] of inBetween) {
        if (pattern.test(part))
            return actions.map((action) => ({ action, isStagingCopy: true, isAfter: part.startsWith("deleting") }));
    }
    return [];
}

/** Whether the call may be made for a step besides those that it must make. */
export function mayBeOf({ deed, parts }: Step, action: string): boolean {
    const deletesVersion = parts.some((part) => /^deleting earlier version .* created for it/.test(part));
    return (
        setsTags.test(action) ||
        onTheWay[deed]?.test(action) === true ||
        (deletesVersion && /^(swas|ecs)\.DeleteSnapshot$/.test(action))
    );
}

/** What loses a disk's content; the server is the first that it names. */
export const wipes =
    /^(swas\.ResetSystem|ecs\.ReplaceSystemDisk|ecs\.ChangeServerOs|bss\.RefundInstance|ecs\.Delete(Server|Instance))$/;
