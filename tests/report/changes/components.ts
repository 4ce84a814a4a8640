import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CustomImage, EcsInstance, Environment, ImageShare, SimpleServer } from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { hangzhou, machine, source } from "./swas.ts";

/** Resources within components, of the program and of an environment file. */
export const components: Change[] = [
    {
        name: "component",
        isVariant: true,
        before: [() => new Shop("shop", "first")],
        after: () => new Shop("shop", "second"),
    },
    {
        name: "component-gone",
        isVariant: true,
        before: [() => new Shop("shop", "first")],
        after: () => {},
    },
    {
        name: "environment",
        before: [() => shop("1.0.0")],
        after: () => shop("1.1.0"),
    },
];

const shop = (version: string) =>
    new Environment("shop", { file: join(import.meta.dirname, "environment.yaml"), parameters: { version } });

class Shop extends pulumi.ComponentResource {
    constructor(name: string, description: string) {
        super("test:Shop", name);
        const images = new Images(`${name}-images`, description, this);
        const { share, image } = images;
        new EcsInstance(`${name}-api`, { cloud: hangzhou, image: share, ...machine }, { parent: this });
        // Everything in the other component is deleted after this server, although the server uses only the image.
        const plan = "swas.s2.c2m2s50b4t08";
        const onDelete = { refund: true };
        const args = { cloud: hangzhou, image, plan, onDelete };
        new SimpleServer(`${name}-web`, args, { parent: this, dependsOn: images });
    }
}

class Images extends pulumi.ComponentResource {
    readonly image: CustomImage;
    readonly share: ImageShare;

    constructor(name: string, description: string, parent: pulumi.Resource) {
        super("test:Images", name, {}, { parent });
        const args = { cloud: hangzhou, source, description, copies: ["cn-shanghai"] };
        this.image = new CustomImage(`${name}-golden`, args, { parent: this });
        const shared = { cloud: hangzhou, image: this.image, with: "ecs" } as const;
        this.share = new ImageShare(`${name}-to-ecs`, shared, { parent: this });
    }
}
