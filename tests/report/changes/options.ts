import * as pulumi from "@pulumi/pulumi";
import type { Change } from "../change.ts";
import { golden } from "./swas.ts";

/** Changes that are previewed with an option of the engine's; what is secret in them has "top-secret" in its text. */
export const options: Change[] = [
    {
        name: "shown-secrets",
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
        after: () => golden({ description: undefined, tags: { "acs:top": pulumi.secret("a-top-secret") } }),
    },
    {
        name: "edited-by-hand",
        options: ["--refresh"],
        before: [() => golden({ tags: { team: "web" }, name: "golden-one" })],
        byHand: "edits the image",
        after: () => golden({ tags: { team: "app" }, name: "golden-one" }),
    },
];
