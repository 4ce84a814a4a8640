import type { DeclaredImage } from "./images";
import { useOf } from "./imageUse";
import { cloudOfImage, cloudOfServer, factsOf, type Model } from "./model";
import { referredImage } from "./references";
import type { DeclaredServer } from "./servers";

/** An environment as a Mermaid flowchart. The start of an arrow is created before its end. */
export function environmentGraph(model: Model): string {
    return [
        "flowchart LR",
        ...[...model.images].flatMap(([name, image]) => imageLines(model, name, image)),
        ...[...model.servers].flatMap(([name, server]) => serverLines(model, name, server)),
    ]
        .join("\n    ")
        .concat("\n");
}

function imageLines(model: Model, name: string, image: DeclaredImage): string[] {
    const facts = factsOf(model, image);
    const cloud = cloudOfImage(model, image);
    const version = image.version === undefined ? [] : [`version ${String(image.version)}`];
    const node = imageNode(name);
    return [
        `${node}[${label(name, image.kind, facts?.region ?? "", ...version)}]`,
        ...sourceLines(model, node, image, cloud),
        ...(image.kind === "CustomImage" ? (image.copies ?? []) : []).flatMap((region) => [
            `${copyNode(name, region)}[${label(`copy of ${name}`, region)}]`,
            `${node} --> ${copyNode(name, region)}`,
        ]),
        ...Object.entries(image.shares ?? {}).flatMap(([share, { with: recipients, accept = [] }]) => [
            `${shareNode(name, share)}([${label(`share ${share}`, recipientsText(recipients, accept.length))}])`,
            `${node} --> ${shareNode(name, share)}`,
        ]),
    ];
}

function sourceLines(
    model: Model,
    node: string,
    image: DeclaredImage,
    cloud: ReturnType<typeof cloudOfImage>,
): string[] {
    if (image.kind === "EcsImage") {
        const from = cloud && usedNode(model, image.image, { kind: "EcsImage", cloud });
        return from ? [`${from} --> ${node}`] : [];
    }
    const [what = "source"] = Object.keys(image.source);
    const from = `${node}_source`;
    return [`${from}[(${label(what, String(Reflect.get(image.source, what)))})]`, `${from} --> ${node}`];
}

function serverLines(model: Model, name: string, server: DeclaredServer): string[] {
    const cloud = cloudOfServer(model, server);
    const { count, imageVersion, onImageChange = "replace" } = server;
    const times = count === undefined ? [] : [`count: ${count}`];
    const which = imageVersion === "previous" ? ", previous version" : "";
    const node = `server_${nodeText(name)}`;
    const from = cloud && usedNode(model, server.image, { kind: server.kind, cloud });
    return [
        `${node}[[${label(name, server.kind, cloud?.region ?? "", ...times)}]]`,
        ...(from ? [`${from} -- "${onImageChange}${which}" --> ${node}`] : []),
    ];
}

/** The node of the image, copy or share that a user of an image uses. */
function usedNode(model: Model, text: unknown, user: Parameters<typeof useOf>[2]): string | undefined {
    const name = referredImage(text);
    const use = name === undefined ? undefined : useOf(model, name, user);
    if (name === undefined || !use || "refused" in use) return undefined;
    if (use.by === "copy") return copyNode(name, use.region);
    return use.by === "share" ? shareNode(name, use.share) : imageNode(name);
}

type Recipients = NonNullable<DeclaredImage["shares"]>[string]["with"];

function recipientsText(recipients: Recipients, accepting: number): string {
    if (recipients === "ecs") return "with ECS";
    const named = "accounts" in recipients ? recipients.accounts.length : recipients.projects.length;
    const noun = "accounts" in recipients ? "account" : "project";
    const count = named + accepting;
    return `with ${count} ${noun}${count === 1 ? "" : "s"}`;
}

// Names contain no underscores, so two names never result in the same node.
const nodeText = (name: string) => name.replaceAll("-", "_");
const imageNode = (name: string) => `image_${nodeText(name)}`;
const copyNode = (name: string, region: string) => `copy_${nodeText(name)}__${nodeText(region)}`;
const shareNode = (name: string, share: string) => `share_${nodeText(name)}__${nodeText(share)}`;

/** The lines of a node. Mermaid writes a quotation mark as #quot;. */
function label(...lines: string[]): string {
    return `"${lines
        .filter((line) => line !== "")
        .map((line) => line.replaceAll('"', "#quot;"))
        .join("<br/>")}"`;
}
