import { minute, type Simulated, second, web, windows } from "../simulated.ts";
import type { ChoiceRow } from "./row.ts";
import { linux, smallPlan } from "./scene.ts";

const day = 24 * 60 * minute;

/** A server that is paid for 30 days. */
async function aServer({ swas, sim }: Simulated, changes: Record<string, number | boolean> = {}): Promise<string> {
    const { InstanceIds } = await swas.ok("CreateInstances", { ...smallPlan, ImageId: linux, ...changes });
    sim.advance(10 * minute);
    return InstanceIds[0];
}

async function shown({ swas }: Simulated, id: string): Promise<string | undefined> {
    const { Instances } = await swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) });
    const [server] = Instances;
    return server && `${server.Status} ${server.BusinessStatus}`;
}

/** Assumptions about servers and their commands, by their text. */
export const serverChoiceRows: Readonly<Record<string, ChoiceRow>> = {
    "a server whose paid period has ended": {
        shows: async (cloud) => {
            const id = await aServer(cloud);
            const { imageId, snapshotId } = await cloud.image("image", id);
            const left = async () => {
                const images = { ImageIds: JSON.stringify([imageId]) };
                const snapshots = { SnapshotIds: JSON.stringify([snapshotId]) };
                const { CustomImages } = await cloud.swas.ok("ListCustomImages", images);
                const { Snapshots } = await cloud.swas.ok("ListSnapshots", snapshots);
                return [await shown(cloud, id), CustomImages.length, Snapshots.length];
            };
            const states = [];
            for (const days of [29, 1, 6, 1]) {
                cloud.advance(days * day);
                states.push(await left());
            }
            return states;
        },
        is: [
            ["Running Normal", 1, 1],
            ["Disabled Expired", 1, 1],
            ["Disabled Expired", 1, 1],
            [undefined, 0, 0],
        ],
    },
    "RenewInstance of an expired server": {
        shows: async (cloud) => {
            const InstanceId = await aServer(cloud);
            cloud.advance(32 * day);
            await cloud.swas.ok("RenewInstance", { InstanceId, Period: 1 });
            cloud.advance(minute);
            const renewed = await shown(cloud, InstanceId);
            cloud.advance(29 * day);
            return [renewed, await shown(cloud, InstanceId)];
        },
        is: ["Running Normal", "Running Normal"],
    },
    "a server with AutoRenew, or a server of a world file without paidUntil": {
        shows: async (cloud) => {
            const id = await aServer(cloud, { AutoRenew: true, AutoRenewPeriod: 1 });
            cloud.advance(400 * day);
            return [await shown(cloud, id), await shown(cloud, web)];
        },
        is: ["Running Normal", "Running Normal"],
    },
    "a script for another operating system": {
        shows: async ({ swas, sim }) => {
            const script = { Name: "look", Type: "RunShellScript", CommandContent: "pvs" };
            const { InvokeId } = await swas.ok("RunCommand", { InstanceId: windows, ...script });
            sim.advance(2 * second);
            const { CommandInvocations } = await swas.ok("DescribeCommandInvocations", { InvokeId });
            const [{ InvocationStatus, ErrorCode }] = CommandInvocations[0].InvokeInstances;
            return [InvocationStatus, ErrorCode];
        },
        is: ["Invalid", "CommandNotApplicable"],
    },
};
