import { ImageShare } from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { golden, hangzhou, partner, toPartner } from "./swas.ts";

/** Shares of Alibaba Cloud images, by the program and by hand, and other obstacles to a deletion. */
export const sharing: Change[] = [
    { name: "share-added", before: [() => golden()], after: () => toPartner(golden()) },
    { name: "share-removed", before: [() => toPartner(golden())], after: () => golden() },
    {
        name: "other-recipients",
        isVariant: true,
        before: [() => new ImageShare("given", { cloud: hangzhou, image: golden(), with: "ecs" })],
        after: () => new ImageShare("given", { cloud: hangzhou, image: golden(), with: { accounts: [partner] } }),
    },
    { name: "hand-made-share", before: [() => golden()], byHand: "shares the image", after: () => {} },
    {
        name: "hand-made-share-taken-away",
        isVariant: true,
        before: [() => golden({ onDelete: { unshare: true } })],
        byHand: "shares the image",
        after: () => {},
    },
    {
        name: "hand-made-share-in-the-way",
        isVariant: true,
        before: [() => toPartner(golden({ copies: ["cn-shanghai"] }))],
        byHand: "shares the image",
        after: () => toPartner(golden({ copies: ["cn-shanghai"], description: "second" })),
    },
    { name: "in-use-elsewhere", before: [() => golden()], byHand: "creates a server from it", after: () => {} },
    {
        name: "in-use-elsewhere-and-kept",
        isVariant: true,
        before: [() => golden({ onDelete: { ifInUse: "retain" } })],
        byHand: "creates a server from it",
        after: () => golden({ onDelete: { ifInUse: "retain" }, description: "second" }),
    },
    { name: "protected", isVariant: true, before: [() => golden({ deleteProtection: true })], after: () => {} },
];
