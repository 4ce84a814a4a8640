import assert from "node:assert/strict";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { alibabaAccount, hangzhou, inHangzhou, madeByHand, partnerAccount } from "./account.ts";
import { type Calling, keysOf, machineImages } from "./commandLine.ts";

describe("machine-images release", function () {
    // Each test starts processes, and the machine may be busy.
    this.timeout(60_000);
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    /** Runs the command. Returns its exit, and its changes in the clouds, in order. */
    async function release(args: readonly string[], calling: Calling = {}) {
        const before = world.calls().length;
        const ended = await machineImages(["release", ...args, ...inHangzhou, "--endpoint", world.simulator.url], {
            ...calling,
            env: keysOf(world),
        });
        const calls = world.calls().slice(before);
        return { ...ended, calls: calls.length, changes: calls.filter(world.isChange).map(({ action }) => action) };
    }

    const holds = (id: string) => world.left().some((held) => held.endsWith(` ${id}`));

    /** Without the server, so that only shares block the deletion. */
    async function sharedImage() {
        const ids = await alibabaAccount(world);
        const { ecs } = await world.clouds.alibaba(hangzhou);
        await ecs.deleteInstance({ instanceId: ids.server, force: true });
        world.simulator.sim.advance(3_600_000);
        return ids;
    }

    it("deletes shares, image and snapshot in the order of the printed plan, and nothing else", async () => {
        const { image, copy, ecs } = await sharedImage();
        const before = world.left();
        const { code, stdout, stderr, changes } = await release([image, "--unshare", "--even-if-managed", "--yes"]);
        assert.equal(code, 0, stderr);
        const [, first, second, third, fourth, ...reported] = stdout.trim().split("\n");
        const steps = [first, second, third, fourth].map((line) => line?.replace(/^ {2}\d\. /, ""));
        assert.deepEqual(steps.slice(0, 3), [
            "unsharing from ECS",
            `unsharing from account ${partnerAccount}`,
            "deleting the image",
        ]);
        assert.match(steps[3] ?? "", /^deleting snapshot s-/);
        assert.deepEqual(reported.slice(0, -1), steps);
        assert.match(reported.at(-1) ?? "", new RegExp(`^deleted image ${image} `));
        assert.deepEqual(changes, [
            "swas.TagResources",
            "swas.ModifyImageShareStatus",
            "swas.RemoveCustomImageShareAccount",
            "swas.DeleteCustomImage",
            "swas.DeleteSnapshot",
        ]);
        const deleted = before.filter((held) => !world.left().includes(held));
        assert.deepEqual(deleted.map((held) => held.split(" ")[1]).sort(), [image, steps[3]?.split(" ")[2]].sort());
        assert.ok(holds(copy) && holds(ecs));
    });

    it("--dry-run prints the plan and changes nothing", async () => {
        const { image } = await madeByHand(world, "by-hand");
        const { code, stdout, changes } = await release(["by-hand", "--dry-run"]);
        assert.deepEqual([code, changes], [0, []]);
        assert.equal(stdout, `deletion plan for image ${image} (by-hand) in cn-hangzhou:\n  1. deleting the image\n`);
    });

    it("lists everything that blocks the deletion, with advice, and changes nothing", async () => {
        const { image, server } = await alibabaAccount(world);
        const { code, stdout, changes } = await release([image, "--yes"]);
        assert.deepEqual([code, changes], [1, []]);
        const [title, managed, used, shared, ...rest] = stdout.trimEnd().split("\n");
        assert.match(title ?? "", new RegExp(`^cannot delete image ${image} .*:$`));
        assert.match(
            managed ?? "",
            /created by a stack .*: delete the resource in its program, or set --even-if-managed/,
        );
        assert.match(
            used ?? "",
            new RegExp(`still used by instance ${server} .*: replace or delete .* --if-in-use wait`),
        );
        assert.match(shared ?? "", /still shared with ECS, account \d+: .*--unshare$/);
        assert.deepEqual(rest, []);
    });

    it("keeps an image that is in use with --if-in-use retain, and says so", async () => {
        const { image } = await alibabaAccount(world);
        const kept = await release([image, "--if-in-use", "retain", "--unshare", "--even-if-managed", "--yes"]);
        assert.deepEqual([kept.code, kept.changes], [0, []]);
        assert.match(kept.stdout, /is kept, because it is still used by instance/);
    });

    it("keeps a snapshot that was created by hand, and every snapshot with --keep-children", async () => {
        const { image, snapshot } = await madeByHand(world, "by-hand");
        assert.deepEqual((await release([image, "--yes"])).changes, ["swas.DeleteCustomImage"]);
        assert.ok(!holds(image) && holds(snapshot));
        const owned = await sharedImage();
        const options = ["--yes", "--unshare", "--even-if-managed", "--keep-children"];
        const { changes } = await release([owned.image, ...options]);
        assert.deepEqual(changes.slice(-1), ["swas.DeleteCustomImage"]);
    });

    it("fails without a terminal and --yes, before it calls the cloud", async () => {
        const { image } = await madeByHand(world, "by-hand");
        const { code, stdout, stderr, calls } = await release([image]);
        assert.deepEqual([code, stdout, calls], [2, "", 0]);
        assert.match(stderr, /^machine-images: cannot ask for confirmation without a terminal: set --yes, .*\n$/);
    });

    it("prints the plan and the result as JSON", async () => {
        const { image } = await madeByHand(world, "by-hand");
        const planned = JSON.parse((await release([image, "--dry-run", "--json"])).stdout);
        const plan = {
            what: `image ${image} (by-hand) in cn-hangzhou`,
            image,
            steps: ["deleting the image"],
            blockedBy: [],
        };
        assert.deepEqual(planned, { ...plan, isReleased: false });
        assert.deepEqual(JSON.parse((await release([image, "--yes", "--json"])).stdout), { ...plan, isReleased: true });
    });

    it("resumes with the same command after it was killed after any change", async function () {
        this.timeout(240_000);
        const { sim } = world.simulator;
        const snapshots = () => world.made().filter(({ kind, value }) => /snapshot/i.test(kind) && isSwas(value));
        for (let k = 1; ; k++) {
            const { image } = await sharedImage();
            assert.equal(snapshots().length, 1);
            const args = [image, "--unshare", "--even-if-managed", "--yes"];
            let kill: (signal: NodeJS.Signals) => void = () => {};
            let changes = 0;
            const stop = sim.calls.subscribe((call) => {
                if (!world.isChange(call) || ++changes !== k) return;
                // No later request of the killed process reaches the clouds.
                sim.faults.add({ effect: { reset: "before" } });
                kill("SIGKILL");
            });
            const { code } = await release(args, { started: (how) => (kill = how) });
            stop();
            sim.faults.clear();
            const isKilled = code === "SIGKILL";
            const again = isKilled ? await release(args) : undefined;
            assert.deepEqual([holds(image), snapshots()], [false, []], `killed after ${k}`);
            if (!isKilled) {
                assert.ok(k > 5, `${k - 1} kills`);
                return;
            }
            // If the last change was the last snapshot, nothing is left to resume.
            if (again?.code !== 0) assert.match(again?.stderr ?? "", /may already have been deleted/);
            world.simulator.reset();
        }
    });

    it("exits with 130 after Ctrl-C, and says how to continue", async () => {
        const { image } = await madeByHand(world, "by-hand");
        world.simulator.sim.faults.add({ match: { action: "swas.DeleteCustomImage" }, effect: { latencyMs: 3000 } });
        let kill: (signal: NodeJS.Signals) => void = () => {};
        const asked = setInterval(() => {
            // It lists the instances twice: for the plan, and for the deletion.
            if (world.calls().filter(({ action }) => action === "swas.ListInstances").length >= 2) kill("SIGINT");
        }, 20);
        const { code, stderr } = await release([image, "--yes"], { started: (how) => (kill = how) });
        clearInterval(asked);
        assert.equal(code, 130);
        assert.equal(stderr, "machine-images: interrupted: run the same command again to continue\n");
    });

    it("accepts a name only if exactly one image has it", async () => {
        await madeByHand(world, "twice");
        const where = [...inHangzhou, "--region", "cn-shanghai", "--endpoint", world.simulator.url];
        const plan = () => machineImages(["release", "twice", ...where, "--dry-run"], { env: keysOf(world) });
        const { stderr, code } = await plan();
        assert.equal(code, 0, stderr);
        const { swas } = await world.clouds.alibaba(hangzhou);
        const [image] = await swas.ownCustomImages();
        await swas.copyCustomImage({
            imageId: image?.imageId ?? "",
            destinationRegionId: "cn-shanghai",
            destinationImageName: "twice",
        });
        world.simulator.sim.advance(3_600_000);
        const several = await plan();
        assert.equal(several.code, 1);
        assert.match(
            several.stderr,
            /^machine-images: 2 images are named twice \(custom image \S+ in cn-hangzhou, custom image \S+ in cn-shanghai\): use the id of one of them\n$/,
        );
    });
});

/** Only snapshots of Simple Application Server have a diskId. */
function isSwas(value: unknown): boolean {
    return typeof value === "object" && value !== null && "diskId" in value;
}
