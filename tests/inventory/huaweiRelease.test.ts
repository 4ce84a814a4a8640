import assert from "node:assert/strict";
import { findImage } from "../../provider/dist/inventory/findImage.js";
import { carryOut, plannedRelease } from "../../provider/dist/inventory/release.js";
import type { HandlerContext } from "../../provider/dist/pulumi/dynamic/handler.js";
import { unknownHolders } from "../../provider/dist/pulumi/dynamic/holders.js";
import { frankfurt, huaweiAccount, partnerProject } from "../cli/account.ts";
import { type Simulated, simulated } from "../resources/simulated.ts";

/** Waiting for Huawei Cloud takes minutes, so this process uses virtual time. */
function contextOf({ clouds, simulator: { sim } }: Simulated, told: string[]): HandlerContext {
    return {
        clouds,
        time: { now: () => sim.clock.now(), sleep: async (ms) => sim.advance(ms) },
        report: (message) => void told.push(message),
        warn: (message) => void told.push(message),
        whenSaved: () => {},
        holders: unknownHolders,
    };
}

describe("releasing an image of Huawei Cloud", () => {
    let world: Simulated;
    let told: string[];
    before(async () => {
        world = await simulated();
        told = [];
    });
    after(() => world.close());

    it("removes the share that nobody has accepted, deletes the image and its backup, and keeps the other image", async () => {
        const { whole, backup, system } = await huaweiAccount(world);
        const context = contextOf(world, told);
        const found = await findImage(context, [frankfurt], whole);
        assert.ok(found);
        const planned = await plannedRelease(context, found, {});
        assert.deepEqual(planned.obstacles, [
            { ...planned.obstacles[0], kind: "shared", reason: `still shared with project ${partnerProject}` },
        ]);
        const { steps } = await plannedRelease(context, found, { unshare: true });
        assert.deepEqual(steps, [
            `unsharing from project ${partnerProject}`,
            "deleting the image",
            `deleting backup ${backup}`,
        ]);
        const before = world.changes().length;
        await carryOut(context, found, { unshare: true });
        assert.deepEqual(world.changes().slice(before), ["ims.GlanceDeleteMember", "ims.DeleteImage"]);
        assert.deepEqual(
            [...new Set(told)].filter((message) => steps.includes(message)),
            steps,
        );
        const left = world.left().map((held) => held.split(" ")[1]);
        assert.ok(left.includes(system) && !left.includes(whole) && !left.includes(backup), left.join());
    });
});
