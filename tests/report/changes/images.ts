import * as pulumi from "@pulumi/pulumi";
import { CustomImage } from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { golden, hangzhou, otherSource, source, toEcs, web, whole } from "./swas.ts";

/** Images of Simple Application Server, their sources, copies and versions. */
export const images: Change[] = [
    { name: "first-up", after: () => whole() },
    {
        name: "everything",
        before: [() => whole()],
        after: () => whole({ description: "second", copies: [], tags: { team: "app" } }),
    },
    { name: "nothing", before: [() => golden()], after: () => golden() },
    {
        name: "tag-edit",
        before: [() => golden({ tags: { team: "web" }, copies: ["cn-shanghai"] })],
        after: () => golden({ tags: { team: "app" }, copies: ["cn-shanghai"] }),
    },
    {
        name: "secrets",
        before: [() => golden({ tags: { owner: pulumi.secret("old-top-secret") } })],
        after: () => golden({ tags: { owner: pulumi.secret("new-top-secret") } }),
    },
    {
        name: "rename",
        before: [() => web(golden({ name: "golden-one" }))],
        after: () => web(golden({ name: "golden-two" })),
    },
    {
        name: "new-snapshot",
        before: [({ snapshots: [snapshot] }) => toEcs(golden({ source: { snapshot } }))],
        after: ({ snapshots: [, snapshot] }) => toEcs(golden({ source: { snapshot } })),
    },
    {
        name: "new-name-in-program",
        isVariant: true,
        before: [() => toEcs(golden({ copies: ["cn-shanghai"] }))],
        after: () => {
            const args = { cloud: hangzhou, source, description: "first", copies: ["cn-shanghai"] };
            toEcs(new CustomImage("silver", args, { aliases: [{ name: "golden" }] }));
        },
    },
    { name: "added-region", before: [() => golden()], after: () => golden({ copies: ["cn-shanghai"] }) },
    { name: "removed-region", before: [() => golden({ copies: ["cn-shanghai"] })], after: () => golden() },
    {
        name: "copied-and-shared",
        isVariant: true,
        before: [() => toEcs(golden({ copies: ["cn-shanghai"] }))],
        after: () => toEcs(golden({ copies: ["cn-shanghai"], source: otherSource })),
    },
    {
        name: "keep-versions",
        before: [() => web(golden({ keepVersions: 1 }))],
        after: () => web(golden({ keepVersions: 1, description: "second" })),
    },
    {
        name: "pushed-out-version",
        isVariant: true,
        before: [
            () => golden({ keepVersions: 1, copies: ["cn-shanghai"] }),
            () => golden({ keepVersions: 1, copies: ["cn-shanghai"], description: "second" }),
        ],
        after: () => golden({ keepVersions: 1, copies: ["cn-shanghai"], description: "third" }),
    },
    {
        name: "fewer-versions",
        isVariant: true,
        before: [() => golden({ keepVersions: 1 }), () => golden({ keepVersions: 1, description: "second" })],
        after: () => golden({ description: "second" }),
    },
    {
        name: "versions-go",
        isVariant: true,
        before: [() => golden({ keepVersions: 1 }), () => golden({ keepVersions: 1, description: "second" })],
        after: () => {},
    },
];
