import {
    CustomImage,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageShare,
    SystemDiskReplacement,
} from "pulumi-machine-images";
import type { Change } from "../change.ts";

/** Images and servers of Huawei Cloud and Open Telekom Cloud. */
export const huaweiCloud: Change[] = [
    {
        name: "windows-without-san-policy",
        after: ({ windowsServer: server }) => new FullEcsImage("erp", { cloud: csbs, source: { server } }),
    },
    { name: "full-image", before: [() => erp("first")], after: () => {} },
    { name: "full-image-text", isVariant: true, before: [() => erp("first")], after: () => erp("second") },
    {
        name: "full-image-made-again",
        isVariant: true,
        profile: "cbr",
        before: [() => shared(erpSource)],
        after: ({ webServer: server }) => shared({ server }),
    },
    { name: "base-image", isVariant: true, profile: "cbr", after: () => base() },
    {
        name: "base-image-made-again",
        profile: "cbr",
        before: [() => base()],
        after: ({ webServer: server }) => base({ server }),
    },
    {
        name: "base-image-memory",
        isVariant: true,
        profile: "cbr",
        before: [() => base()],
        after: () => base(erpSource, 2048),
    },
    { name: "base-image-gone", isVariant: true, profile: "cbr", before: [() => base()], after: () => {} },
    {
        name: "operating-system-changed",
        isVariant: true,
        profile: "cbr",
        before: [({ webServer }) => reinstalled(webServer, erpSource)],
        after: ({ webServer }) => reinstalled(webServer, { server: webServer }),
    },
];

const csbs = huawei({ region: "eu-de", profile: "csbs" });
const cloud = huawei({ region: "eu-de" });
const partner = huawei({ region: "eu-de", account: "partner" });
const partnerVault = "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f";
const machine = { flavor: "s3.xlarge.2", vpc: "v", subnet: "s" };
const erpSource = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
const guest = { volumesAcrossDisks: false };

function erp(description: string): void {
    const onDelete = { children: "retain" } as const;
    new FullEcsImage("erp", { cloud: csbs, source: erpSource, guest, onDelete, description });
}

/** A full-server image that a partner accepts into its vault, with a server in each account. */
function shared(source: { server: string }): void {
    const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
    const image = new FullEcsImage("erp", { cloud, source, guest, vault });
    const accept = [{ cloud: partner, vault: partnerVault }];
    const share = new ImageShare("to-partner", { cloud, image, with: { projects: [] }, accept });
    new HuaweiServer("ours", { cloud, image, ...machine });
    new HuaweiServer("theirs", { cloud: partner, image: share, ...machine });
}

/** An image of a system disk that a partner accepts, with a server in each account. */
function base(source = erpSource, minRamMiB = 1024): void {
    const image = new CustomImage("base", { cloud, source, minRamMiB, tags: { team: "base" } });
    const share = new ImageShare("to-partner", { cloud, image, with: { projects: [] }, accept: [{ cloud: partner }] });
    new HuaweiServer("ours", { cloud, image, ...machine });
    new HuaweiServer("theirs", { cloud: partner, image: share, ...machine });
}

/** A server that no program declares, with an image on its system disk. */
function reinstalled(server: string, source: { server: string }): void {
    const image = new CustomImage("base", { cloud, source, onDelete: { ifInUse: "retain" } });
    new SystemDiskReplacement("system", { cloud, server, image, confirmWipe: true });
}
