import * as pulumi from "@pulumi/pulumi";
import { CustomImage, huawei, ImageShare, SimpleServer } from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { golden, hangzhou, toEcs } from "./swas.ts";

/** Deletes images of two clouds, which others use or share, and creates a server. */
export const leaving: Change = {
    name: "leaving",
    profile: "cbr",
    before: [
        ({ partnerProject }) => {
            toEcs(golden({ tags: { team: "web" }, name: "golden-one" }));
            const cloud = huawei({ region: "eu-de" });
            const base = new CustomImage("base", { cloud, source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" } });
            new ImageShare("to-partner", { cloud, image: base, with: { projects: [partnerProject] } });
        },
    ],
    byHand: "edits the image",
    after: () =>
        new SimpleServer("web", {
            cloud: hangzhou,
            image: "a5b0c3d1e2f34455867788990a1b2c01",
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        }),
};

/** Changes that are previewed with an engine option. Their secrets contain "top-secret". */
export const options: Change[] = [
    {
        name: "shown-secrets",
        isVariant: true,
        options: ["--show-secrets"],
        before: [
            () =>
                golden({
                    tags: { owner: pulumi.secret("old-top-secret"), team: "web" },
                    description: pulumi.secret("first-top-secret"),
                }),
        ],
        after: () =>
            golden({
                tags: { owner: pulumi.secret("new-top-secret"), team: "app" },
                description: pulumi.secret("second-top-secret"),
            }),
    },
    {
        name: "shown-secret-in-error",
        isVariant: true,
        options: ["--show-secrets"],
        after: () =>
            golden({
                description: undefined,
                name: pulumi.secret("!top-secret!"),
                tags: { owner: pulumi.secret("a-top-secret") },
            }),
    },
    {
        name: "secret-in-error",
        isVariant: true,
        after: () => golden({ description: undefined, tags: { "acs:top": pulumi.secret("a-top-secret") } }),
    },
    {
        name: "edited-by-hand",
        options: ["--refresh"],
        before: [() => golden({ tags: { team: "web" }, name: "golden-one" })],
        byHand: "edits the image",
        after: () => golden({ tags: { team: "app" }, name: "golden-one" }),
    },
    leaving,
];
