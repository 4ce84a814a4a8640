import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage, type CustomImageArgs, huawei, ImageShare, SimpleServer } from "pulumi-machine-images";
import type { Change } from "./changes.ts";

/** A change that is previewed with an option of the engine's. */
export interface OptionChange extends Omit<Change, "byHand"> {
    options: string[];
    byHand?: "edits the image";
}

const golden = (args: Partial<CustomImageArgs>) =>
    new CustomImage("golden", {
        cloud: alibaba({ region: "cn-hangzhou" }),
        source: { server: "ace0706b2ac4454d984295a942130001" },
        ...args,
    });

/** What is secret in them has "top-secret" in its text. */
export const optionChanges: OptionChange[] = [
    {
        name: "shown-secrets",
        options: ["--show-secrets"],
        before: () =>
            void golden({
                tags: { owner: pulumi.secret("old-top-secret"), team: "web" },
                description: pulumi.secret("first-top-secret"),
            }),
        after: () =>
            void golden({
                tags: { owner: pulumi.secret("new-top-secret"), team: "app" },
                description: pulumi.secret("second-top-secret"),
            }),
    },
    {
        name: "shown-secret-in-error",
        options: ["--show-secrets"],
        after: () =>
            void golden({ name: pulumi.secret("!top-secret!"), tags: { owner: pulumi.secret("a-top-secret") } }),
    },
    {
        name: "secret-in-error",
        options: [],
        after: () => void golden({ tags: { "acs:top": pulumi.secret("a-top-secret") } }),
    },
    {
        name: "edited-by-hand",
        options: ["--refresh"],
        before: () => void golden({ description: "first", tags: { team: "web" }, name: "golden-one" }),
        byHand: "edits the image",
        after: () => void golden({ description: "first", tags: { team: "app" }, name: "golden-one" }),
    },
];

/** Two clouds' images go, of which others have something, and a server comes. */
export const leaving: OptionChange = {
    name: "leaving",
    options: [],
    before: () => {
        const image = golden({ description: "first", tags: { team: "web" }, name: "golden-one" });
        new ImageShare("to-ecs", { cloud: alibaba({ region: "cn-hangzhou" }), image, with: "ecs" });
        const cloud = huawei({ region: "eu-de" });
        const base = new CustomImage("base", { cloud, source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" } });
        new ImageShare("to-partner", { cloud, image: base, with: { projects: [process.env.PARTNER_PROJECT ?? ""] } });
    },
    byHand: "edits the image",
    after: () =>
        void new SimpleServer("web", {
            cloud: alibaba({ region: "cn-hangzhou" }),
            image: "a5b0c3d1e2f34455867788990a1b2c01",
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        }),
};
