import assert from "node:assert/strict";
import { fullUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { type Creation, creations } from "./creations.ts";
import type { Managed, Properties, Simulated } from "./simulated.ts";

const hangzhou = { type: "alibaba", region: "cn-hangzhou" };
const shanghai = { type: "alibaba", region: "cn-shanghai" };
const frankfurt = { type: "huawei", region: "eu-de", profile: "cbr" };
const account = { with: { accounts: ["1000000000000002"] } };
const project = { with: { projects: ["b0000000000000000000000000000001"] } };
const ecsMachine = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
const huaweiMachine = {
    flavor: "s3.xlarge.2",
    vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
    subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
};

/** A resource whose objects are deleted, and the obstacles of a deletion. */
export interface Deletable {
    creation: Creation;
    /** Inputs that differ from those in the table of creations. */
    more?: Properties;
    /** A change that replaces the object. */
    replacing: Properties;
    /** The last request of a deletion. */
    deletes: string;
    /** For images: shares with others. */
    shares?: { text: string; inputs: Properties }[];
    /** For images: a server that is created from the image. */
    server?: (world: Simulated, image: string) => Promise<Managed>;
}

const simpleServerIn = (cloud: Properties) => async (world: Simulated, image: string) => {
    const server = world.resource(simpleServer, "user");
    await server.up({ cloud, image, plan: "swas.s2.c2m4s60b5t12", onDelete: { refund: true } });
    return server;
};
const ecsInstanceIn = (cloud: Properties) => async (world: Simulated, image: string) => {
    const server = world.resource(ecsInstance, "user");
    await server.up({ cloud, image, ...ecsMachine });
    return server;
};
const huaweiServerOf = async (world: Simulated, image: string) => {
    const server = world.resource(huaweiServer, "user");
    await server.up({ cloud: frankfurt, image, ...huaweiMachine });
    return server;
};

const version = { version: "2" };
const own: Record<string, Omit<Deletable, "creation">> = {
    CustomImage: {
        replacing: version,
        deletes: "swas.DeleteCustomImage",
        shares: [
            { text: "ECS", inputs: { cloud: hangzhou, with: "ecs" } },
            { text: "account 1000000000000002", inputs: { cloud: hangzhou, ...account } },
        ],
        server: simpleServerIn(hangzhou),
    },
    ImageCopy: {
        replacing: version,
        deletes: "swas.DeleteCustomImage",
        shares: [{ text: "ECS", inputs: { cloud: shanghai, with: "ecs" } }],
        server: simpleServerIn(shanghai),
    },
    EcsImage: {
        replacing: version,
        deletes: "ecs.DeleteImage",
        shares: [{ text: "account 1000000000000002", inputs: { cloud: hangzhou, ...account } }],
        server: ecsInstanceIn(hangzhou),
    },
    "EcsImage in another region": {
        replacing: version,
        deletes: "ecs.DeleteImage",
        shares: [{ text: "account 1000000000000002", inputs: { cloud: shanghai, ...account } }],
    },
    FullEcsImage: {
        more: { cloud: frankfurt, vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce" },
        replacing: version,
        deletes: "ims.DeleteImage",
        shares: [{ text: "project b0000000000000000000000000000001", inputs: { cloud: frankfurt, ...project } }],
        server: huaweiServerOf,
    },
    "CustomImage on Huawei Cloud": {
        more: { cloud: frankfurt },
        replacing: version,
        deletes: "ims.DeleteImage",
        shares: [{ text: "project b0000000000000000000000000000001", inputs: { cloud: frankfurt, ...project } }],
        server: huaweiServerOf,
    },
    SimpleServer: { replacing: { dataDiskGiB: 20 }, deletes: "bss.RefundInstance" },
    EcsInstance: { replacing: { systemDiskGiB: 60 }, deletes: "ecs.DeleteInstance" },
    HuaweiServer: { more: { cloud: frankfurt }, replacing: { flavor: "s3.large.4" }, deletes: "ecs.DeleteServer" },
};

/** Every resource that creates an object. */
export const deletables: Deletable[] = creations.map((creation) => {
    const entry = own[creation.name];
    assert.ok(entry, `${creation.name} is missing in the table of deletions`);
    return { creation, ...entry };
});

/** An obstacle of a deletion, and the option that allows the deletion. */
export interface Obstacle {
    name: string;
    /** Options with which the deletion is refused. */
    blocking: Properties;
    /** Options with which the deletion succeeds. */
    clearing: Properties;
    /** The options as the error names them. */
    advice: string;
    /** The reason in the error. */
    why: string;
    /** Creates the obstacle. @returns removes it */
    put?(world: Simulated, id: string): Promise<() => Promise<unknown>>;
    /** Whether a check of the replacement can find that the deletion will fail. */
    isPreviewed: boolean;
    /** Whether the object is kept although the deletion succeeds. */
    isKept?: boolean;
}

const onDelete = (given: Properties) => ({ onDelete: given });

function obstaclesOf({ creation, shares = [], server, deletes }: Deletable): Obstacle[] {
    const found: Obstacle[] = shares.map(({ text, inputs }) => ({
        name: `a manual share with ${text}`,
        blocking: onDelete({ unshare: false }),
        clearing: onDelete({ unshare: true }),
        advice: "onDelete: { unshare: true }",
        why: `still shared with ${text}`,
        isPreviewed: true,
        put: async (world, image) => {
            const share = world.resource(imageShare, "by-hand");
            await share.up({ ...inputs, image });
            // From now on no state holds it.
            world.resource(imageShare, "by-hand");
            return () => share.destroy();
        },
    }));
    if (server) {
        found.push({
            name: "a server created from it",
            blocking: onDelete({ ifInUse: "block" }),
            clearing: onDelete({ ifInUse: "retain" }),
            advice: 'onDelete: { ifInUse: "wait" } or onDelete: { ifInUse: "retain" }',
            why: "still used by ",
            isPreviewed: false,
            isKept: true,
            put: async (world, image) => {
                const user = await server(world, image);
                // From now on no state holds it.
                world.resource(simpleServer, "user");
                return () => user.destroy();
            },
        });
    }
    if (creation.name === "SimpleServer") {
        found.push({
            name: "no permission to refund it",
            blocking: onDelete({ refund: false }),
            clearing: onDelete({ refund: true }),
            advice: "onDelete: { refund: true }",
            why: "cannot be deleted: Simple Application Server can only refund it",
            isPreviewed: true,
        });
    }
    found.push({
        name: "deletion protection",
        blocking: { deleteProtection: true },
        clearing: { deleteProtection: false },
        advice: "deleteProtection: false",
        why: "is protected from deletion",
        isPreviewed: true,
    });
    found.push({
        name: "too little time",
        blocking: { timeouts: { create: "5h", delete: "1m" } },
        clearing: { timeouts: { create: "5h", delete: "30m" } },
        advice: "a longer timeouts.delete",
        why: "increase timeouts",
        isPreviewed: false,
        put: async ({ simulator: { sim } }) => {
            const refusal = { action: deletes, status: 429, code: "Throttling", message: "later" };
            // More polls than the shorter timeout allows, and fewer than the longer one.
            sim.faults.add(refusal, 30);
            return async () => sim.faults.clear();
        },
    });
    return found;
}

/** Every resource with every obstacle that an option resolves. */
export const blocked = deletables.flatMap((deletable) =>
    obstaclesOf(deletable).map((obstacle) => ({ deletable, obstacle })),
);

/** The inputs of a resource of the table. */
export async function inputsOf({ creation, more }: Deletable, world: Simulated): Promise<Properties> {
    return { timeouts: { create: "5h" }, ...(await creation.base(world)), ...more };
}

/** The error message of a failing operation. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
    return work.then(
        () => "nothing failed",
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
}

/** The URN as a person must pass it to the engine's commands. */
export const urnOf = ({ urn }: Managed): string => fullUrn(urn);

/** Whether the clouds have an object that did not exist at the start. */
export const holds = (world: Simulated, id: string | undefined): boolean =>
    world.left().some((held) => held.endsWith(` ${id}`));
