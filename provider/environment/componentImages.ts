import * as pulumi from "@pulumi/pulumi";
import { type HuaweiCloud, huawei } from "../clouds/cloud";
import { CustomImage } from "../resources/customImage";
import { EcsImage } from "../resources/ecsImage";
import { FullEcsImage } from "../resources/fullEcsImage";
import type { ImageReference, ImageResource } from "../resources/imageReference";
import { ImageShare } from "../resources/imageShare";
import type { VersionedImage } from "../resources/versionedImage";
import type { DeclaredImage } from "./images";
import { type ImageUser, useOf } from "./imageUse";
import { cloudOfImage, factsOf } from "./model";
import type { ReadModel } from "./readEnvironment";
import { referredImage } from "./references";
import type { DeclaredServer } from "./servers";

/** An image of an environment. */
export type EnvironmentImage = CustomImage | CustomImage<HuaweiCloud> | FullEcsImage | EcsImage;

/** The component that owns the resources of an environment. */
export interface Below {
    /** The component's name, with which the names of its resources begin. */
    name: string;
    parent: pulumi.Resource;
}

/** The images and shares of an environment. An image is created when the first resource refers to it. */
export class ComponentImages {
    public readonly images: Record<string, EnvironmentImage> = {};
    public readonly shares: Record<string, Record<string, ImageShare>> = {};

    constructor(
        private readonly model: ReadModel,
        private readonly below: Below,
    ) {
        for (const name of model.images.keys()) this.image(name);
    }

    /** What an `image` in the file stands for, depending on its user: the image, its copy or its share; or an id. */
    public reference(
        text: pulumi.Input<string>,
        user: ImageUser,
        version: DeclaredServer["imageVersion"] = "current",
    ): ImageReference<never> {
        const name = referredImage(text);
        const use = name === undefined ? undefined : useOf(this.model, name, user);
        if (name === undefined || !use || "refused" in use) return text;
        const image = this.image(name);
        if (use.by === "share") return ofAnyKind(this.shares[name]?.[use.share] ?? image);
        const copy = use.by === "copy" && image instanceof CustomImage ? image.copies[use.region] : undefined;
        return ofAnyKind(version === "previous" ? previousOf(copy ?? image) : (copy ?? image));
    }

    private image(name: string): EnvironmentImage {
        const existing = this.images[name];
        const declared = this.model.images.get(name);
        if (existing || !declared) return existing ?? impossible(name);
        const image = this.create(name, declared);
        this.images[name] = image;
        this.shares[name] = this.createShares(name, declared, image);
        return image;
    }

    private create(name: string, declared: DeclaredImage): EnvironmentImage {
        const cloud = cloudOfImage(this.model, declared);
        const resource = `${this.below.name}-${name}`;
        const options = { parent: this.below.parent };
        const common = this.commonOf(declared);
        if (declared.kind === "EcsImage" && cloud?.type === "alibaba") {
            const { to, encrypted, image } = declared;
            const source = this.reference(image, { kind: "EcsImage", cloud });
            return new EcsImage(resource, { ...common, cloud, image: source, to, encrypted }, options);
        }
        if (declared.kind === "CustomImage" && cloud?.type === "alibaba") {
            const { source, copies } = declared;
            return new CustomImage(resource, { ...common, cloud, source, copies }, options);
        }
        if (declared.kind === "EcsImage" || cloud?.type !== "huawei") return impossible(name);
        const { minRamMiB, maxRamMiB } = declared;
        const memory = { minRamMiB, maxRamMiB };
        if (declared.kind === "CustomImage") {
            const { source } = declared;
            if (!("server" in source)) return impossible(name);
            return new CustomImage(
                resource,
                { ...common, ...memory, cloud, source: { server: source.server } },
                options,
            );
        }
        const { source, vault, guest, preflight } = declared;
        const whole = { ...common, ...memory, guest, preflight };
        if ("backup" in source) return new FullEcsImage(resource, { ...whole, cloud, source }, options);
        const { profile, type: _type, ...place } = cloud;
        if (profile === "csbs") {
            return new FullEcsImage(resource, { ...whole, cloud: huawei({ ...place, profile }), source }, options);
        }
        if (vault === undefined) return impossible(name);
        const ofCbr = { ...whole, cloud: huawei<"cbr">({ ...place, profile }), source, vault };
        return new FullEcsImage(resource, ofCbr, options);
    }

    private commonOf(declared: DeclaredImage) {
        const { name, version, description, tags, wait, adopt, keepVersions, onDelete, timeouts } = declared;
        const isProtected = this.model.forbiddenDeletes.includes("images") ? true : undefined;
        const deleteProtection = declared.deleteProtection ?? isProtected;
        return {
            ...{ name, version, description, tags, wait, adopt, keepVersions, deleteProtection },
            onDelete: onDelete && pulumi.output(onDelete),
            timeouts: timeouts && pulumi.output(timeouts),
        };
    }

    private createShares(name: string, declared: DeclaredImage, image: EnvironmentImage): Record<string, ImageShare> {
        const home = cloudOfImage(this.model, declared);
        const region = factsOf(this.model, declared)?.region;
        if (!home || region === undefined) return {};
        return Object.fromEntries(
            Object.entries(declared.shares ?? {}).map(([share, given]) => {
                const common = { image: ofAnyKind(image), timeouts: given.timeouts && pulumi.output(given.timeouts) };
                const resource = `${this.below.name}-${name}-${share}`;
                const options = { parent: this.below.parent };
                const recipients = given.with;
                if (home.type === "alibaba") {
                    const cloud = { ...home, region };
                    if (recipients === "ecs") {
                        return [share, new ImageShare(resource, { ...common, cloud, with: recipients }, options)];
                    }
                    if (!("accounts" in recipients)) return impossible(name);
                    return [share, new ImageShare(resource, { ...common, cloud, with: recipients }, options)];
                }
                if (recipients === "ecs" || !("projects" in recipients)) return impossible(name);
                const accept = given.accept?.map(({ cloud, vault }) => {
                    const recipient = this.model.clouds.get(cloud);
                    return recipient?.type === "huawei" ? { cloud: recipient, vault } : impossible(name);
                });
                return [share, new ImageShare(resource, { ...common, cloud: home, with: recipients, accept }, options)];
            }),
        );
    }
}

/** The image that this one replaced, or this one if it replaced none. */
function previousOf(image: VersionedImage & ImageResource): ImageResource {
    const id = image.previous.apply((previous) => (previous === undefined ? image.id : pulumi.output(previous)));
    return { asImage: () => ({ id, facts: image.asImage().facts }) };
}

/** The checks of the file ensure that the image is of the right kind, which the compiler cannot know. */
function ofAnyKind(image: ImageResource): ImageResource<never> {
    return { asImage: () => image.asImage() };
}

/** The checks of the file exclude this case. */
function impossible(name: string): never {
    throw new pulumi.RunError(
        `images.${name} passed the checks of the file, but cannot be created: report this as a bug`,
    );
}
