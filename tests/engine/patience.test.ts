import assert from "node:assert/strict";
import { alibaba, CustomImage } from "pulumi-machine-images";
import type { Effect } from "../../provider/dist/simulator/core/faultRules.js";
import { type EngineStack, engineStack } from "./stack.ts";

const source = { server: "ace0706b2ac4454d984295a942130001" };
const goOn = "Run the same command again to continue waiting, or increase timeouts.create";

/** A state that a cloud never leaves, and what the user must see. */
interface Endless {
    what: string;
    effect: Effect;
    shows: RegExp[];
}

const all: Endless[] = [
    {
        what: "asks to wait an hour",
        effect: { throttle: { retryAfterMs: 3_600_000 } },
        shows: [
            /Throttling\.User, request [0-9A-F-]{36}\): gave up: the next request may be sent in 60 s, and only \d s are left/,
        ],
    },
    {
        what: "throttles without end",
        effect: { throttle: {} },
        shows: [/creating \(\ds\) SWAS CreateSnapshot: Request was denied .*; retrying in \d+ s/, /gave up: the next/],
    },
];

describe("a cloud that never completes a create, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("patience");
    });
    after(() => world.close());

    for (const { what, effect, shows } of all) {
        it(`${what}: up shows what it waits for, and fails at the resource's timeout`, async () => {
            const { faults } = world.simulator.sim;
            faults.add({ match: { action: "swas.CreateSnapshot" }, effect });
            world.use(async () => {
                const cloud = alibaba({ region: "cn-hangzhou" });
                new CustomImage("golden", { cloud, source, timeouts: { create: "4s" } });
            });
            try {
                await assert.rejects(world.up(), ({ message }: Error) => {
                    for (const shown of [...shows, new RegExp(goOn)]) assert.match(message, shown);
                    return true;
                });
            } finally {
                faults.clear();
            }
            assert.deepEqual(world.left(), []);
        });
    }
});
