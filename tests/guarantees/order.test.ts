import assert from "node:assert/strict";
import { assertInOrder } from "../engine/order.ts";
import type { Simulated } from "../resources/simulated.ts";
import { inClouds } from "./clouds.ts";
import type { Program } from "./program.ts";
import { ProgramStack } from "./programStack.ts";
import { erp, golden } from "./scenarioPrograms.ts";

/** Splits a program into the resources that create its image and those that use it by id. */
function apart(program: Program, image: string, id: string): { image: Program; users: Program } {
    const own = ["copy", image];
    const users = program.filter(({ name }) => !own.includes(name));
    const text = JSON.stringify(users).replaceAll(JSON.stringify({ of: image, output: "id" }), JSON.stringify(id));
    return { image: program.filter(({ name }) => own.includes(name)), users: JSON.parse(text) };
}

/** The deletions that the clouds carried out during the work. */
async function during(clouds: Simulated, work: () => Promise<unknown>): Promise<string[]> {
    const before = clouds.changes().length;
    await work();
    return clouds.changes().slice(before);
}

describe("an image in one stack and its users in another", () => {
    const cases = [
        {
            cloud: "Alibaba",
            program: golden(),
            next: golden({ description: "second" }),
            image: "golden",
            refusal: /still shared with ECS/,
            order: ["swas.ModifyImageShareStatus", "swas.DeleteCustomImage", "swas.DeleteSnapshot"],
        },
        {
            cloud: "Huawei",
            program: erp("cbr"),
            next: erp("cbr", { source: { server: "5f0f2f64-3f5e-4a0b-9d0c-0d8f6a1c2b3e" } }),
            image: "erp",
            refusal: /still (shared with project b0000000000000000000000000000001|used by)/,
            order: ["ims.GlanceDeleteMember", "ims.DeleteImage"],
        },
    ];
    for (const { cloud, program, next, image, refusal, order } of cases) {
        it(`${cloud}: the image is kept until the other stack is destroyed`, () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const [images, users] = [new ProgramStack(clouds, "images"), new ProgramStack(clouds, "users")];
                await images.up(apart(program, image, "").image);
                await users.up(apart(program, image, String(images.find(image)?.id)).users);
                const made = clouds.left();
                await assert.rejects(images.destroy(), refusal);
                const { id } = images.find(image) ?? {};
                assert.ok(
                    made.some((held) => held.endsWith(` ${id}`)) &&
                        clouds.left().some((held) => held.endsWith(` ${id}`)),
                );
                const changes = await during(clouds, async () => {
                    await users.destroy();
                    await images.destroy();
                });
                assertInOrder(changes, ...order);
                assert.deepEqual(clouds.left(), []);
            }));

        it(`${cloud}: a replaced image is kept until the other stack uses the new image`, () =>
            inClouds({ profile: "cbr" }, async (clouds) => {
                const [images, users] = [new ProgramStack(clouds, "images"), new ProgramStack(clouds, "users")];
                await images.up(apart(program, image, "").image);
                const old = String(images.find(image)?.id);
                await users.up(apart(program, image, old).users);
                await assert.rejects(images.up(apart(next, image, "").image), refusal);
                const fresh = String(images.find(image)?.id);
                assert.notEqual(fresh, old);
                assert.ok(clouds.left().some((held) => held.endsWith(` ${old}`)));
                await users.up(apart(next, image, fresh).users);
                await images.up(apart(next, image, "").image);
                assert.ok(!clouds.left().some((held) => held.endsWith(` ${old}`)));
                await users.destroy();
                await images.destroy();
                assert.deepEqual(clouds.left(), []);
            }));
    }
});
