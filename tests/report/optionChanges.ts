import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage, type CustomImageArgs } from "pulumi-machine-images";
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
