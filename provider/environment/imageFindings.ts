import { explain, huaweiImageCopies } from "../clouds/capabilities";
import type { Cloud } from "../clouds/cloud";
import { closestWord } from "../core/closestWord";
import { unknownValue } from "../pulumi/dynamic/unknown";
import type { DeclaredImage } from "./images";
import { useOf } from "./imageUse";
import { cloudOfImage, factsOf, type Model } from "./model";
import { aboutKey, aboutValue, dotted, type Finding, type Path } from "./problem";
import { recipientFindings } from "./recipientFindings";
import { referredImage } from "./references";
import { refusals } from "./resourceChecks";

/** The problems of an image, its copies and its shares. */
export function imageFindings(model: Model, name: string, image: DeclaredImage): Finding[] {
    const path = ["images", name];
    const cloud = cloudOfImage(model, image);
    if (!cloud) return [];
    const { kind, shares: _shares, cloud: cloudName, ...given } = image;
    const wanted = { CustomImage: cloud.type, FullEcsImage: "huawei", EcsImage: "alibaba" }[kind];
    if (cloud.type !== wanted) {
        const reason = `images.${name}.cloud: ${kind} cannot be in ${cloudName}, which is of type ${cloud.type}`;
        return [aboutValue([...path, "cloud"], reason)];
    }
    const { copies: _copies, ...rest } = { copies: undefined, ...given };
    const foreign = foreignArguments(name, image, cloud.type);
    const facts = image.kind === "EcsImage" ? sourceOf(model, name, image) : { findings: [], inputs: {} };
    const inputs = { ...rest, cloud, ...facts.inputs, ...foreign.instead };
    return [
        ...refusals(path, kind === "CustomImage" && cloud.type === "huawei" ? "SystemImage" : kind, inputs),
        ...foreign.findings,
        ...facts.findings,
        ...copyFindings(model, name, image),
        ...shareFindings(model, name, image),
        ...recipientFindings(model, name, image),
    ];
}

/** Arguments of a CustomImage that only the other cloud supports, and the values that further checks use instead. */
function foreignArguments(name: string, image: DeclaredImage, type: Cloud["type"]) {
    if (image.kind !== "CustomImage") return { findings: [], instead: {} };
    const path = ["images", name];
    if (type === "huawei") {
        const isOwn = "server" in image.source && image.source.dataDisk === undefined;
        if (isOwn) return { findings: [], instead: {} };
        const reason = `images.${name}.source must be { server } alone: on Huawei Cloud an image is created from a server's system disk`;
        return { findings: [aboutKey([...path, "source"], reason)], instead: { source: { server: unknownValue } } };
    }
    const found = (["minRamMiB", "maxRamMiB"] as const).filter((key) => image[key] !== undefined);
    return {
        findings: found.map((key) =>
            aboutKey([...path, key], `images.${name}.${key} is for images of Huawei Cloud only`),
        ),
        instead: { minRamMiB: undefined, maxRamMiB: undefined },
    };
}

function sourceOf(model: Model, name: string, image: Extract<DeclaredImage, { kind: "EcsImage" }>) {
    const cloud = cloudOfImage(model, image);
    const source = referredImage(image.image);
    const use = cloud && source !== undefined && source !== name && useOf(model, source, { kind: "EcsImage", cloud });
    if (!use) return { findings: [], inputs: {} };
    const path = ["images", name, "image"];
    if ("refused" in use) return { findings: [aboutValue(path, `${dotted(path)}: ${use.refused}`)], inputs: {} };
    return { findings: [], inputs: { imageFacts: use.facts } };
}

function copyFindings(model: Model, name: string, image: DeclaredImage): Finding[] {
    if (image.kind !== "CustomImage" || !image.copies) return [];
    const cloud = cloudOfImage(model, image);
    const path = ["images", name, "copies"];
    if (cloud?.type === "huawei") return [aboutKey(path, `${dotted(path)}: ${explain(huaweiImageCopies)}`)];
    return image.copies.flatMap((region, index, all) => {
        if (region === cloud?.region)
            return [aboutValue([...path, index], `${dotted(path)}: ${region} is the image's own region`)];
        return all.indexOf(region) < index
            ? [aboutValue([...path, index], `${dotted(path)} contains ${region} twice`)]
            : [];
    });
}

function shareFindings(model: Model, name: string, image: DeclaredImage): Finding[] {
    const home = cloudOfImage(model, image);
    const imageFacts = factsOf(model, image);
    if (!home || !imageFacts) return [];
    return Object.entries(image.shares ?? {}).flatMap(([share, { accept, ...given }]) => {
        const path = ["images", name, "shares", share];
        const unknown = (accept ?? []).flatMap((accepting, index) =>
            model.clouds.has(accepting.cloud)
                ? []
                : [noCloud(model, [...path, "accept", index, "cloud"], accepting.cloud)],
        );
        if (unknown.length > 0) return unknown;
        const own = (accept ?? []).findIndex((accepting) => isSameAccount(model.clouds.get(accepting.cloud), home));
        if (own >= 0) {
            const at = [...path, "accept", own, "cloud"];
            return [aboutValue(at, `${dotted(at)} is the image's own account, which needs no share`)];
        }
        const accepting = accept?.map(({ cloud, ...other }) => ({ ...other, cloud: model.clouds.get(cloud) }));
        const cloud = { ...home, region: imageFacts.region };
        return refusals(path, "ImageShare", { ...given, cloud, imageFacts, image: unknownValue, accept: accepting });
    });
}

const isSameAccount = (one: Cloud | undefined, other: Cloud) =>
    one?.type === other.type && one.account === other.account && one.region === other.region;

const mostListed = 20;

/** A cloud that the file does not declare. */
export function noCloud({ clouds }: Model, path: Path, name: string): Finding {
    const names = [...clouds.keys()];
    const closest = closestWord(name, names, clouds);
    const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : "";
    const list = `${names.slice(0, mostListed).join(", ") || "none"}${more}`;
    const advice = closest ? `did you mean "${closest}"?` : `it has ${list}`;
    return aboutValue(path, `${dotted(path)}: the file has no cloud "${name}": ${advice}`);
}
